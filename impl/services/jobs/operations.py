"""Jobs with their pipeline, openings and hiring team."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from generated import requests, responses
from generated.api.jobs import JobsOperations
from generated.enums import CustomFieldTarget, JobInclude
from impl import models
from impl.core import patch
from impl.core.context import UNTOLD, Context
from impl.core.external_ids import expect_free
from impl.core.problems import NotFound
from impl.models.job import expect_salary_range
from impl.services.approvals import asking
from impl.services.custom_fields import values as custom
from impl.services.jobs import closing, pipeline, queries, rubric, scorecard_form, team

JOB = CustomFieldTarget.JOB


class Jobs(JobsOperations[Context]):
    """Requisitions from draft to closed."""

    async def list_jobs(self, ctx: Context, query: requests.ListJobsQuery) -> responses.JobList:
        rows, page = await ctx.page(queries.JOBS, query, **await custom.filters(ctx, JOB, query))
        return responses.JobList(data=[_job(ctx, row) for row in rows], page=page)

    async def create_job(self, ctx: Context, body: requests.JobCreate) -> responses.Job:
        values = _fields(body)
        fields = await custom.checked(ctx, JOB, custom.parts_of({}), custom.taken(body, values))
        values.pop("openings_count", None)
        copy_from = values.pop("copy_from", None)
        original = None if copy_from is None else await ctx.refer(models.Job, copy_from, "/copy_from")
        if original is not None:
            values = original.copied() | values
        await expect_free(ctx, models.Job, values.get("external_id"))
        job = await custom.insert(ctx, models.Job, fields, **values)
        ctx.record("job.created", job, status=(None, job.status), **fields.told)
        await pipeline.create(ctx, job, original)
        if original is not None:
            await team.copy(ctx, job, original)
            await scorecard_form.copy(ctx, job, original)
            await rubric.copy(ctx, job, original)
        for _ in range(body.openings_count):
            opening = await ctx.insert(models.Opening, job_id=job.id)
            ctx.record("opening.created", opening, status=(None, opening.status))
        return await _shown(ctx, job.id)

    async def get_job(self, ctx: Context, job_id: UUID, query: requests.GetJobQuery) -> responses.Job:
        row = await ctx.row(queries.ONE_JOB, id=job_id)
        if row is None:
            raise NotFound
        return _job(ctx, row, **await _included(ctx, row, patch.given(query).get("include", ())))

    async def update_job(self, ctx: Context, job_id: UUID, body: requests.JobUpdate) -> responses.Job:
        job = await ctx.load(models.Job, job_id, lock=True)
        values = _fields(body)
        given_fields = custom.taken(body, values)
        await expect_free(ctx, models.Job, values.get("external_id"), job.id)
        changes = patch.apply(job, values)
        changes |= await custom.update(ctx, job, JOB, given_fields)
        if changes:
            ctx.record("job.updated", job, **_recorded(changes))
        return await _shown(ctx, job_id)

    async def open_job(self, ctx: Context, job_id: UUID, query: requests.OpenJobQuery) -> responses.Job:
        job = await ctx.load(models.Job, job_id, lock=True)
        before = job.status
        await asking.expect_approved(ctx, job)
        job.open(await ctx.all(models.Opening, models.Opening.job_id == job_id))
        ctx.record("job.opened", job, status=(before, job.status))
        return await _shown(ctx, job_id)

    async def close_job(
        self, ctx: Context, job_id: UUID, query: requests.CloseJobQuery, body: requests.JobClose
    ) -> responses.Job:
        if isinstance(body, requests.JobCloseRejecting):
            await closing.hold_applications(ctx, job_id)
        job = await ctx.load(models.Job, job_id, lock=True, alone=True)
        before = job.status
        job.close(body.reason)
        if isinstance(body, requests.JobCloseRejecting):
            note, out = patch.given(body).get("note"), body.withdraw_offers
            await closing.reject_applications(ctx, job, body.reason_id, note, notify=body.notify, withdraw_offers=out)
        await closing.unpublish_posts(ctx, job, "close_job")
        await closing.cancel_openings(ctx, job)
        ctx.record("job.closed", job, status=(before, job.status), close_reason=(None, job.close_reason))
        return await _shown(ctx, job_id)

    async def get_job_pipeline(self, ctx: Context, job_id: UUID) -> responses.Pipeline:
        return await pipeline.show(ctx, job_id)

    async def put_job_pipeline(self, ctx: Context, job_id: UUID, body: requests.PipelinePut) -> responses.Pipeline:
        job = await ctx.load(models.Job, job_id, lock=True)
        if await pipeline.replace(ctx, job, body.stages):
            ctx.record("job.pipeline_changed", job)
            await ctx.connection.flush()
        return await pipeline.show(ctx, job_id)

    async def get_job_hiring_team(self, ctx: Context, job_id: UUID) -> responses.HiringTeam:
        return await team.show(ctx, job_id)

    async def put_job_hiring_team(
        self, ctx: Context, job_id: UUID, body: requests.HiringTeamPut
    ) -> responses.HiringTeam:
        job = await ctx.load(models.Job, job_id, lock=True)
        if await team.replace(ctx, job, body.members):
            ctx.record("job.hiring_team_changed", job)
            await ctx.connection.flush()
        return await team.show(ctx, job_id)

    async def list_job_openings(
        self, ctx: Context, job_id: UUID, query: requests.ListJobOpeningsQuery
    ) -> responses.OpeningList:
        if await ctx.row(queries.JOB_HEAD, id=job_id) is None:
            raise NotFound
        rows, page = await ctx.page(queries.OPENINGS, query, job_id=job_id)
        return responses.OpeningList(data=[responses.Opening(**row) for row in rows], page=page)

    async def create_job_opening(self, ctx: Context, job_id: UUID, body: requests.OpeningCreate) -> responses.Opening:
        await ctx.load(models.Job, job_id)
        values = patch.given(body)
        await expect_free(ctx, models.Opening, values.get("external_id"))
        opening = await ctx.insert(models.Opening, job_id=job_id, **values)
        ctx.record("opening.created", opening, status=(None, opening.status))
        return await _shown_opening(ctx, opening.id)

    async def get_opening(self, ctx: Context, opening_id: UUID) -> responses.Opening:
        return await _shown_opening(ctx, opening_id)

    async def update_opening(self, ctx: Context, opening_id: UUID, body: requests.OpeningUpdate) -> responses.Opening:
        opening = await ctx.load(models.Opening, opening_id, lock=True)
        values = patch.given(body)
        await expect_free(ctx, models.Opening, values.get("external_id"), opening.id)
        changes = patch.apply(opening, values)
        if changes:
            ctx.record("opening.updated", opening, **changes)
        return await _shown_opening(ctx, opening_id)

    async def cancel_opening(
        self, ctx: Context, opening_id: UUID, query: requests.CancelOpeningQuery
    ) -> responses.Opening:
        opening = await ctx.load(models.Opening, opening_id, lock=True)
        before = opening.status
        opening.cancel()
        ctx.record("opening.cancelled", opening, status=(before, opening.status))
        return await _shown_opening(ctx, opening_id)


def _fields(body: BaseModel) -> dict[str, Any]:
    """The fields that the caller sent, as the columns of a job hold them."""
    values = patch.given(body)
    if values.get("salary") is not None:
        values["salary"] = values["salary"].model_dump(mode="json")
        expect_salary_range(values["salary"])
    return values


def _recorded(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """What an event says of the changed fields: nothing of the description, which is long, and not what the job pays, which only
    some see."""
    told = {name: change for name, change in changes.items() if name != "description"}
    return told | {"salary": UNTOLD} if "salary" in told else told


async def _shown(ctx: Context, job_id: UUID) -> responses.Job:
    """The job as it is after the changes of this call."""
    await ctx.connection.flush()
    return _job(ctx, await ctx.row(queries.ONE_JOB, id=job_id))


def _job(ctx: Context, row: Any, **included: Any) -> responses.Job:
    shown = {**row, **included}
    fields = custom.opened(ctx, models.Job, row["id"], shown.pop("custom_fields_sealed"))
    return responses.Job(**shown, **fields)


async def _shown_opening(ctx: Context, opening_id: UUID) -> responses.Opening:
    await ctx.connection.flush()
    row = await ctx.row(queries.ONE_OPENING, id=opening_id)
    if row is None:
        raise NotFound
    return responses.Opening(**row)


async def _included(ctx: Context, job: Any, wanted: list[JobInclude]) -> dict[str, Any]:
    """What `include` asks for, by the response's fields. Null where the job has none."""
    found: dict[str, Any] = {}
    if JobInclude.DEPARTMENT in wanted:
        row = await ctx.row(queries.ONE_DEPARTMENT, id=job["department_id"])
        found["department"] = None if row is None else responses.Department(**row)
    if JobInclude.OFFICE in wanted:
        row = await ctx.row(queries.ONE_OFFICE, id=job["office_id"])
        found["office"] = None if row is None else responses.Office(**row)
    if JobInclude.PIPELINE in wanted:
        found["pipeline"] = await pipeline.of(ctx, job)
    return found
