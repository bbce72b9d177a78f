"""What the worker does for offers: those whose time is over expire."""

from generated.enums import OfferStatus
from impl import models
from impl.core.context import Context
from impl.core.tasks import TaskRun, periodic
from impl.lib import clock
from impl.services.offers import queries

BATCH = 100


@periodic("expire_offers", cron="*/5 * * * *")
async def expire_offers(run: TaskRun) -> None:
    """End every offer that is out and was not answered in time. Batch by batch; an answer that is just being noted comes first."""
    count = BATCH
    while count == BATCH:
        async with run.step() as ctx:
            count = await _expire_batch(ctx)


async def _expire_batch(ctx: Context) -> int:
    rows = await ctx.rows(queries.OVERDUE, now=clock.now(), batch=BATCH)
    is_due = (models.Offer.status == OfferStatus.SENT, models.Offer.expires_at <= clock.now())
    for offer in await ctx.all(models.Offer, models.Offer.id.in_([row["id"] for row in rows]), *is_due, lock=True):
        before = offer.status
        offer.expire()
        ctx.record("offer.expired", offer, status=(before, offer.status))
    return len(rows)
