"""The worker process: removes what has expired, organization by organization, until it is told to stop."""

import asyncio
import signal
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from impl.db.engine import Database
from impl.db.query import Query
from impl.lib import clock, logs
from impl.lib.problems import Problem
from impl.models import IdempotencyKey, Session
from impl.provisioning import organizations

PURGE_SECONDS = 30.0
BATCH_ROWS = 1000

log = logs.get_logger()


def _expired(model: type[IdempotencyKey] | type[Session]) -> Query:
    """Deletes one batch of the expired rows that no other worker is just deleting."""
    mine = model.organization_id == bindparam("organization_id")
    batch = (
        select(model.id)
        .where(mine, model.expires_at <= bindparam("now"))
        .limit(BATCH_ROWS)
        .with_for_update(skip_locked=True)
    )
    return Query(delete(model).where(mine, model.id.in_(batch)))


IDEMPOTENCY_KEYS = _expired(IdempotencyKey)
SESSIONS = _expired(Session)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows a round has removed."""

    idempotency_keys: int
    sessions: int


async def purge(database: Database) -> Purged:
    """Remove the expired idempotency keys and sessions of every organization."""
    keys = sessions = 0
    for organization in await organizations(database):
        keys += await _purge(database, organization.id, IDEMPOTENCY_KEYS)
        sessions += await _purge(database, organization.id, SESSIONS)
    return Purged(keys, sessions)


async def run(database: Database, *, interval_seconds: float, stop: asyncio.Event) -> None:
    """Purge now and then every `interval_seconds`, until `stop` is set. A database that is away is waited for."""
    while not stop.is_set():
        try:
            purged = await purge(database)
        except Problem as problem:
            log.warning("purge_postponed", code=problem.code, retry_seconds=interval_seconds)
        else:
            log.info("purged", idempotency_keys=purged.idempotency_keys, sessions=purged.sessions)
        try:
            await asyncio.wait_for(stop.wait(), interval_seconds)
        except TimeoutError:
            continue


async def serve(database: Database, *, interval_seconds: float) -> None:
    """`run` until SIGTERM or SIGINT; the batch under way is finished first."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    log.info("worker_started", interval_seconds=interval_seconds)
    try:
        await run(database, interval_seconds=interval_seconds, stop=stop)
    finally:
        await database.close()
        log.info("worker_stopped")


async def _purge(database: Database, organization_id: UUID, expired: Query) -> int:
    """Batch by batch, each in a transaction of its own, so that no lock is held for long."""
    count = 0
    while True:
        async with database.transaction(organization_id, timeout_seconds=PURGE_SECONDS) as connection:
            removed = await connection.execute(expired, organization_id=organization_id, now=clock.now())
        count += removed
        if removed < BATCH_ROWS:
            return count
