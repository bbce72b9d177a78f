"""What surrounds a task, as `impl.core.call` surrounds an operation: claim, work in short steps, keep how it ended."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from generated.contract import Operation
from impl import models
from impl.core.actor import system_actor
from impl.core.context import Context
from impl.core.queue import PERIODIC, TASKS, Periodic, Task, defer, periodic, task
from impl.core.runtime import Runtime
from impl.lib import clock, error_reports, logs
from impl.lib.problems import Problem
from impl.lib.trace import Trace, current_trace

__all__ = ["PERIODIC", "TASKS", "Periodic", "Task", "TaskRun", "perform", "periodic", "task"]

STEP_SECONDS = 30.0
FIRST_DELAY_SECONDS = 5.0
LAST_DELAY_SECONDS = 600.0

# What a task's context is known by where a call's is known by its operation.
BACKGROUND = Operation(
    operation_id="task",
    method="",
    path="",
    tag="tasks",
    summary="",
    success_status=0,
    rate_class="write",
    deadline_seconds=STEP_SECONDS,
    mutates=True,
)

log = logs.get_logger()


class TaskRun:
    """One attempt at a task."""

    def __init__(self, runtime: Runtime, organization_id: UUID, request_id: str, attempt: int) -> None:
        self.runtime = runtime
        self.organization_id = organization_id
        # The request that asked for the task.
        self.request_id = request_id
        # 1 the first time.
        self.attempt = attempt

    @asynccontextmanager
    async def step(self, *, timeout_seconds: float = STEP_SECONDS) -> AsyncIterator[Context]:
        """One short transaction as the system, committed at the end with its events. Nothing that waits for a network belongs
        inside."""
        async with self.runtime.database.transaction(
            self.organization_id, timeout_seconds=timeout_seconds
        ) as connection:
            ctx = Context(self.runtime, BACKGROUND, connection, self.request_id)
            await ctx.enter(system_actor(self.organization_id))
            yield ctx
            await ctx.flush()
        for hook in ctx.after_commit:
            hook()


async def perform(runtime: Runtime, organization_id: UUID, task_id: UUID) -> None:
    """Run one attempt at a stored task and keep how it ended. What fails is tried again, later each time, and in the end left to
    a person; nothing is raised but cancellation, which puts the task back."""
    trace = Trace("", operation="task")
    trace.organization_id = organization_id
    token = current_trace.set(trace)
    try:
        run, stored = await _claimed(runtime, organization_id, task_id)
        if stored is None:
            return
        trace.request_id, trace.operation = stored.request_id, stored.name
        await _attempt(run, stored)
    finally:
        current_trace.reset(token)


async def _claimed(runtime: Runtime, organization_id: UUID, task_id: UUID) -> tuple[TaskRun, models.Task | None]:
    run = TaskRun(runtime, organization_id, "", 0)
    async with run.step() as ctx:
        stored = await _locked(ctx, task_id)
        if stored is None or not stored.begin():
            return run, None
        return TaskRun(runtime, organization_id, stored.request_id, stored.attempts), stored


async def _attempt(run: TaskRun, stored: models.Task) -> None:
    declared = TASKS.get(stored.name)
    try:
        if declared is None:
            raise LookupError(f"this release knows no task {stored.name}")
        await declared.work(run, **{name: UUID(value) for name, value in stored.arguments.items()})
    except asyncio.CancelledError:
        await asyncio.shield(_put_back(run, stored.id))
        raise
    except Exception as error:
        await _failed(run, stored.id, error)
    else:
        async with run.step() as ctx:
            if ended := await _locked(ctx, stored.id):
                ended.succeed()


async def _failed(run: TaskRun, task_id: UUID, error: Exception) -> None:
    code = error.code if isinstance(error, Problem) else type(error).__name__
    async with run.step() as ctx:
        stored = await _locked(ctx, task_id)
        if stored is None:
            return
        if stored.attempts >= stored.attempts_max:
            stored.fail(code)
            error_reports.capture(error)
            log.error("task_failed", task=stored.name, task_id=str(task_id), code=code, attempts=stored.attempts)
            return
        stored.postpone(_later(stored.attempts), code)
        await defer(ctx.connection, run.organization_id, task_id, run_at=stored.run_at, lock=stored.lock)
        log.warning("task_postponed", task=stored.name, task_id=str(task_id), code=code, attempts=stored.attempts)


async def _put_back(run: TaskRun, task_id: UUID) -> None:
    """The worker must stop: somebody else takes it up at once, and the attempt does not count."""
    async with run.step() as ctx:
        if stored := await _locked(ctx, task_id):
            stored.postpone(clock.now(), None)
            stored.attempts -= 1
            await defer(ctx.connection, run.organization_id, task_id, run_at=None, lock=stored.lock)


async def _locked(ctx: Context, task_id: UUID) -> models.Task | None:
    found: models.Task | None = await ctx.connection.session.scalar(
        select(models.Task)
        .where(models.Task.organization_id == ctx.organization_id, models.Task.id == task_id)
        .with_for_update()
    )
    return found


def _later(attempts: int) -> datetime:
    """Twice as long after each attempt, with full jitter above the half."""
    seconds = min(FIRST_DELAY_SECONDS * 2 ** (attempts - 1), LAST_DELAY_SECONDS)
    return clock.now() + timedelta(seconds=seconds * random.uniform(0.5, 1.0))  # noqa: S311  # jitter, not a secret
