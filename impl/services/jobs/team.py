"""The hiring team of a job: who works on it, as one document. It grants nothing."""

from collections.abc import Sequence
from uuid import UUID

from generated import requests, responses
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound, ReferenceNotFound
from impl.services.jobs import queries
from impl.services.jobs.distinct import expect_distinct


async def show(ctx: Context, job_id: UUID) -> responses.HiringTeam:
    """The document as it is stored. Raises NotFound when the actor does not see the job."""
    job = await ctx.row(queries.JOB_HEAD, id=job_id)
    if job is None:
        raise NotFound
    members = [responses.HiringTeamMember(**row) for row in await ctx.rows(queries.TEAM, job_id=job_id)]
    return responses.HiringTeam(job_id=job_id, members=members, updated_at=job["updated_at"], version=job["version"])


async def copy(ctx: Context, job: models.Job, original: models.Job) -> None:
    """Give a new job the team of another one."""
    for member in await _members(ctx, original):
        await ctx.insert(models.HiringTeamMember, job_id=job.id, user_id=member.user_id, role=member.role)


async def replace(ctx: Context, job: models.Job, wanted: Sequence[requests.HiringTeamMember]) -> bool:
    """Make `wanted` the team of the locked job, in that order; False when it is that already."""
    ids = [member.user_id for member in wanted]
    expect_distinct(ids, "/members/{}/user_id")
    current = await _members(ctx, job)
    if [(member.user_id, member.role) for member in current] == [(member.user_id, member.role) for member in wanted]:
        return False
    known = {user.id for user in await ctx.all(models.User, models.User.id.in_(ids))}
    for place, user_id in enumerate(ids):
        if user_id not in known:
            raise ReferenceNotFound.at(f"/members/{place}/user_id")
    for member in current:
        await ctx.connection.session.delete(member)
    await ctx.connection.flush()
    for new in wanted:
        await ctx.insert(models.HiringTeamMember, job_id=job.id, user_id=new.user_id, role=new.role)
    return True


async def _members(ctx: Context, job: models.Job) -> list[models.HiringTeamMember]:
    return await ctx.all(models.HiringTeamMember, models.HiringTeamMember.job_id == job.id)
