"""The screening rubric that a copy of a job begins with."""

from generated.enums import ActorType
from impl import models
from impl.core.context import Context


async def copy(ctx: Context, job: models.Job, original: models.Job) -> None:
    """Give a new job the newest version of another one's rubric, as its first."""
    versions = models.ScreeningRubric
    found = await ctx.all(versions, versions.job_id == original.id, order_by=versions.revision.desc())
    for newest in found[:1]:
        await ctx.insert(
            versions,
            job_id=job.id,
            revision=1,
            is_enabled=newest.is_enabled,
            is_blind=newest.is_blind,
            criteria=newest.criteria,
            sha256=newest.sha256,
            made_by_type=ActorType(ctx.actor.recorded_type),
            made_by_id=ctx.actor.recorded_id,
        )
