"""Jobs with their pipeline, openings and hiring team."""

from uuid import UUID

from generated import requests, responses
from generated.api.jobs import JobsOperations
from generated.enums import JobCloseApplications, OpeningStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.core.shape import shaped
from impl.services.jobs import closing, pipeline, queries, team


class Jobs(JobsOperations[Context]):
    """Requisitions from draft to closed."""

    async def list_jobs(self, ctx: Context, query: requests.ListJobsQuery) -> responses.JobList:
        rows, page = await ctx.page(queries.JOBS, query)
        return responses.JobList(data=[responses.Job(**row) for row in rows], page=page)

    async def create_job(self, ctx: Context, body: requests.JobCreate) -> responses.Job:
        values = patch.given(body)
        copied, count = values.pop("copy_from", None), values.pop("openings_count", 0)
        stages = pipeline.DEFAULT
        if copied is not None:
            original = await ctx.refer(models.Job, copied, "/copy_from")
            values = pipeline.copied_fields(original) | values
            stages = await pipeline.stages_of(ctx, original.id)
        job = await ctx.insert(models.Job, **_plain_fields(values))
        await pipeline.create(ctx, job, stages)
        if copied is not None:
            await team.copy(ctx, copied, job)
        for _ in range(count):
            await ctx.insert(models.Opening, job_id=job.id)
        ctx.record("job.created", job)
        return await self._shown(ctx, job.id)

    async def get_job(self, ctx: Context, job_id: UUID, query: requests.GetJobQuery) -> responses.Job:
        row = await ctx.row(queries.ONE_JOB, id=job_id)
        if row is None:
            raise NotFound
        return responses.Job(**row, **await queries.included(ctx, row, query))
