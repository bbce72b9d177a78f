"""Tasks: put in with the transaction that asks for them, run in steps, tried again, and in the end left to a person."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from impl.core import queue, tasks
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib import clock, ids
from impl.lib.clock import Hands
from tests.support.background import declared, run_due
from tests.support.cast import Cast
from tests.support.rows import Rows


async def _put(runtime: Runtime, cast: Cast, task: queue.Task, **options: object) -> UUID:
    async with TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
        return (await ctx.enqueue(task, **options)).id  # type: ignore[arg-type]  # what each test gives


async def _stored(rows: Rows, task_id: UUID) -> dict[str, object]:
    row = await rows.connection.fetchrow("SELECT * FROM tasks WHERE id = $1", task_id)
    assert row is not None
    return dict(row)


async def _jobs(rows: Rows, task_id: UUID) -> int:
    sql = "SELECT count(*) FROM queue.procrastinate_jobs WHERE args ->> 'task_id' = $1 AND status = 'todo'"
    return int(await rows.connection.fetchval(sql, str(task_id)))


async def test_a_task_is_put_in_with_its_transaction(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    async def work(run: TaskRun, thing_id: UUID) -> None: ...

    thing_id = ids.new_id()
    with declared(work) as task:
        task_id = await _put(runtime, cast, task, thing_id=thing_id)

    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["attempts"], stored["request_id"]) == ("queued", 0, "a-request")
    assert stored["arguments"] == {"thing_id": str(thing_id)}
    assert await _jobs(rows, task_id) == 1


async def test_it_is_not_there_when_the_transaction_is_rolled_back(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    async def work(run: TaskRun) -> None: ...

    made: list[UUID] = []
    with declared(work) as task:

        async def fail() -> None:
            async with TaskRun(runtime, cast.organization_id, "", 1).step() as ctx:
                made.append((await ctx.enqueue(task)).id)
                raise LookupError

        with pytest.raises(LookupError):
            await fail()

    assert await rows.count("tasks", cast.organization_id) == 0
    assert await _jobs(rows, made[0]) == 0


async def test_other_arguments_than_it_takes_are_a_defect(runtime: Runtime, cast: Cast) -> None:
    async def work(run: TaskRun, thing_id: UUID) -> None: ...

    with declared(work) as task, pytest.raises(TypeError):
        await _put(runtime, cast, task, person_id=ids.new_id())


async def test_it_runs_with_its_arguments_and_is_over(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    seen: list[tuple[str, int, UUID]] = []

    async def work(run: TaskRun, thing_id: UUID) -> None:
        seen.append((run.request_id, run.attempt, thing_id))

    thing_id = ids.new_id()
    with declared(work) as task:
        task_id = await _put(runtime, cast, task, thing_id=thing_id)
        assert await run_due(runtime, cast.organization_id) == 1
        await tasks.perform(runtime, cast.organization_id, task_id)

    assert seen == [("a-request", 1, thing_id)], "what is over does not run again"
    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["attempts"]) == ("succeeded", 1)


async def test_it_waits_for_its_time(runtime: Runtime, cast: Cast, hands: Hands) -> None:
    async def work(run: TaskRun) -> None: ...

    with declared(work) as task:
        await _put(runtime, cast, task, run_at=clock.now() + timedelta(hours=1))
        assert await run_due(runtime, cast.organization_id) == 0
        hands.advance(timedelta(hours=1))
        assert await run_due(runtime, cast.organization_id) == 1


@pytest.mark.promise("E3")
async def test_what_fails_is_tried_again_later_each_time_and_then_left_to_a_person(
    runtime: Runtime, cast: Cast, rows: Rows, hands: Hands
) -> None:
    async def work(run: TaskRun) -> None:
        raise OSError("nobody@example.org is not to be seen")

    with declared(work, attempts_max=4) as task:
        task_id = await _put(runtime, cast, task)
        delays = []
        for attempt in (1, 2, 3):
            assert await run_due(runtime, cast.organization_id) == 1
            stored = await _stored(rows, task_id)
            assert (stored["status"], stored["attempts"], stored["error_code"]) == ("queued", attempt, "OSError")
            delays.append((stored["run_at"] - clock.now()).total_seconds())  # type: ignore[operator]  # a datetime
            hands.advance(timedelta(seconds=delays[-1] + 1))
        assert await run_due(runtime, cast.organization_id) == 1

    assert [low <= delay <= 2 * low for low, delay in zip((2.5, 5, 10), delays, strict=True)] == [True] * 3
    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["attempts"], stored["error_code"]) == ("failed", 4, "OSError")
    assert "nobody@" not in str(stored)


@pytest.mark.promise("E3")
async def test_a_task_that_kills_its_worker_ends_too(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    async def work(run: TaskRun) -> None:
        raise AssertionError("not again")

    with declared(work, attempts_max=2) as task:
        task_id = await _put(runtime, cast, task)
        # Two workers have begun it and died.
        await rows.connection.execute("UPDATE tasks SET status = 'running', attempts = 2 WHERE id = $1", task_id)
        await tasks.perform(runtime, cast.organization_id, task_id)

    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["error_code"]) == ("failed", "worker_lost")


async def test_a_task_of_another_release_fails_like_any_other(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    async def work(run: TaskRun) -> None: ...

    with declared(work) as task:
        task_id = await _put(runtime, cast, task)
    await tasks.perform(runtime, cast.organization_id, task_id)

    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["error_code"]) == ("queued", "LookupError")


@pytest.mark.promise("E5")
async def test_a_cancelled_attempt_is_put_back_and_does_not_count(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    begun = asyncio.Event()

    async def work(run: TaskRun) -> None:
        begun.set()
        await asyncio.Event().wait()

    with declared(work) as task:
        task_id = await _put(runtime, cast, task)
        attempt = asyncio.create_task(tasks.perform(runtime, cast.organization_id, task_id))
        await begun.wait()
        attempt.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attempt

    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["attempts"]) == ("queued", 0)
    assert await _jobs(rows, task_id) == 2, "the one it was put in with, and the one it was put back with"


@pytest.mark.promise("E2")
async def test_a_worker_that_slept_while_another_took_its_task_up_writes_nothing_more(
    runtime: Runtime, cast: Cast, rows: Rows
) -> None:
    """What a process does that was stopped for a minute and then goes on."""
    wrote: list[int] = []

    async def work(run: TaskRun) -> None:
        async with run.step():
            pass
        if run.attempt == 1:
            await tasks.perform(runtime, cast.organization_id, task_id)
        async with run.step():
            wrote.append(run.attempt)

    with declared(work) as task:
        task_id = await _put(runtime, cast, task)
        await tasks.perform(runtime, cast.organization_id, task_id)

    assert wrote == [2]
    stored = await _stored(rows, task_id)
    assert (stored["status"], stored["attempts"], stored["error_code"]) == ("succeeded", 2, None)


@pytest.mark.promise("E2")
@pytest.mark.parametrize("ends_by", [OSError("too late"), None])
async def test_a_superseded_attempt_does_not_end_the_one_that_superseded_it(
    runtime: Runtime, cast: Cast, rows: Rows, ends_by: Exception | None
) -> None:
    statuses: list[object] = []

    async def work(run: TaskRun) -> None:
        if run.attempt == 2:
            first.set()
            await second.wait()
        else:
            other = asyncio.create_task(tasks.perform(runtime, cast.organization_id, task_id))
            others.append(other)
            await first.wait()
            if ends_by:
                raise ends_by

    first, second, others = asyncio.Event(), asyncio.Event(), list[asyncio.Task[None]]()
    with declared(work) as task:
        task_id = await _put(runtime, cast, task)
        await tasks.perform(runtime, cast.organization_id, task_id)
        statuses.append((await _stored(rows, task_id))["status"])
        second.set()
        await others[0]

    statuses.append((await _stored(rows, task_id))["status"])
    assert statuses == ["running", "succeeded"]


@pytest.mark.promise("E2")
async def test_a_task_is_not_taken_up_in_the_middle_of_a_step(runtime: Runtime, cast: Cast) -> None:
    order: list[str] = []

    async def work(run: TaskRun) -> None:
        if run.attempt == 2:
            order.append("taken up")
            return
        async with run.step():
            others.append(asyncio.create_task(tasks.perform(runtime, cast.organization_id, task_id)))
            await asyncio.sleep(0.2)
            order.append("committed")

    others: list[asyncio.Task[None]] = []
    with declared(work) as task:
        task_id = await _put(runtime, cast, task)
        await tasks.perform(runtime, cast.organization_id, task_id)
        await others[0]

    assert order in (["committed", "taken up"], ["committed"])


@pytest.mark.promise("E3")
async def test_a_pile_of_one_organization_stands_behind_the_first_task_of_another(
    runtime: Runtime, cast: Cast, other_cast: Cast, rows: Rows
) -> None:
    async def work(run: TaskRun) -> None: ...

    with declared(work) as task:
        pile = [await _put(runtime, cast, task) for _ in range(5)]
        first = await _put(runtime, other_cast, task)

    sql = "SELECT priority FROM queue.procrastinate_jobs WHERE args ->> 'task_id' = $1"
    priorities = [await rows.connection.fetchval(sql, str(task_id)) for task_id in [*pile, first]]
    assert priorities == [-1, -2, -3, -4, -5, -1]
