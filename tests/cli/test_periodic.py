"""What the worker does because the clock says so."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from impl import models, worker
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib import clock, ids
from impl.services.tasks import tasks as chores
from impl.settings_sections import ScannerSettings
from tests.support.background import declared, put, run_due
from tests.support.cast import Cast
from tests.support.rows import Rows

EXPIRED, LIVE = timedelta(seconds=-1), timedelta(hours=1)


@pytest.mark.promise("E4")
async def test_a_slot_is_filled_once_whoever_fills_it(runtime: Runtime, cast: Cast, rows: Rows) -> None:
    slots = ["2026-11-25T10:00:00+00:00"] * 3 + ["2026-11-25T10:05:00+00:00"]
    await asyncio.gather(
        *(worker.fill_slot(runtime, cast.organization_id, chores.purge_expired, slot) for slot in slots)
    )

    assert await rows.count("tasks", cast.organization_id) == 2
    assert await run_due(runtime, cast.organization_id) == 2


@pytest.mark.promise("E3")
@pytest.mark.parametrize("address", [None, "tcp://127.0.0.1:3310"])
async def test_what_the_clock_asks_for_takes_up_one_place(runtime: Runtime, url: str, address: str | None) -> None:
    """However many organizations there are; and what the settings leave nothing to do for is not asked for."""
    settings = runtime.settings.model_copy(update={"scanner": ScannerSettings(address=address)})
    slots = {
        name: task.lock
        for name, task in worker.queue_of(replace(runtime, settings=settings), url, {}).tasks.items()
        if name.startswith("slot:")
    }

    assert set(slots.values()) == {"slots"}
    assert "slot:purge_expired" in slots
    assert ("slot:scan_waiting_files" in slots) == (address is not None)


async def _keep_answers(runtime: Runtime, cast: Cast, *lives: timedelta) -> None:
    """Idempotency keys that expire so long from now."""
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=5) as connection:
        for life in lives:
            connection.session.add(
                models.IdempotencyKey(
                    organization_id=cast.organization_id,
                    id=ids.new_id(),
                    operation_id="create_job",
                    request_hash=b"x",
                    expires_at=clock.now() + life,
                )
            )
        await connection.flush()


async def test_expired_rows_of_the_organization_go_and_live_ones_stay(
    runtime: Runtime, cast: Cast, other_cast: Cast, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "BATCH_ROWS", 3)
    await _keep_answers(runtime, cast, *[EXPIRED] * 7, LIVE)
    await _keep_answers(runtime, other_cast, EXPIRED, LIVE)
    await rows.connection.execute(
        "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE organization_id = $1", cast.organization_id
    )
    sessions = await rows.count("sessions", other_cast.organization_id)

    await chores.purge_expired.work(TaskRun(runtime, cast.organization_id, "", 1))

    assert await rows.count("idempotency_keys", cast.organization_id) == 1
    assert await rows.count("idempotency_keys", other_cast.organization_id) == 2
    assert await rows.count("sessions", cast.organization_id) == 0
    assert await rows.count("sessions", other_cast.organization_id) == sessions > 0


async def test_a_task_that_ended_a_week_ago_goes_and_a_dead_letter_stays(
    runtime: Runtime, cast: Cast, rows: Rows
) -> None:
    async def work(run: TaskRun) -> None: ...

    with declared(work) as task:
        for status, days in (("succeeded", 8), ("succeeded", 6), ("cancelled", 8), ("failed", 800)):
            task_id = await put(runtime, cast, task)
            await rows.connection.execute(
                "UPDATE tasks SET status = $2, finished_at = now() - make_interval(days => $3) WHERE id = $1",
                task_id,
                status,
                days,
            )

    await chores.purge_expired.work(TaskRun(runtime, cast.organization_id, "", 1))

    left = await rows.connection.fetch(
        "SELECT status FROM tasks WHERE organization_id = $1 ORDER BY 1", cast.organization_id
    )
    assert [row["status"] for row in left] == ["failed", "succeeded"]
