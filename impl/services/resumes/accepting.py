"""A person accepts what was read. Locked are the candidate, then the parse."""

from uuid import UUID

from generated import requests
from generated.enums import ActorType, CandidateStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.db.errors import RETRY_AFTER, Conflict40
from impl.services.candidates import index, profile
from impl.services.resumes import contents, queries, taking
from impl.services.resumes.correcting import corrected
from impl.services.wordings import tasks as wordings


async def locked(ctx: Context, parse_id: UUID) -> tuple[models.Candidate, models.ResumeParse]:
    """The parse and its candidate, both locked; 404 when the caller may not see it or the candidate is gone."""
    row = await ctx.row(queries.ONE_PARSE, id=parse_id)
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    candidate = await ctx.load(models.Candidate, row["candidate_id"], lock=True)
    if candidate.status != CandidateStatus.ACTIVE:
        raise NotFound("The candidate was deleted.")
    parse = await ctx.load(models.ResumeParse, parse_id, lock=True)
    if parse.candidate_id != candidate.id:
        # Merged or unmerged in the meantime: the next attempt sees whose it is.
        raise Conflict40(headers=RETRY_AFTER)
    return candidate, parse


async def accept(
    ctx: Context, candidate: models.Candidate, parse: models.ResumeParse, body: requests.ResumeParseAccept
) -> None:
    """Let the reviewed profile be the candidate's accepted one, and take over what the body names."""
    before = parse.accepted_at
    parse.accept(ActorType(ctx.actor.type), ctx.actor.recorded_id)
    content = contents.opened(ctx, vars(parse)).content or contents.Content({}, {})
    review, document = corrected(content, patch.given(body).get("corrections", []))
    before_profile = profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)
    after_profile = taking.taken_over(before_profile, document, body.take_over)
    review.taken_over = sorted(body.take_over)
    parse.review_sealed = contents.sealed_review(ctx, parse.id, review)
    ctx.record("resume_parse.accepted", parse, accepted_at=(before, parse.accepted_at))
    if after_profile != before_profile:
        organization = await ctx.load(models.Organization, ctx.organization_id)
        stored = profile.columns(ctx, candidate.id, after_profile, is_searchable=organization.full_text_search)
        patch.overwrite(candidate, stored)
        ctx.record("candidate.updated", candidate)
    await index.refresh(ctx, candidate)
    await wordings.ask(ctx, parse_id=parse.id)
