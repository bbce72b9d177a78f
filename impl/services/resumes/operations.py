"""What was read out of resumes, and what a person makes of it."""

from uuid import UUID

from generated import requests, responses
from generated.api.resumes import ResumesOperations
from generated.enums import ResumeParseStatus
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.models.file import expect_passed
from impl.models.resume import ResumeParsePending
from impl.services.resumes import accepting, queries
from impl.services.resumes.queueing import begin
from impl.services.resumes.responses import summary, whole


class Resumes(ResumesOperations[Context]):
    """Every reading of every attachment."""

    async def list_resume_parses(
        self, ctx: Context, candidate_id: UUID, query: requests.ListResumeParsesQuery
    ) -> responses.ResumeParseList:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_present()
        rows, page = await ctx.page(queries.PARSES, query, candidate_id=candidate_id)
        return responses.ResumeParseList(data=[summary(row) for row in rows], page=page)

    async def create_resume_parse(self, ctx: Context, attachment_id: UUID) -> responses.ResumeParse:
        # One after the other: each reading of a file has a number of its own.
        file = await ctx.load(models.File, attachment_id, lock=True)
        if file.candidate_id is None or file.refusal is not None:
            raise NotFound("It is not an attachment of a candidate.")
        await _expect_present(ctx, file.candidate_id)
        expect_passed(file.scan_status)
        newest = await ctx.row(queries.NEWEST, attachment_id=attachment_id)
        if newest is not None and newest["status"] == ResumeParseStatus.QUEUED:
            raise ResumeParsePending("Wait until it is.", conflicting_id=newest["id"])
        parse = await begin(
            ctx,
            file,
            candidate_id=file.candidate_id,
            application_id=file.application_id,
            job_id=file.job_id,
            revision=newest["revision"] + 1 if newest else 1,
        )
        return whole(ctx, vars(parse))

    async def get_resume_parse(self, ctx: Context, resume_parse_id: UUID) -> responses.ResumeParse:
        row = await ctx.row(queries.ONE_PARSE, id=resume_parse_id)
        if row is None:
            raise NotFound("Check the id; it may also belong to something that you may not see.")
        await _expect_present(ctx, row["candidate_id"])
        return whole(ctx, row)

    async def accept_resume_parse(
        self,
        ctx: Context,
        resume_parse_id: UUID,
        query: requests.AcceptResumeParseQuery,
        body: requests.ResumeParseAccept,
    ) -> responses.ResumeParse:
        candidate, parse = await accepting.locked(ctx, resume_parse_id)
        await accepting.accept(ctx, candidate, parse, body)
        return whole(ctx, vars(parse))


async def _expect_present(ctx: Context, candidate_id: UUID) -> None:
    candidate = await ctx.load(models.Candidate, candidate_id)
    if not candidate.is_present:
        raise NotFound("The candidate was deleted.")
