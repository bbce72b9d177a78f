"""Background work under a test's hands: tasks run when the test says so, in this process, without a worker."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import bindparam, text

from impl.core import queue, tasks
from impl.core.runtime import Runtime
from impl.db.query import Query
from impl.lib import clock
from impl.services import background
from tests.support.cast import Cast

ROUNDS_MAX = 100
_numbers = itertools.count(1)
DUE = Query(
    text(
        "SELECT id FROM tasks WHERE status = 'queued' AND run_at <= CAST(:now AS timestamptz) ORDER BY run_at, id"
    ).bindparams(bindparam("now"))
)


async def run_due(runtime: Runtime, organization_id: UUID) -> int:
    """Run every task of the organization whose time has come, and those that they ask for; how many attempts that took."""
    background.load()
    attempts = 0
    for _ in range(ROUNDS_MAX):
        async with runtime.database.transaction(organization_id, timeout_seconds=10) as connection:
            due = [row["id"] for row in await connection.rows(DUE, now=clock.now())]
        if not due:
            return attempts
        for task_id in due:
            await tasks.perform(runtime, organization_id, task_id)
        attempts += len(due)
    raise AssertionError("the tasks never end")


async def put(runtime: Runtime, cast: Cast, task: queue.Task) -> UUID:
    """Put a task in for the cast's organization: its id."""
    async with tasks.TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
        return (await ctx.enqueue(task)).id


@contextmanager
def nothing_periodic() -> Iterator[None]:
    """A worker inside the block puts in nothing by itself: it would for each of the thousands of organizations of other tests."""
    background.load()
    with patch.dict(queue.PERIODIC, clear=True):
        yield


@contextmanager
def declared(work: queue.Work, *, attempts_max: int = 3) -> Iterator[queue.Task]:
    """`work` as a task that exists inside the block alone, under a name of its own: other tests may leave tasks in the queue."""
    name = f"test_{next(_numbers)}"
    made = queue.task(name, attempts_max=attempts_max)(work)
    try:
        yield made
    finally:
        del queue.TASKS[name]
