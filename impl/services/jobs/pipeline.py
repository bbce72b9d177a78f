"""The pipeline of a job: its stages as one document."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import MISSING

from generated import requests, responses
from generated.enums import StageKind
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound, ReferenceNotFound
from impl.models.application import StageOfOtherJob
from impl.services.jobs import queries
from impl.services.jobs.distinct import expect_distinct

DEFAULT = (
    ("Applied", StageKind.APPLIED),
    ("Screen", StageKind.SCREEN),
    ("Interview", StageKind.INTERVIEW),
    ("Offer", StageKind.OFFER),
)


async def show(ctx: Context, job_id: UUID) -> responses.Pipeline:
    """The document as it is stored. Raises NotFound when the actor does not see the job."""
    job = await ctx.row(queries.JOB_HEAD, id=job_id)
    if job is None:
        raise NotFound
    return await of(ctx, job)


async def of(ctx: Context, job: Any) -> responses.Pipeline:
    """The document of a job whose `id`, `updated_at` and `version` were read."""
    stages = [responses.Stage(**row) for row in await ctx.rows(queries.STAGES, job_id=job["id"])]
    return responses.Pipeline(
        job_id=job["id"],
        stages=[stage for stage in stages if not stage.is_retired],
        retired_stages=[stage for stage in stages if stage.is_retired],
        updated_at=job["updated_at"],
        version=job["version"],
    )


async def create(ctx: Context, job: models.Job, original: models.Job | None) -> None:
    """Give a new job its stages: those that `original` has in use, else the usual ones."""
    stages = DEFAULT if original is None else [(stage.name, stage.kind) for stage in await _in_use(ctx, original.id)]
    for position, (name, kind) in enumerate(stages, 1):
        await ctx.insert(models.Stage, job_id=job.id, name=name, kind=kind, position=position)


async def replace(ctx: Context, job: models.Job, wanted: Sequence[requests.StagePut]) -> bool:
    """Make `wanted` the pipeline of the locked job, in that order; False when it is that already."""
    ids = [None if item.id is MISSING else item.id for item in wanted]
    expect_distinct(ids, "/stages/{}/id")
    expect_distinct([item.name for item in wanted], "/stages/{}/name")
    stages = {stage.id: stage for stage in await ctx.all(models.Stage, models.Stage.job_id == job.id)}
    await _expect_own(ctx, ids, stages)
    in_use = sorted((stage for stage in stages.values() if not stage.is_retired), key=lambda stage: stage.position)
    shape = [(stage_id, item.name, item.kind) for stage_id, item in zip(ids, wanted, strict=True)]
    if [(stage.id, stage.name, stage.kind) for stage in in_use] == shape:
        return False
    await _take_out(ctx, [stage for stage in in_use if stage.id not in ids])
    for position, (stage_id, name, kind) in enumerate(shape, 1):
        if stage_id is None:
            await ctx.insert(models.Stage, job_id=job.id, name=name, kind=kind, position=position)
        else:
            stages[stage_id].place(name, kind, position)
    return True


async def _in_use(ctx: Context, job_id: UUID) -> list[models.Stage]:
    return await ctx.all(
        models.Stage,
        models.Stage.job_id == job_id,
        models.Stage.is_retired.is_(False),
        order_by=models.Stage.position,
    )


async def _expect_own(ctx: Context, ids: Sequence[UUID | None], own: dict[UUID, models.Stage]) -> None:
    """Refuse ids that name no stage, or one of another job."""
    foreign = {stage_id: place for place, stage_id in enumerate(ids) if stage_id is not None and stage_id not in own}
    if not foreign:
        return
    found = {stage.id for stage in await ctx.all(models.Stage, models.Stage.id.in_(foreign))}
    for stage_id, place in foreign.items():
        if stage_id not in found:
            raise ReferenceNotFound.at(f"/stages/{place}/id")
    raise StageOfOtherJob(f"The stage at /stages/{min(foreign.values())} belongs to another job.")


async def _take_out(ctx: Context, stages: Sequence[models.Stage]) -> None:
    """Delete the stages that no application was ever in, and retire the others."""
    if not stages:
        return
    ids = [stage.id for stage in stages]
    await ctx.rows(queries.LOCKED_STAGES, ids=ids)
    used = {row["id"] for row in await ctx.rows(queries.USED_STAGES, ids=ids)}
    for stage in stages:
        if stage.id in used:
            stage.retire()
        else:
            await ctx.connection.session.delete(stage)
