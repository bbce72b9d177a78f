"""What the worker does for privacy: the end of the quarantine, and retention."""

from contextlib import suppress
from uuid import UUID

from impl import models
from impl.core.tasks import TaskRun, periodic
from impl.lib import clock
from impl.models.candidate import CandidateErased
from impl.models.legal_hold import LegalHoldStands
from impl.services.privacy import forgetting, queries, retention

BATCH = 100


@periodic("purge_quarantined", cron="17 * * * *")
async def purge_quarantined(run: TaskRun) -> None:
    """Erase the candidates whose quarantine is over, one in each step; a legal hold keeps them. A run that is cut short leaves the
    rest to the next."""
    after: UUID | None = UUID(int=0)
    while after is not None:
        async with run.step() as ctx:
            found = [row["id"] for row in await ctx.rows(queries.OVERDUE, now=clock.now(), after=after, batch=BATCH)]
        for candidate_id in found:
            await _purge(run, UUID(str(candidate_id)))
        after = found[-1] if len(found) == BATCH else None


@periodic("apply_retention", cron="23 2 * * *")
async def apply_retention(run: TaskRun) -> None:
    """Do what the enabled policies say, one candidate in each step. Who is done is due no more, so that a run that is cut short, or
    runs twice, ends as one that did not."""
    async with run.step() as ctx:
        enabled = await retention.policies(ctx, models.RetentionPolicy.is_enabled.is_(True))
        rules = [await retention.rule_of(ctx, policy) for policy in enabled]
    for rule in rules:
        after: UUID | None = retention.NOBODY
        while after is not None:
            async with run.step() as ctx:
                found = await rule.due(ctx, batch=BATCH, after=after)
            for candidate_id in found:
                async with run.step() as ctx:
                    await rule.apply(ctx, candidate_id)
            after = found[-1] if len(found) == BATCH else None


async def _purge(run: TaskRun, candidate_id: UUID) -> None:
    # It may have been erased, or put on hold, since it was found.
    with suppress(LegalHoldStands, CandidateErased):
        async with run.step() as ctx:
            await forgetting.purge(ctx, candidate_id)
