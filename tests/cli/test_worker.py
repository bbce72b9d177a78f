"""The worker: takes up what was put in, does what the clock says, survives the database, ends when it is told to."""

import asyncio
import hashlib
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, LiteralString
from uuid import UUID

import asyncpg
import pytest
from procrastinate import PsycopgConnector
from procrastinate.schema import SchemaManager

from impl import worker
from impl.cli import server_commands
from impl.cli.failures import Exit
from impl.core.claiming import CLAIM
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.provisioning import organizations
from impl.worker import Pace
from tests.cli.conftest import Ats
from tests.support.background import declared, nothing_periodic, put
from tests.support.cast import Cast
from tests.support.proxy import FaultProxy
from tests.support.rows import Rows

SELDOM = Pace(poll_seconds=60.0, heartbeat_seconds=0.2, silence_seconds=10.0, sweep_seconds=30.0, grace_seconds=2.0)
QUICK = Pace(poll_seconds=0.1, heartbeat_seconds=0.2, silence_seconds=10.0, sweep_seconds=0.2, grace_seconds=2.0)


@asynccontextmanager
async def working(runtime: Runtime, url: str, pace: Pace = QUICK) -> AsyncIterator[None]:
    """A worker in this process."""
    stop = asyncio.Event()
    with nothing_periodic():
        process = asyncio.create_task(worker.run(runtime, url, stop=stop, pace=pace))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(process, 20)


async def test_what_was_put_in_is_done_soon(runtime: Runtime, cast: Cast, url: str) -> None:
    done = asyncio.Event()

    async def work(run: TaskRun) -> None:
        done.set()

    with declared(work) as task:
        async with working(runtime, url):
            await put(runtime, cast, task)
            await asyncio.wait_for(done.wait(), 20)


@pytest.mark.promise("E2")
async def test_the_task_of_a_dead_worker_is_taken_up_by_another(
    runtime: Runtime, cast: Cast, url: str, rows: Rows
) -> None:
    attempts: list[int] = []
    done = asyncio.Event()

    async def work(run: TaskRun) -> None:
        attempts.append(run.attempt)
        done.set()

    with declared(work) as task:
        task_id = await put(runtime, cast, task)
        # What a worker leaves that was killed in the middle of it.
        dead = await rows.connection.fetchval(
            "INSERT INTO queue.procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
        )
        await rows.connection.execute(
            "UPDATE queue.procrastinate_jobs SET status = 'doing', worker_id = $1 WHERE args ->> 'task_id' = $2",
            dead,
            str(task_id),
        )
        await rows.connection.execute("UPDATE tasks SET status = 'running', attempts = 1 WHERE id = $1", task_id)
        async with working(runtime, url):
            await asyncio.wait_for(done.wait(), 20)

    assert attempts == [2]


async def _held(rows: Rows, task_id: UUID, *, heartbeat: str) -> int:
    """Let a worker that was heard of then hold the task's job: the number of the job."""
    sql = "INSERT INTO queue.procrastinate_workers (last_heartbeat) VALUES (now() - $1::interval) RETURNING id"
    holder = await rows.connection.fetchval(sql.replace("$1::interval", f"interval '{heartbeat}'"))
    sql = "UPDATE queue.procrastinate_jobs SET status = 'doing', worker_id = $1 WHERE args ->> 'task_id' = $2 RETURNING id"
    return int(await rows.connection.fetchval(sql, holder, str(task_id)))


async def _status(rows: Rows, job_id: int) -> str:
    return str(await rows.connection.fetchval("SELECT status FROM queue.procrastinate_jobs WHERE id = $1", job_id))


@pytest.mark.promise("E2")
async def test_two_workers_that_sweep_at_once_put_a_task_back_once(
    runtime: Runtime, cast: Cast, url: str, rows: Rows
) -> None:
    async def work(run: TaskRun) -> None: ...

    pace = Pace()
    with declared(work) as task:
        job_id = await _held(rows, await put(runtime, cast, task), heartbeat="21 seconds")
        one, other = (worker.queue_of(runtime, url, {}) for _ in range(2))
        async with one.open_async(), other.open_async():
            # Both have seen it before either acts.
            stalled = list(await other.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.silence_seconds))
            assert [job.id for job in stalled] == [job_id]
            assert await worker.sweep(one, pace, {}) == 1
            assert not await worker._is_put_back(other, stalled[0])

    assert await _status(rows, job_id) == "todo"
    await rows.connection.execute("DELETE FROM queue.procrastinate_jobs WHERE id = $1", job_id)


@pytest.mark.promise("E2")
async def test_a_task_whose_end_the_queue_was_not_told_is_put_back(
    runtime: Runtime, cast: Cast, url: str, rows: Rows
) -> None:
    async def work(run: TaskRun) -> None: ...

    pace = Pace()
    with declared(work) as task:
        # Its worker lives, but has been done with it for longer than anything takes.
        job_id = await _held(rows, await put(runtime, cast, task), heartbeat="0 seconds")
        app = worker.queue_of(runtime, url, {})
        async with app.open_async():
            assert await worker.sweep(app, pace, {job_id: time.monotonic()}) == 0, "it may be telling it just now"
            ended = {job_id: time.monotonic() - pace.silence_seconds - 1}
            assert await worker.sweep(app, pace, ended) == 1

    assert ended == {}
    assert await _status(rows, job_id) == "todo"
    await rows.connection.execute("DELETE FROM queue.procrastinate_jobs WHERE id = $1", job_id)


@pytest.mark.promise("E3")
async def test_no_organization_has_all_places_of_a_worker(
    runtime: Runtime, cast: Cast, other_cast: Cast, url: str, rows: Rows
) -> None:
    """However long its tasks take; and when one ends the next begins at once, not when the worker looks again by itself."""
    share = worker.CONCURRENCY - runtime.settings.worker.reserved_places
    running: list[UUID] = []
    most = 0
    full, other, go, done = asyncio.Event(), asyncio.Event(), asyncio.Event(), asyncio.Semaphore(0)

    async def work(run: TaskRun) -> None:
        nonlocal most
        if run.organization_id == other_cast.organization_id:
            other.set()
            return
        running.append(run.organization_id)
        most = max(most, len(running))
        if len(running) == share:
            full.set()
        await go.wait()
        running.pop()
        done.release()

    with declared(work) as task:
        await rows.connection.execute("DELETE FROM queue.procrastinate_workers")  # left over from other tests
        for _ in range(3 * share):
            await put(runtime, cast, task)
        async with working(runtime, url, SELDOM), asyncio.timeout(20):
            await full.wait()
            await put(runtime, other_cast, task)
            await other.wait()
            go.set()
            for _ in range(3 * share):
                await done.acquire()

    assert most == share


async def test_what_waits_for_a_lock_runs_as_soon_as_it_is_free(runtime: Runtime, cast: Cast, url: str) -> None:
    done = asyncio.Semaphore(0)

    async def work(run: TaskRun) -> None:
        done.release()

    with declared(work) as task:
        for _ in range(5):
            async with TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
                await ctx.enqueue(task, lock="one")
        async with working(runtime, url, SELDOM), asyncio.timeout(20):
            for _ in range(5):
                await done.acquire()


async def test_what_comes_in_while_a_worker_looks_for_work_does_not_wait_until_it_looks_again_by_itself(
    runtime: Runtime, cast: Cast, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = asyncio.Event()
    looks: list[bool] = []
    ask = PsycopgConnector.execute_query_all_async

    async def work(run: TaskRun) -> None:
        done.set()

    with declared(work) as task:

        async def slowly(self: PsycopgConnector, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
            rows: list[dict[str, Any]] = await ask(self, query, **arguments)
            if query == CLAIM and not looks:
                looks.append(bool(rows))
                await asyncio.sleep(0.5)  # by now it hears of what comes in
                await put(runtime, cast, task)
                await asyncio.sleep(0.5)  # and has heard
            return rows

        monkeypatch.setattr(PsycopgConnector, "execute_query_all_async", slowly)
        async with working(runtime, url, SELDOM):
            await asyncio.wait_for(done.wait(), 20)

    assert looks == [False], "vacuous: it was not looking in vain"


def test_the_packages_own_way_to_take_up_a_job_is_the_one_that_ours_follows() -> None:
    """When this fails, compare `CLAIM` with the function of the new release, and write its new sum here."""
    function = SchemaManager.get_schema().split("CREATE FUNCTION procrastinate_fetch_job_v2(")[1].split("$$;")[0]

    assert hashlib.sha256(function.encode()).hexdigest()[:16] == "1eb2a24057224807"
    assert "status = 'doing', worker_id" in function
    assert "status = 'doing', worker_id" in CLAIM


PILE = """
    WITH pile AS (
        INSERT INTO tasks (organization_id, id, name, arguments, status, attempts, attempts_max, run_at, request_id,
                           created_at, updated_at, version)
        SELECT $1, gen_random_uuid(), $2, '{}', 'queued', 0, 3, now(), '', now(), now(), 1 FROM generate_series(1, 10000)
        RETURNING id
    )
    INSERT INTO queue.procrastinate_jobs (queue_name, task_name, priority, args)
    SELECT 'tasks', 'run', -least(row_number() OVER (), 1000),
           jsonb_build_object('organization_id', CAST($1 AS uuid), 'task_id', id)
    FROM pile
"""


@pytest.mark.promise("E3")
async def test_ten_thousand_tasks_of_one_organization_do_not_keep_another_waiting(
    runtime: Runtime, cast: Cast, other_cast: Cast, url: str, rows: Rows
) -> None:
    piled: list[UUID] = []
    started = asyncio.Event()

    async def work(run: TaskRun) -> None:
        if run.organization_id == other_cast.organization_id:
            started.set()
        else:
            piled.append(run.organization_id)

    with declared(work) as task:
        await rows.connection.execute(PILE, cast.organization_id, task.name)
        try:
            async with working(runtime, url):
                async with asyncio.timeout(20):
                    while len(piled) < 20:  # noqa: ASYNC110 - the worker is in the middle of the pile
                        await asyncio.sleep(0.02)
                await put(runtime, other_cast, task)
                await asyncio.wait_for(started.wait(), 5)
        finally:
            await rows.connection.execute(
                "DELETE FROM queue.procrastinate_jobs WHERE args ->> 'organization_id' = $1", str(cast.organization_id)
            )

    assert len(piled) < 9000, "vacuous: the pile was gone before"


async def test_a_database_that_is_away_is_waited_for(runtime: Runtime) -> None:
    stop = asyncio.Event()
    process = asyncio.create_task(
        worker.run(runtime, "postgresql://ats_app:x@127.0.0.1:1/ats?connect_timeout=1", stop=stop, pace=QUICK)
    )

    await asyncio.sleep(0.5)
    assert not process.done()
    stop.set()
    await asyncio.wait_for(process, 20)


async def test_all_organizations_are_found(runtime: Runtime, cast: Cast, other_cast: Cast) -> None:
    found = {each.id: each.slug for each in await organizations(runtime.database)}

    assert found[cast.organization_id] == cast.slug
    assert found[other_cast.organization_id] == other_cast.slug


@pytest.mark.promise("E5")
def test_the_process_works_until_it_is_told_to_stop(installation: Ats) -> None:
    with installation.running("worker") as process:
        until = time.monotonic() + 60
        while b"worker_started" not in installation.output() and time.monotonic() < until:
            time.sleep(0.1)
        assert process.poll() is None, "it works until the signal"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == Exit.OK


@pytest.mark.promise("E5")
async def test_a_worker_that_hangs_on_a_half_open_link_ends_itself(installation: Ats) -> None:
    proxy = FaultProxy(installation.environment["ATS_DATABASE_URL"])
    await proxy.start()
    with installation.running("worker", "--grace", "0.5", ATS_DATABASE_URL=proxy.url) as process:
        async with asyncio.timeout(60):
            while not await _is_registered(installation):  # noqa: ASYNC110 - the worker is another process
                await asyncio.sleep(0.1)
        proxy.hang()
        signalled = time.monotonic()
        process.send_signal(signal.SIGTERM)
        ended = await asyncio.to_thread(process.wait, 20)
    await proxy.cut()

    assert ended == worker.HUNG
    assert time.monotonic() - signalled < 0.5 + 5 + 2


async def _is_registered(installation: Ats) -> bool:
    connection = await asyncpg.connect(installation.environment["ATS_DATABASE_URL"])
    try:
        return bool(await connection.fetchval("SELECT count(*) FROM queue.procrastinate_workers"))
    finally:
        await connection.close()


@pytest.mark.promise("E2")
def test_a_worker_beside_the_server_is_replaced_when_it_dies(
    installation: Ats, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in installation.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(server_commands, "WORKER_PAUSE_SECONDS", 0.1)
    started: list[subprocess.Popen[bytes]] = []
    make = subprocess.Popen

    def keeping(command: list[str]) -> "subprocess.Popen[bytes]":
        started.append(make(command, stderr=subprocess.DEVNULL))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", keeping)
    with server_commands._worker_beside():
        _until(lambda: len(started) == 1)
        started[0].kill()
        _until(lambda: len(started) == 2)
        assert started[1].poll() is None
    assert started[1].wait(0) is not None, "it ends with the server"


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)
