"""The worker process: takes tasks from the queue until it is told to stop."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, cast
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.jobs import Job
from sqlalchemy import text

from impl.core import queue, tasks
from impl.core.claiming import FairJobs
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.db.errors import DatabaseUnavailable, DeadlineExceeded
from impl.db.query import Query
from impl.db.queue_schema import SCHEMA
from impl.lib import clock, ids, logs
from impl.lib.problems import Problem
from impl.lib.work_metrics import Exposed, exposed
from impl.provisioning import organizations
from impl.services import background

# When this process was done with which of the queue's jobs. A job whose end could not be told to a database that was away just then
# would be held by this living worker for ever.
Ended = dict[int, float]

CONCURRENCY = 8
OPEN_SECONDS = 5.0
GRACE_SECONDS = 20.0
# Why a worker that must stop ends itself the hard way: it hangs on a database that no longer answers.
HUNG = 75

STORE_SLOT = Query(
    text(
        """
        INSERT INTO tasks (organization_id, id, name, arguments, slot, status, attempts, attempts_max, run_at, request_id,
                           created_at, updated_at, version)
        VALUES (CAST(:organization_id AS uuid), CAST(:id AS uuid), :name, '{}', :slot, 'queued', 0, CAST(:attempts_max AS integer),
                CAST(:now AS timestamptz), :request_id, CAST(:now AS timestamptz), CAST(:now AS timestamptz), 1)
        ON CONFLICT (organization_id, name, slot) DO NOTHING
        RETURNING true
        """
    )
)

log = logs.get_logger()


@dataclass(frozen=True, slots=True)
class Pace:
    """How a worker keeps time, in seconds."""

    poll_seconds: float = 5.0
    heartbeat_seconds: float = 5.0
    # After so long without a word of a worker, its tasks are taken up by others.
    silence_seconds: float = queue.SILENCE_SECONDS
    sweep_seconds: float = 15.0
    # How long running tasks may take to end after SIGTERM; then they are put back.
    grace_seconds: float = GRACE_SECONDS


def queue_of(runtime: Runtime, database_url: str, ended: Ended) -> procrastinate.App:
    """The queue as this process works on it, with its two kinds of entries: stored tasks, and slots of periodic ones."""
    connector = procrastinate.PsycopgConnector(
        conninfo=database_url,
        kwargs={"options": f"-c search_path={SCHEMA}"},
        min_size=2,
        max_size=CONCURRENCY,
        timeout=5,
    )
    app = procrastinate.App(connector=connector, periodic_defaults={"max_delay": 600})
    app.job_manager = FairJobs(connector, CONCURRENCY, runtime.settings.worker.reserved_places)
    background.load()

    @app.task(name="run", queue="tasks", pass_context=True)
    async def run(context: procrastinate.JobContext, organization_id: str, task_id: str) -> None:
        try:
            await tasks.perform(runtime, UUID(organization_id), UUID(task_id))
        finally:
            ended[cast("int", context.job.id)] = time.monotonic()

    for each in (known for known in queue.PERIODIC.values() if known.is_wanted(runtime.settings)):
        # One lock for all of them: however many are due and however many organizations there are, they take up one place.
        task = app.task(name=f"slot:{each.task.name}", queue="slots", lock="slots")
        app.periodic(cron=each.cron)(task(_slot(runtime, each)))
    return app


def _slot(runtime: Runtime, each: queue.Periodic) -> Callable[[int], Awaitable[None]]:
    async def slot(timestamp: int) -> None:
        moment = datetime.fromtimestamp(timestamp, UTC).isoformat()
        for organization in await organizations(runtime.database):
            await fill_slot(runtime, organization.id, each.task, moment)

    return slot


async def fill_slot(runtime: Runtime, organization_id: UUID, task: queue.Task, slot: str) -> None:
    """Put in one organization's run of a periodic task, unless it is there already."""
    run = tasks.TaskRun(runtime, organization_id, ids.new_id().hex, 1)
    async with run.step() as ctx:
        await _store(ctx, task, slot)


async def _store(ctx: Context, task: queue.Task, slot: str) -> None:
    task_id = ids.new_id()
    is_new = await ctx.connection.value(
        STORE_SLOT,
        organization_id=ctx.organization_id,
        id=task_id,
        name=task.name,
        slot=slot,
        attempts_max=task.attempts_max,
        request_id=ctx.request_id,
        now=clock.now(),
    )
    if is_new:
        await queue.defer(ctx.connection, ctx.organization_id, task_id, run_at=None, lock=None)


async def sweep(app: procrastinate.App, pace: Pace, ended: Ended) -> int:
    """Put back the tasks of workers that are dead, and those whose end this worker could not tell the queue; how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.silence_seconds))
    if overdue := {job_id for job_id, at in ended.items() if at < time.monotonic() - pace.silence_seconds}:
        doing = await app.job_manager.list_jobs_async(status="doing")
        stalled += [job for job in doing if job.id in overdue]
        for job_id in overdue:
            del ended[job_id]
    count = 0
    for job in stalled:
        if await _is_put_back(app, job):
            count += 1
            log.warning("stalled_task", **{name: job.task_kwargs.get(name) for name in ("organization_id", "task_id")})
    return count


async def _is_put_back(app: procrastinate.App, job: Job) -> bool:
    """False when another worker has done it meanwhile, or the task has ended after all."""
    try:
        await app.job_manager.retry_job(job)
    except exceptions.ConnectorException as error:
        if isinstance(error.__cause__, psycopg.errors.RaiseException):
            return False
        raise
    return True


async def run(
    runtime: Runtime, database_url: str, *, stop: asyncio.Event, pace: Pace | None = None, shown: Exposed | None = None
) -> None:
    """Work until `stop` is set. A database that is away is waited for. The queue's numbers go to `shown`."""
    pace = pace or Pace()
    while not stop.is_set():
        try:
            await runtime.keys.start(runtime.database)
            await _work(runtime, database_url, stop, pace, shown)
        except (Problem, exceptions.ConnectorException, TimeoutError) as away:
            log.warning("queue_unavailable", reason=type(away).__name__, retry_seconds=pace.poll_seconds)
            await _wait(stop, pace.poll_seconds)


async def _work(runtime: Runtime, database_url: str, stop: asyncio.Event, pace: Pace, shown: Exposed | None) -> None:
    ended: Ended = {}
    app = queue_of(runtime, database_url, ended)
    async with asyncio.timeout(OPEN_SECONDS):
        await app.open_async()
    try:
        working = asyncio.create_task(
            app.run_worker_async(
                concurrency=CONCURRENCY,
                install_signal_handlers=False,
                fetch_job_polling_interval=pace.poll_seconds,
                update_heartbeat_interval=pace.heartbeat_seconds,
                stalled_worker_timeout=pace.silence_seconds,
                shutdown_graceful_timeout=pace.grace_seconds,
                delete_jobs="always",
            )
        )
        sweeping = asyncio.create_task(_sweep_regularly(runtime, app, pace, ended, shown))
        stopping = asyncio.create_task(stop.wait())
        everything: set[asyncio.Task[Any]] = {working, sweeping, stopping}
        finished, _ = await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        for each in everything:
            each.cancel()
        await asyncio.wait(everything)
        for each in finished - {stopping}:
            each.result()
    finally:
        await app.close_async()


async def _sweep_regularly(
    runtime: Runtime, app: procrastinate.App, pace: Pace, ended: Ended, shown: Exposed | None
) -> None:
    while True:
        await sweep(app, pace, ended)
        if shown is not None:
            await _show_queue(runtime, shown)
        await asyncio.sleep(pace.sweep_seconds)


async def _show_queue(runtime: Runtime, shown: Exposed) -> None:
    # The other numbers are worth something without these.
    with suppress(DatabaseUnavailable, DeadlineExceeded):
        async with runtime.database.transaction(None, timeout_seconds=OPEN_SECONDS, read_only=True) as connection:
            shown.queue.show(await queue.stats(connection))


@contextmanager
def endpoint(runtime: Runtime) -> Iterator[Exposed | None]:
    """The worker's metrics where the settings want them. Raises CannotShow."""
    wanted = runtime.settings.worker
    if wanted.metrics_port is None:
        yield None
        return
    told = {"version": version("ats"), "environment": runtime.settings.environment}
    with exposed(runtime.work, host=wanted.metrics_host, port=wanted.metrics_port, **told) as shown:
        log.info("worker_metrics", host=wanted.metrics_host, port=shown.port)
        yield shown


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def serve(runtime: Runtime, database_url: str, *, pace: Pace | None = None) -> None:
    """`run` until SIGTERM or SIGINT; running tasks are finished, or put back after the grace. Raises CannotShow."""
    pace = pace or Pace()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        # A link to the database that is half open may never let the worker end by itself.
        watchdog = threading.Timer(pace.grace_seconds + 5, os._exit, [HUNG])
        watchdog.daemon = True
        watchdog.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    log.info("worker_started", concurrency=CONCURRENCY)
    try:
        with endpoint(runtime) as shown:
            await run(runtime, database_url, stop=stop, pace=pace, shown=shown)
    finally:
        await runtime.database.close()
        log.info("worker_stopped")
