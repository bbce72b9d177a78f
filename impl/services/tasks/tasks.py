"""What the worker does by itself: remove what has expired."""

from datetime import timedelta

from sqlalchemy import ARRAY, Text, any_, bindparam, delete, select

from generated.enums import TaskStatus
from impl import models
from impl.core.tasks import TaskRun, periodic
from impl.db.query import Query
from impl.lib import clock

BATCH_ROWS = 1000
KEPT_FOR = timedelta(days=7)


def _expired(model: type[models.IdempotencyKey] | type[models.Session]) -> Query:
    """Deletes one batch of the expired rows that no other worker is just deleting."""
    mine = model.organization_id == bindparam("organization_id")
    batch = (
        select(model.id)
        .where(mine, model.expires_at <= bindparam("now"))
        .limit(bindparam("batch"))
        .with_for_update(skip_locked=True)
    )
    return Query(delete(model).where(mine, model.id.in_(batch)))


IDEMPOTENCY_KEYS = _expired(models.IdempotencyKey)
SESSIONS = _expired(models.Session)
ENDED = Query(
    delete(models.Task).where(
        models.Task.organization_id == bindparam("organization_id"),
        models.Task.status == any_(bindparam("ended", type_=ARRAY(Text))),
        models.Task.finished_at <= bindparam("now"),
    )
)


@periodic("purge_expired", cron="*/5 * * * *")
async def purge_expired(run: TaskRun) -> None:
    """Idempotency keys and sessions whose time is over, and tasks that ended a week ago. Batch by batch, each in a step of its
    own, so that no lock is held for long."""
    for expired in (IDEMPOTENCY_KEYS, SESSIONS):
        while await _removed(run, expired, BATCH_ROWS) == BATCH_ROWS:
            continue
    async with run.step() as ctx:
        ended = [TaskStatus.SUCCEEDED, TaskStatus.CANCELLED]
        until = clock.now() - KEPT_FOR
        await ctx.connection.execute(ENDED, organization_id=run.organization_id, ended=ended, now=until)


async def _removed(run: TaskRun, expired: Query, batch: int) -> int:
    async with run.step() as ctx:
        return await ctx.connection.execute(expired, organization_id=run.organization_id, now=clock.now(), batch=batch)
