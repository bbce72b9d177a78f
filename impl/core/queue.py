"""The port to the queue: what a task is, and how one is put into the transaction that asks for it."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from impl.db.connection import Connection
from impl.db.query import Query
from impl.lib.metrics import QueueStats
from impl.settings import Settings

ATTEMPTS_MAX = 8
# A worker that has not been heard of for so long is dead.
SILENCE_SECONDS = 20.0

Work = Callable[..., Awaitable[None]]
Wanted = Callable[[Settings], bool]

# Tasks of an organization that has many waiting stand behind those of one that has few, so that nobody waits for a neighbour's pile.
# Counting stops at a thousand: by then the rest of a pile is behind everybody who has none, and a bulk stays linear.
DEFER = Query(
    text(
        """
        SELECT queue.procrastinate_defer_jobs_v1(ARRAY[ROW(
            'tasks', 'run',
            -(SELECT count(*) FROM (
                SELECT 1 FROM tasks WHERE organization_id = CAST(:organization_id AS uuid) AND status = 'queued' LIMIT 1000
            ) AS waiting)::integer,
            CAST(:lock AS text), NULL,
            jsonb_build_object('organization_id', CAST(:organization_id AS uuid), 'task_id', CAST(:task_id AS uuid)),
            CAST(:run_at AS timestamptz)
        )::queue.procrastinate_job_to_defer_v1])
        """
    )
)

STATS = Query(
    text(
        """
        SELECT
            (SELECT count(*) FROM queue.procrastinate_jobs
             WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())) AS due,
            (SELECT count(*) FROM queue.procrastinate_jobs WHERE status = 'doing') AS running,
            (SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)
             FROM queue.procrastinate_jobs AS job JOIN queue.procrastinate_events AS event ON event.job_id = job.id
             WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())) AS oldest_seconds,
            (SELECT count(*) FROM queue.procrastinate_workers
             WHERE last_heartbeat > now() - make_interval(secs => :silence)) AS workers
        """
    )
)


@dataclass(frozen=True, slots=True)
class Task:
    """Work that the worker knows by its name. It takes ids only, and may run more than once."""

    name: str
    work: Work
    attempts_max: int


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task that runs for each organization, once for each slot of `cron` (UTC), where the settings give it something to do."""

    task: Task
    cron: str
    is_wanted: Wanted


TASKS: dict[str, Task] = {}
PERIODIC: dict[str, Periodic] = {}


def task(name: str, *, attempts_max: int = ATTEMPTS_MAX) -> Callable[[Work], Task]:
    """Declare `async def work(run: TaskRun, thing_id: UUID)` as a task. Its name is kept with what waits: never rename one."""

    def declare(work: Work) -> Task:
        if name in TASKS:
            raise ValueError(f"two tasks are called {name}")
        declared = TASKS[name] = Task(name, work, attempts_max)
        return declared

    return declare


def always(_settings: Settings) -> bool:
    """What most periodic tasks are: wanted everywhere."""
    return True


def periodic(
    name: str, *, cron: str, attempts_max: int = ATTEMPTS_MAX, wanted: Wanted = always
) -> Callable[[Work], Task]:
    """Declare `async def work(run: TaskRun)` as a task that the worker puts in by itself."""

    def declare(work: Work) -> Task:
        declared = task(name, attempts_max=attempts_max)(work)
        PERIODIC[name] = Periodic(declared, cron, wanted)
        return declared

    return declare


def checked_arguments(wanted: Task, arguments: Mapping[str, UUID]) -> dict[str, str]:
    """The arguments as they are kept; TypeError when the task takes others."""
    inspect.signature(wanted.work).bind(None, **arguments)
    return {name: str(value) for name, value in arguments.items()}


async def defer(
    connection: Connection, organization_id: UUID, task_id: UUID, *, run_at: datetime | None, lock: str | None
) -> None:
    """Tell the queue of a stored task, in the same transaction. Tasks of one `lock` run one after the other."""
    values: dict[str, Any] = {"organization_id": organization_id, "task_id": task_id, "run_at": run_at}
    await connection.execute(DEFER, lock=f"{organization_id}:{lock or task_id}", **values)


async def stats(connection: Connection) -> QueueStats:
    """The queue of all organizations as it is just now."""
    [found] = await connection.rows(STATS, silence=SILENCE_SECONDS)
    return QueueStats(found["due"], found["running"], float(found["oldest_seconds"]), found["workers"])
