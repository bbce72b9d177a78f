"""Screening: rubrics, runs, results, and what people say to them. Nothing here changes an application."""

from uuid import UUID

from starlette.responses import Response

from generated import requests, responses
from generated.api.screening import ScreeningOperations
from impl import models
from impl.core.context import Context
from impl.services.screening import audits, blind_profiles, identifying, impact, results, rubrics, runs


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

    async def list_screening_runs(
        self, ctx: Context, job_id: UUID, query: requests.ListScreeningRunsQuery
    ) -> responses.ScreeningRunList:
        return await runs.page(ctx, job_id, query)

    async def create_screening_run(
        self, ctx: Context, job_id: UUID, body: requests.ScreeningRunCreate
    ) -> responses.ScreeningRun:
        return await runs.create(ctx, job_id, body)

    async def get_screening_run(self, ctx: Context, screening_run_id: UUID) -> responses.ScreeningRun:
        return await runs.show(ctx, screening_run_id)

    async def list_screening_run_results(
        self, ctx: Context, screening_run_id: UUID, query: requests.ListScreeningRunResultsQuery
    ) -> responses.ScreeningResultList:
        return await results.of_run(ctx, screening_run_id, query)

    async def list_application_screening_results(
        self, ctx: Context, application_id: UUID, query: requests.ListApplicationScreeningResultsQuery
    ) -> responses.ScreeningResultList:
        return await results.of_application(ctx, application_id, query)

    async def get_screening_result(self, ctx: Context, screening_result_id: UUID) -> responses.ScreeningResult:
        return await results.show(ctx, screening_result_id)

    async def review_screening_result(
        self,
        ctx: Context,
        screening_result_id: UUID,
        query: requests.ReviewScreeningResultQuery,
        body: requests.ScreeningReviewCreate,
    ) -> responses.ScreeningResult:
        return await results.review(ctx, screening_result_id, body)

    async def get_blind_profile(self, ctx: Context, application_id: UUID) -> responses.BlindProfile:
        return await blind_profiles.show(ctx, application_id)

    async def export_screening_run_audit(self, ctx: Context, screening_run_id: UUID) -> Response:
        return await audits.export(ctx, screening_run_id)

    async def put_self_identification(
        self, ctx: Context, application_id: UUID, body: requests.SelfIdentification
    ) -> None:
        await identifying.keep(ctx, application_id, body)

    async def get_adverse_impact_report(
        self, ctx: Context, query: requests.GetAdverseImpactReportQuery
    ) -> responses.AdverseImpactReport:
        return await impact.report(ctx, query)
