"""Scorecards: written by each interviewer alone, read by the others afterwards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.scorecards import ScorecardsOperations
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib.problems import FieldError
from impl.models.interview import AttributeNotInForm
from impl.services.jobs import scorecard_form
from impl.services.jobs.distinct import expect_distinct
from impl.services.jobs.queries import SCORECARD_FORM
from impl.services.scorecards import queries, reading, summary
from impl.services.scorecards.reading import Content


class Scorecards(ScorecardsOperations[Context]):
    """What interviewers think."""

    async def list_scorecards(self, ctx: Context, query: requests.ListScorecardsQuery) -> responses.ScorecardList:
        rows, page = await ctx.page(queries.SCORECARDS, query)
        return responses.ScorecardList(data=await reading.shown(ctx, rows), page=page)

    async def get_scorecard(self, ctx: Context, scorecard_id: UUID) -> responses.Scorecard:
        return await _shown(ctx, scorecard_id)

    async def put_scorecard(self, ctx: Context, scorecard_id: UUID, body: requests.ScorecardPut) -> responses.Scorecard:
        scorecard = await _own(ctx, scorecard_id)
        scorecard.expect_draft()
        attributes = [rating.attribute for rating in body.ratings]
        expect_distinct(attributes, "/ratings/{}/attribute")
        _expect_in_form(attributes, await ctx.rows(SCORECARD_FORM, job_id=scorecard.job_id))
        content = Content(
            ratings=[responses.ScorecardRating(**rating.model_dump()) for rating in body.ratings], notes=body.notes
        )
        before = (scorecard.recommendation, reading.content_of(ctx, vars(scorecard)))
        if before != (body.recommendation, content):
            scorecard.recommendation = body.recommendation
            scorecard.content_sealed = reading.seal(ctx, scorecard_id, content)
            ctx.record("scorecard.updated", scorecard)
        return await _shown(ctx, scorecard_id)

    async def submit_scorecard(
        self, ctx: Context, scorecard_id: UUID, query: requests.SubmitScorecardQuery
    ) -> responses.Scorecard:
        scorecard = await _own(ctx, scorecard_id)
        before, form = scorecard.status, await ctx.rows(SCORECARD_FORM, job_id=scorecard.job_id)
        rated = {rating.attribute for rating in reading.content_of(ctx, vars(scorecard)).ratings}
        scorecard.submit([row["name"] for row in form if row["is_required"] and row["name"] not in rated])
        ctx.record("scorecard.submitted", scorecard, status=(before, scorecard.status))
        return await _shown(ctx, scorecard_id)

    async def get_scorecard_summary(self, ctx: Context, application_id: UUID) -> responses.ScorecardSummary:
        await ctx.load(models.Application, application_id)
        rows = await ctx.rows(queries.OF_APPLICATION, application_id=application_id)
        return await summary.of(ctx, application_id, rows)

    async def get_job_scorecard_form(self, ctx: Context, job_id: UUID) -> responses.ScorecardForm:
        return await scorecard_form.show(ctx, job_id)

    async def put_job_scorecard_form(
        self, ctx: Context, job_id: UUID, body: requests.ScorecardFormPut
    ) -> responses.ScorecardForm:
        job = await ctx.load(models.Job, job_id, lock=True)
        if await scorecard_form.replace(ctx, job, body.attributes):
            ctx.record("job.scorecard_form_changed", job)
            await ctx.connection.flush()
        return await scorecard_form.show(ctx, job_id)


def _expect_in_form(attributes: Sequence[str], form: Sequence[Any]) -> None:
    """A form that names attributes takes no others."""
    allowed = [row["name"] for row in form]
    strange = [place for place, name in enumerate(attributes) if name not in allowed]
    if allowed and strange:
        code = AttributeNotInForm.code
        errors = [FieldError(f"/ratings/{place}/attribute", code, "Not in the form of the job.") for place in strange]
        raise AttributeNotInForm("Rate what the form of the job names.", errors=errors, allowed=allowed)


async def _own(ctx: Context, scorecard_id: UUID) -> models.Scorecard:
    """The locked scorecard, which must be the caller's."""
    scorecard = await ctx.load(models.Scorecard, scorecard_id, lock=True)
    scorecard.expect_interviewer(ctx.actor.user_id)
    return scorecard


async def _shown(ctx: Context, scorecard_id: UUID) -> responses.Scorecard:
    """The scorecard as it is after the changes of this call."""
    await ctx.connection.flush()
    row = await ctx.row(queries.ONE_SCORECARD, id=scorecard_id)
    if row is None:
        raise NotFound
    [scorecard] = await reading.shown(ctx, [row])
    return scorecard
