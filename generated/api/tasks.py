# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `tasks`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class TasksOperations(ABC, Generic[C]):
    """One method for each operation of `tasks`."""

    @abstractmethod
    async def list_tasks(self, ctx: C, query: requests.ListTasksQuery) -> responses.TaskList:
        """List the tasks.

        Work in the background: what waits, runs, has ended, and what has failed for good (`status=failed`) and waits for a person.
        What has succeeded is kept for a week.
        """

    @abstractmethod
    async def get_task(self, ctx: C, task_id: UUID) -> responses.Task:
        """Get a task.

        One piece of background work, with how it stands.
        """

    @abstractmethod
    async def retry_task(self, ctx: C, task_id: UUID, query: requests.RetryTaskQuery) -> responses.Task:
        """Retry a failed task.

        Puts a task that failed for good back into the queue, with all of its attempts again.
        """

    @abstractmethod
    async def cancel_task(self, ctx: C, task_id: UUID, query: requests.CancelTaskQuery) -> responses.Task:
        """Cancel a waiting task.

        Takes a task that has not begun out of the queue, for good.
        """


def routes(
    implementation: TasksOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_TASKS)
    async def list_tasks(current: Annotated[Call[C], Security(call, scopes=["tasks:read"])]) -> Response:
        return await current.answer(implementation.list_tasks, current.query(requests.ListTasksQuery))

    @route(router, operations.GET_TASK)
    async def get_task(current: Annotated[Call[C], Security(call, scopes=["tasks:read"])]) -> Response:
        return await current.answer(implementation.get_task, current.path("task_id", UUID))

    @route(router, operations.RETRY_TASK)
    async def retry_task(current: Annotated[Call[C], Security(call, scopes=["tasks:write"])]) -> Response:
        return await current.answer(
            implementation.retry_task, current.path("task_id", UUID), current.query(requests.RetryTaskQuery)
        )

    @route(router, operations.CANCEL_TASK)
    async def cancel_task(current: Annotated[Call[C], Security(call, scopes=["tasks:write"])]) -> Response:
        return await current.answer(
            implementation.cancel_task, current.path("task_id", UUID), current.query(requests.CancelTaskQuery)
        )

    return router
