"""The rubric of a job: a document whose versions are all kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from generated import requests, responses
from generated.enums import ActorType
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib.problems import FieldError
from impl.models.screening import RubricInvalid
from impl.screening import faults_of
from impl.screening.rubric import hash_of
from impl.services.jobs.queries import JOB_HEAD
from impl.services.screening import queries
from impl.services.wordings import tasks as wordings

ERRORS_MAX = 50
#: What a job has before anybody has written a rubric.
NONE: Mapping[str, Any] = {"revision": 0, "is_enabled": True, "is_blind": False, "criteria": []}


async def show(ctx: Context, job_id: UUID) -> responses.ScreeningRubric:
    """The newest version. Raises NotFound when the actor does not see the job."""
    job = await head_of(ctx, job_id)
    rubric = await newest(ctx, job_id)
    return responses.ScreeningRubric(
        job_id=job_id,
        revision=rubric["revision"],
        is_enabled=rubric["is_enabled"],
        is_blind=rubric["is_blind"],
        criteria=_criteria(rubric),
        updated_at=job["updated_at"],
        version=job["version"],
    )


async def page(
    ctx: Context, job_id: UUID, query: requests.ListJobScreeningRubricsQuery
) -> responses.ScreeningRubricVersionList:
    """The versions, newest first. Raises NotFound when the actor does not see the job."""
    await head_of(ctx, job_id)
    rows, info = await ctx.page(queries.RUBRICS, query, job_id=job_id)
    return responses.ScreeningRubricVersionList(data=[_version(row) for row in rows], page=info)


async def replace(ctx: Context, job: models.Job, body: requests.ScreeningRubricPut) -> bool:
    """Make the document the next version of the locked job's rubric; False when it is the newest already."""
    criteria: list[dict[str, Any]] = [each.model_dump(mode="json") for each in body.criteria]
    _expect_faultless(criteria)
    before = await newest(ctx, job.id)
    wanted = {"is_enabled": body.is_enabled, "is_blind": body.is_blind, "criteria": criteria}
    if all(before[name] == value for name, value in wanted.items()):
        return False
    rubric = await ctx.insert(
        models.ScreeningRubric,
        job_id=job.id,
        revision=before["revision"] + 1,
        sha256=hash_of(criteria),
        made_by_type=ActorType(ctx.actor.recorded_type),
        made_by_id=ctx.actor.recorded_id,
        **wanted,
    )
    changes = {name: (before[name], wanted[name]) for name in ("is_enabled", "is_blind")}
    await wordings.ask(ctx, rubric_id=rubric.id)
    ctx.record(
        "job.screening_rubric_changed", job, screening_rubric=(before["revision"], before["revision"] + 1), **changes
    )
    return True


async def newest(ctx: Context, job_id: UUID) -> Any:
    """The version that counts, of a job that the actor sees."""
    return await ctx.row(queries.NEWEST_RUBRIC, job_id=job_id) or NONE


async def head_of(ctx: Context, job_id: UUID) -> Any:
    """The job's id, version and last change, or NotFound when the actor does not see it."""
    job = await ctx.row(JOB_HEAD, id=job_id)
    if job is None:
        raise NotFound
    return job


def _expect_faultless(criteria: list[dict[str, Any]]) -> None:
    faults = faults_of(criteria)[:ERRORS_MAX]
    if faults:
        errors = [FieldError(fault.pointer, RubricInvalid.code, fault.message) for fault in faults]
        raise RubricInvalid("Look at the criteria that are named.", errors=errors)


def _version(row: Any) -> responses.ScreeningRubricVersion:
    return responses.ScreeningRubricVersion(
        id=row["id"],
        job_id=row["job_id"],
        revision=row["revision"],
        is_enabled=row["is_enabled"],
        is_blind=row["is_blind"],
        criteria=_criteria(row),
        sha256=row["sha256"],
        made_by=responses.Actor(type=ActorType(row["made_by_type"]), id=row["made_by_id"]),
        created_at=row["created_at"],
    )


def _criteria(row: Any) -> list[Any]:
    found: list[Any] = msgspec.convert(row["criteria"], list[responses.ScreeningCriterion])
    return found
