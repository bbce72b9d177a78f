"""The work in the background, as operators see it."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.tasks import TasksOperations
from impl import models
from impl.core import queue
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.services.tasks import queries


class Tasks(TasksOperations[Context]):
    """Tasks: looked at, retried when they have failed for good, cancelled while they wait."""

    async def list_tasks(self, ctx: Context, query: requests.ListTasksQuery) -> responses.TaskList:
        rows, page = await ctx.page(queries.TASKS, query)
        return responses.TaskList(data=[_task(row) for row in rows], page=page)

    async def get_task(self, ctx: Context, task_id: UUID) -> responses.Task:
        row = await ctx.row(queries.ONE_TASK, id=task_id)
        if row is None:
            raise NotFound
        return _task(row)

    async def retry_task(self, ctx: Context, task_id: UUID, query: requests.RetryTaskQuery) -> responses.Task:
        stored = await ctx.load(models.Task, task_id, lock=True)
        before = stored.status
        stored.retry()
        await queue.defer(ctx.connection, ctx.organization_id, stored.id, run_at=None, lock=stored.lock)
        ctx.record("task.retried", stored, status=(before, stored.status))
        return _task(vars(stored))

    async def cancel_task(self, ctx: Context, task_id: UUID, query: requests.CancelTaskQuery) -> responses.Task:
        stored = await ctx.load(models.Task, task_id, lock=True)
        before = stored.status
        stored.cancel()
        ctx.record("task.cancelled", stored, status=(before, stored.status))
        return _task(vars(stored))


def _task(row: Any) -> responses.Task:
    values = {column.key: row[column.key] for column in queries.COLUMNS}
    values["arguments"] = [
        responses.TaskArgument(name=name, value=UUID(value)) for name, value in row["arguments"].items()
    ]
    return responses.Task(**values)
