"""Who holds an interview, and the scorecard that waits for each of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from generated.enums import ScorecardStatus
from impl import models
from impl.core.context import Context
from impl.core.problems import ReferenceNotFound
from impl.lib.problems import FieldError
from impl.models.interview import InterviewerNotEligible
from impl.services.interviews import queries

# An event tells of more only how many they are.
NAMED_MAX = 13


async def expect_eligible(ctx: Context, job_id: UUID, user_ids: Sequence[UUID]) -> list[UUID]:
    """The users of the body's `interviewer_ids`, each once; all are active and see the job, or the problem points at those who do not."""
    rows = await ctx.rows(queries.ELIGIBLE, user_ids=list(user_ids), job_id=job_id)
    eligible = {row["id"]: row["is_eligible"] for row in rows}
    unknown = [place for place, user_id in enumerate(user_ids) if user_id not in eligible]
    if unknown:
        raise ReferenceNotFound(errors=_errors(unknown, "reference_not_found", "No such user."))
    unfit = [place for place, user_id in enumerate(user_ids) if not eligible[user_id]]
    if unfit:
        message = "Not an active user who may see the job."
        errors = _errors(unfit, InterviewerNotEligible.code, message)
        raise InterviewerNotEligible("Choose active users who may see the job.", errors=errors)
    return list(dict.fromkeys(user_ids))


async def replace(ctx: Context, interview: models.Interview, user_ids: Sequence[UUID]) -> tuple[str, str] | None:
    """Let these users hold the locked interview; who held it and who does, as an event tells it, or None when they do already."""
    current = await ctx.all(models.Interviewer, models.Interviewer.interview_id == interview.id)
    before = [each.user_id for each in current]
    if set(before) == set(user_ids):
        return None
    for each in current:
        if each.user_id not in user_ids:
            await ctx.connection.session.delete(each)
    await add(ctx, interview, [user_id for user_id in user_ids if user_id not in before])
    return _named(before), _named(user_ids)


async def add(ctx: Context, interview: models.Interview, user_ids: Iterable[UUID]) -> None:
    """Let these users, who do not hold it yet, hold the interview."""
    for user_id in user_ids:
        await ctx.insert(models.Interviewer, interview_id=interview.id, user_id=user_id)


async def settle_scorecards(ctx: Context, interview: models.Interview, user_ids: Sequence[UUID]) -> None:
    """One scorecard for each interviewer, where the interview wants them. Drafts of others go; what was submitted stays."""
    wanted = list(user_ids) if interview.requires_scorecards else []
    current = await ctx.all(models.Scorecard, models.Scorecard.interview_id == interview.id, lock=True)
    for scorecard in current:
        if scorecard.status == ScorecardStatus.DRAFT and scorecard.interviewer_id not in wanted:
            ctx.record("scorecard.deleted", scorecard)
            await ctx.connection.session.delete(scorecard)
    holders = {scorecard.interviewer_id for scorecard in current}
    await add_scorecards(ctx, interview, [user_id for user_id in wanted if user_id not in holders])


async def add_scorecards(ctx: Context, interview: models.Interview, user_ids: Iterable[UUID]) -> None:
    """An empty draft for each of these interviewers."""
    for user_id in user_ids:
        scorecard = await ctx.insert(
            models.Scorecard,
            interview_id=interview.id,
            application_id=interview.application_id,
            candidate_id=interview.candidate_id,
            job_id=interview.job_id,
            interviewer_id=user_id,
        )
        ctx.record("scorecard.created", scorecard, status=(None, scorecard.status))


def _errors(places: Sequence[int], code: str, message: str) -> list[FieldError]:
    return [FieldError(f"/interviewer_ids/{place}", code, message) for place in places]


def _named(user_ids: Sequence[UUID]) -> str:
    return ", ".join(map(str, user_ids)) if len(user_ids) <= NAMED_MAX else f"{len(user_ids)} interviewers"
