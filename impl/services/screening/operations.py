"""Screening: rubrics, runs, results, and what people say to them. Nothing here changes an application."""

from uuid import UUID

from generated import requests, responses
from generated.api.screening import ScreeningOperations
from impl import models
from impl.core.context import Context
from impl.services.screening import rubrics


class Screening(ScreeningOperations[Context]):
    """How far resumes cover what a job asks for."""

    async def get_job_screening_rubric(self, ctx: Context, job_id: UUID) -> responses.ScreeningRubric:
        return await rubrics.show(ctx, job_id)

    async def put_job_screening_rubric(
        self, ctx: Context, job_id: UUID, query: requests.PutJobScreeningRubricQuery, body: requests.ScreeningRubricPut
    ) -> responses.ScreeningRubric:
        job = await ctx.load(models.Job, job_id, lock=True)
        if await rubrics.replace(ctx, job, body):
            await ctx.connection.flush()
        return await rubrics.show(ctx, job_id)

    async def list_job_screening_rubrics(
        self, ctx: Context, job_id: UUID, query: requests.ListJobScreeningRubricsQuery
    ) -> responses.ScreeningRubricVersionList:
        return await rubrics.page(ctx, job_id, query)
