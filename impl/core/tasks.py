"""What surrounds a task, as `impl.core.call` surrounds an operation: claim, work in short steps, keep how it ended."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text

from generated.contract import Operation
from generated.enums import TaskStatus
from impl import models
from impl.core.actor import system_actor
from impl.core.context import Context
from impl.core.queue import PERIODIC, TASKS, Periodic, Task, defer, periodic, task
from impl.core.runtime import Runtime
from impl.db.query import Query
from impl.lib import clock, error_reports, logs
from impl.lib.problems import Problem
from impl.lib.trace import Trace, current_trace

__all__ = ["PERIODIC", "TASKS", "Periodic", "Task", "TaskRun", "perform", "periodic", "task"]

STEP_SECONDS = 30.0
FIRST_DELAY_SECONDS = 5.0
LAST_DELAY_SECONDS = 600.0
# How an attempt can end for the metrics, beside `succeeded`, `postponed` and `failed`: the worker had to stop, or was not heard of.
INTERRUPTED, SUPERSEDED = "interrupted", "superseded"

# Held until a step commits: whoever takes the task up meanwhile waits for that, and finds its `started_at` changed afterwards.
STILL_MINE = Query(
    text(
        """
        SELECT true FROM tasks
        WHERE organization_id = CAST(:organization_id AS uuid) AND id = CAST(:task_id AS uuid)
          AND status = 'running' AND started_at = CAST(:started_at AS timestamptz)
        FOR SHARE
        """
    )
)

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


class Superseded(Exception):
    """Another worker has taken the task up, because this one was not heard of: it must not write anything more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What tells an attempt at a stored task from every other one."""

    task_id: UUID
    started_at: datetime


class TaskRun:
    """One attempt at a task."""

    def __init__(
        self, runtime: Runtime, organization_id: UUID, request_id: str, attempt: int, hold: Hold | None = None
    ) -> None:
        self.runtime = runtime
        self.organization_id = organization_id
        # The request that asked for the task.
        self.request_id = request_id
        # 1 the first time.
        self.attempt = attempt
        # None for work that no stored task stands behind.
        self._hold = hold

    @asynccontextmanager
    async def step(self, *, timeout_seconds: float = STEP_SECONDS) -> AsyncIterator[Context]:
        """One short transaction as the system, committed at the end with its events. Nothing that waits for a network belongs
        inside. Raises Superseded when the task is no longer this attempt's."""
        async with self._transaction(timeout_seconds) as ctx:
            if self._hold is not None:
                await self._expect_mine(ctx, self._hold)
            yield ctx

    @asynccontextmanager
    async def ending(self) -> AsyncIterator[tuple[Context, models.Task | None]]:
        """The task's row, locked, to say how this attempt ended; None when that is no longer this attempt's to say."""
        async with self._transaction(STEP_SECONDS) as ctx:
            yield ctx, await _locked(ctx, self._hold.task_id, self._hold.started_at) if self._hold else None

    async def _expect_mine(self, ctx: Context, hold: Hold) -> None:
        values = {"organization_id": self.organization_id, "task_id": hold.task_id, "started_at": hold.started_at}
        if not await ctx.connection.value(STILL_MINE, **values):
            raise Superseded

    @asynccontextmanager
    async def _transaction(self, timeout_seconds: float) -> AsyncIterator[Context]:
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
        await _counted(run, stored)
    finally:
        current_trace.reset(token)


async def _claimed(runtime: Runtime, organization_id: UUID, task_id: UUID) -> tuple[TaskRun, models.Task | None]:
    run = TaskRun(runtime, organization_id, "", 0)
    async with run.step() as ctx:
        stored = await _locked(ctx, task_id)
        started_at = stored.begin() if stored else None
        if stored is None or started_at is None:
            return run, None
        hold = Hold(task_id, started_at)
        return TaskRun(runtime, organization_id, stored.request_id, stored.attempts, hold), stored


async def _counted(run: TaskRun, stored: models.Task) -> None:
    began, outcome = time.monotonic(), INTERRUPTED
    try:
        outcome = await _attempt(run, stored)
    finally:
        name = stored.name if stored.name in TASKS else "unknown"
        run.runtime.work.task_ended(name, outcome, time.monotonic() - began)


async def _attempt(run: TaskRun, stored: models.Task) -> str:
    """One word for how it ended; what is cancelled, or cannot say how it ended, raises."""
    declared = TASKS.get(stored.name)
    try:
        if declared is None:
            raise LookupError(f"this release knows no task {stored.name}")
        await declared.work(run, **{name: UUID(value) for name, value in stored.arguments.items()})
    except asyncio.CancelledError:
        await asyncio.shield(_put_back(run))
        raise
    except Superseded:
        log.warning("task_superseded", task=stored.name, task_id=str(stored.id), attempts=stored.attempts)
        return SUPERSEDED
    except Exception as error:
        return await _failed(run, error)
    async with run.ending() as (_, ended):
        if ended:
            ended.succeed()
        return "succeeded" if ended else SUPERSEDED


async def _failed(run: TaskRun, error: Exception) -> str:
    code = error.code if isinstance(error, Problem) else type(error).__name__
    async with run.ending() as (ctx, stored):
        if stored is None:
            return SUPERSEDED
        told = {"task": stored.name, "task_id": str(stored.id), "code": code, "attempts": stored.attempts}
        if stored.attempts >= stored.attempts_max:
            stored.fail(code)
            error_reports.capture(error)
            log.error("task_failed", **told)
            return "failed"
        stored.postpone(_later(stored.attempts), code)
        await defer(ctx.connection, run.organization_id, stored.id, run_at=stored.run_at, lock=stored.lock)
        log.warning("task_postponed", **told)
        return "postponed"


async def _put_back(run: TaskRun) -> None:
    """The worker must stop: somebody else takes it up at once, and the attempt does not count."""
    async with run.ending() as (ctx, stored):
        if stored:
            stored.postpone(clock.now(), None)
            stored.attempts -= 1
            await defer(ctx.connection, run.organization_id, stored.id, run_at=None, lock=stored.lock)


async def _locked(ctx: Context, task_id: UUID, started_at: datetime | None = None) -> models.Task | None:
    """The task; with `started_at`, only while it runs as that attempt."""
    wanted = select(models.Task).where(models.Task.organization_id == ctx.organization_id, models.Task.id == task_id)
    if started_at is not None:
        wanted = wanted.where(models.Task.status == TaskStatus.RUNNING, models.Task.started_at == started_at)
    found: models.Task | None = await ctx.connection.session.scalar(wanted.with_for_update())
    return found


def _later(attempts: int) -> datetime:
    """Twice as long after each attempt, with full jitter above the half."""
    seconds = min(FIRST_DELAY_SECONDS * 2 ** (attempts - 1), LAST_DELAY_SECONDS)
    return clock.now() + timedelta(seconds=seconds * random.uniform(0.5, 1.0))  # noqa: S311  # jitter, not a secret
