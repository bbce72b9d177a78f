"""Runs: which applications are held against which version of a rubric."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.enums import ActorType
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound, ReferenceNotFound
from impl.lib import clock
from impl.lib.problems import FieldError
from impl.models.screening import ApplicationOfOtherJob, RubricEmpty, ScreeningOff
from impl.screening import SCORER_VERSION
from impl.services.screening import queries, rubrics
from impl.services.screening.tasks import Told, screen_applications


async def create(ctx: Context, job_id: UUID, body: requests.ScreeningRunCreate) -> responses.ScreeningRun:
    """A run over the applications that are named, or all that are active; the worker does it."""
    await rubrics.head_of(ctx, job_id)
    rubric = await rubrics.newest(ctx, job_id)
    if not rubric["is_enabled"]:
        raise ScreeningOff("Its rubric says so.")
    if not rubric["criteria"]:
        raise RubricEmpty("Write down first what the job asks for.")
    run = await ctx.insert(
        models.ScreeningRun,
        job_id=job_id,
        rubric_id=rubric["id"],
        scorer_version=SCORER_VERSION,
        as_of=clock.now().date(),
        application_ids=await _wanted(ctx, job_id, patch.given(body).get("application_ids")),
        started_by_type=ActorType(ctx.actor.recorded_type),
        started_by_id=ctx.actor.recorded_id,
    )
    ctx.record("screening_run.created", Told(run.id, job_id))
    if run.application_ids:
        await ctx.enqueue(screen_applications, screening_run_id=run.id)
    else:
        ctx.record("screening_run.finished", Told(run.id, job_id))
    return await show(ctx, run.id)


async def show(ctx: Context, run_id: UUID) -> responses.ScreeningRun:
    row = await ctx.row(queries.ONE_RUN, id=run_id)
    if row is None:
        raise NotFound
    return _run(row)


async def page(ctx: Context, job_id: UUID, query: requests.ListScreeningRunsQuery) -> responses.ScreeningRunList:
    await rubrics.head_of(ctx, job_id)
    rows, info = await ctx.page(queries.RUNS, query, job_id=job_id)
    return responses.ScreeningRunList(data=[_run(row) for row in rows], page=info)


async def _wanted(ctx: Context, job_id: UUID, named: Sequence[UUID] | None) -> list[UUID]:
    if named is None:
        return [row["id"] for row in await ctx.rows(queries.ACTIVE_APPLICATIONS, job_id=job_id)]
    found = {row["id"]: row["job_id"] for row in await ctx.rows(queries.APPLICATIONS, ids=list(named))}
    for place, application_id in enumerate(named):
        if application_id not in found:
            raise ReferenceNotFound.at(f"/application_ids/{place}")
    errors = [
        FieldError(f"/application_ids/{place}", ApplicationOfOtherJob.code, "Not an application for this job.")
        for place, application_id in enumerate(named)
        if found[application_id] != job_id
    ]
    if errors:
        raise ApplicationOfOtherJob("Name applications for this job.", errors=errors[:50])
    return sorted(named)


def _run(row: Any) -> responses.ScreeningRun:
    values = {name: row[name] for name in queries.RUN if not name.startswith("started_by")}
    return responses.ScreeningRun(
        **values,
        rubric_revision=row["rubric_revision"],
        rubric_sha256=row["rubric_sha256"],
        is_blind=row["is_blind"],
        started_by=responses.Actor(type=ActorType(row["started_by_type"]), id=row["started_by_id"]),
        applications_count=row["applications_count"],
        results_count=row["results_count"],
        is_finished=row["results_count"] >= row["applications_count"],
    )
