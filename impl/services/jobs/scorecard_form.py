"""The scorecard form of a job: what its interviewers rate, as one document."""

from collections.abc import Sequence
from uuid import UUID

from generated import requests, responses
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.services.jobs import queries
from impl.services.jobs.distinct import expect_distinct


async def show(ctx: Context, job_id: UUID) -> responses.ScorecardForm:
    """The document as it is stored. Raises NotFound when the actor does not see the job."""
    job = await ctx.row(queries.JOB_HEAD, id=job_id)
    if job is None:
        raise NotFound
    found = [responses.ScorecardAttribute(**row) for row in await ctx.rows(queries.SCORECARD_FORM, job_id=job_id)]
    return responses.ScorecardForm(
        job_id=job_id, attributes=found, updated_at=job["updated_at"], version=job["version"]
    )


async def copy(ctx: Context, job: models.Job, original: models.Job) -> None:
    """Give a new job the form of another one."""
    for each in await _attributes(ctx, original.id):
        await _add(ctx, job.id, each.position, each)


async def replace(ctx: Context, job: models.Job, wanted: Sequence[requests.ScorecardAttribute]) -> bool:
    """Make `wanted` the form of the locked job, in that order; False when it is that already."""
    expect_distinct([attribute.name for attribute in wanted], "/attributes/{}/name")
    current = await _attributes(ctx, job.id)
    if [_content(attribute) for attribute in current] == [_content(attribute) for attribute in wanted]:
        return False
    for each in current:
        await ctx.connection.session.delete(each)
    await ctx.connection.flush()
    for position, attribute in enumerate(wanted, 1):
        await _add(ctx, job.id, position, attribute)
    return True


async def _add(
    ctx: Context, job_id: UUID, position: int, attribute: models.ScorecardAttribute | requests.ScorecardAttribute
) -> None:
    name, description, is_required = _content(attribute)
    await ctx.insert(
        models.ScorecardAttribute,
        job_id=job_id,
        position=position,
        name=name,
        description=description,
        is_required=is_required,
    )


def _content(attribute: models.ScorecardAttribute | requests.ScorecardAttribute) -> tuple[str, str | None, bool]:
    return attribute.name, attribute.description, attribute.is_required


async def _attributes(ctx: Context, job_id: UUID) -> list[models.ScorecardAttribute]:
    attribute = models.ScorecardAttribute
    return await ctx.all(attribute, attribute.job_id == job_id, order_by=attribute.position)
