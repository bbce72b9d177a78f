"""Rights that are given: scopes, and job grants, the jobs whose rows a hiring manager, an interviewer or a job-granted API key sees."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, delete, func, insert, select

from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.problems import ReferenceNotFound, ScopeNotHeld
from impl.db.query import Query
from impl.lib import clock, ids
from impl.lib.problems import FieldError
from impl.models import Job, JobGrant

NAMED_MAX = 13

_JOB_IDS = bindparam("job_ids", type_=ARRAY(Uuid))
VISIBLE = ScopedQuery(
    lambda visibility: mine(Job, visibility, func.array_agg(Job.id).label("ids")).where(Job.id == any_(_JOB_IDS))
)
ADD = Query(insert(JobGrant), columns=["organization_id", "id", "job_id", "user_id", "api_key_id", "created_at"])
REMOVE = Query(
    delete(JobGrant).where(
        JobGrant.organization_id == bindparam("organization_id"),
        JobGrant.holder_id == bindparam("holder_id"),
        JobGrant.job_id == any_(_JOB_IDS),
    )
)


def expect_held(ctx: Context, scopes: Iterable[str]) -> None:
    """Nobody gives what they do not have, nor changes who has more."""
    missing = sorted(set(scopes) - ctx.actor.scopes)
    if missing:
        raise ScopeNotHeld(f"You do not hold {', '.join(missing)}.", missing_scopes=missing)


def jobs_of(model: Any) -> ColumnElement[list[UUID]]:
    """The ids of the jobs granted to a row of `model` (a user, an API key), in order, as one array column."""
    granted = (
        select(JobGrant.job_id)
        .where(JobGrant.organization_id == model.organization_id, JobGrant.holder_id == model.id)
        .order_by(JobGrant.job_id)
        .correlate(model)
        .scalar_subquery()
    )
    return func.array(granted, type_=ARRAY(Uuid))


async def expect_jobs(ctx: Context, job_ids: Iterable[UUID]) -> list[UUID]:
    """The body's `job_ids` in order, each once, or 404 `reference_not_found` that points to each unknown one."""
    wanted = list(job_ids)
    if not wanted:
        return []
    row = await ctx.row(VISIBLE, job_ids=wanted)
    found = frozenset(row["ids"] or ())
    unknown = [index for index, job_id in enumerate(wanted) if job_id not in found]
    if unknown:
        message = "No such job, or not yours to see."
        errors = [FieldError(f"/job_ids/{index}", "reference_not_found", message) for index in unknown[:50]]
        raise ReferenceNotFound(errors=errors)
    return sorted(found)


async def add(
    ctx: Context, job_ids: Iterable[UUID], *, user_id: UUID | None = None, api_key_id: UUID | None = None
) -> None:
    """Let the user or the API key see these jobs; it must not see them yet."""
    holder = {
        "organization_id": ctx.organization_id,
        "user_id": user_id,
        "api_key_id": api_key_id,
        "created_at": clock.now(),
    }
    rows: list[dict[str, object]] = [{**holder, "id": ids.new_id(), "job_id": job_id} for job_id in job_ids]
    if rows:
        await ctx.connection.execute_many(ADD, rows)


async def remove(ctx: Context, holder_id: UUID, job_ids: Iterable[UUID]) -> None:
    """Take the sight of these jobs from the user or API key."""
    gone = list(job_ids)
    if gone:
        await ctx.connection.execute(REMOVE, organization_id=ctx.organization_id, holder_id=holder_id, job_ids=gone)


def named(row_ids: Sequence[UUID], plural: str = "jobs") -> str:
    """Rows as an event tells of them: their ids, or how many when they are too many to list."""
    return ", ".join(map(str, row_ids)) if len(row_ids) <= NAMED_MAX else f"{len(row_ids)} {plural}"
