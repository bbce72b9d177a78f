"""The worker removes what has expired, and nothing else."""

import asyncio
import signal
import time
from datetime import timedelta
from typing import Any

import pytest

from impl import models, worker
from impl.cli.failures import Exit
from impl.core.runtime import Runtime
from impl.db.engine import Database
from impl.lib import clock, ids
from impl.provisioning import organizations
from tests.cli.conftest import Ats
from tests.support.cast import Cast
from tests.support.rows import Rows

EXPIRED, LIVE = timedelta(seconds=-1), timedelta(hours=1)


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


async def _age_sessions(runtime: Runtime, cast: Cast) -> None:
    """Let every session of the organization have expired."""
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=5) as connection:
        await connection.raw.execute("UPDATE sessions SET expires_at = now() - interval '1 second'")


async def test_expired_rows_of_every_organization_go_and_live_ones_stay(
    runtime: Runtime, cast: Cast, other_cast: Cast, rows: Rows
) -> None:
    await _keep_answers(runtime, cast, EXPIRED, EXPIRED, LIVE)
    await _keep_answers(runtime, other_cast, EXPIRED, LIVE)
    await _age_sessions(runtime, cast)
    sessions = await rows.count("sessions", other_cast.organization_id)

    purged = await worker.purge(runtime.database)

    assert purged.idempotency_keys >= 3
    assert await rows.count("idempotency_keys", cast.organization_id) == 1
    assert await rows.count("idempotency_keys", other_cast.organization_id) == 1
    assert await rows.count("sessions", cast.organization_id) == 0
    assert await rows.count("sessions", other_cast.organization_id) == sessions > 0


async def test_many_rows_go_in_batches(
    runtime: Runtime, cast: Cast, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _keep_answers(runtime, cast, *[EXPIRED] * 7)
    monkeypatch.setattr(worker, "BATCH_ROWS", 3)
    monkeypatch.setattr(worker, "IDEMPOTENCY_KEYS", worker._expired(models.IdempotencyKey))

    await worker.purge(runtime.database)

    assert await rows.count("idempotency_keys", cast.organization_id) == 0


async def test_a_database_that_is_away_is_waited_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Database("postgresql://ats_app:x@127.0.0.1:1/ats", pool_size=1, pool_timeout_seconds=0.2)
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(away, interval_seconds=0.05, stop=stop))

    await asyncio.sleep(0.3)
    assert not task.done()
    stop.set()
    await asyncio.wait_for(task, 5)
    await away.close()


async def test_all_organizations_are_found(runtime: Runtime, cast: Cast, other_cast: Cast) -> None:
    found = {each.id: each.slug for each in await organizations(runtime.database)}

    assert found[cast.organization_id] == cast.slug
    assert found[other_cast.organization_id] == other_cast.slug


def test_the_process_works_until_it_is_told_to_stop(installation: Ats) -> None:
    log_of: list[Any] = []
    with installation.running("worker", "--interval", "0.2") as process:
        until = time.monotonic() + 60
        while b"worker_started" not in installation.output() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1)
        log_of.append(process.poll())
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == Exit.OK

    assert log_of == [None], "it worked until the signal"
