"""Matching: candidates for a job, jobs for a candidate. Nothing is written, and nothing follows by itself."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.matching import MatchingOperations
from generated.enums import MatchApplied
from impl import models
from impl.core import pages, patch
from impl.core.context import Context
from impl.lib.problems import Problem
from impl.services.candidates.operations import FullTextSearchOff
from impl.services.matching import jobs, people, reasons
from impl.services.matching.ranking import page_of
from impl.services.matching.rubrics import UNSAID, of_jobs
from impl.services.matching.similar import of_shown


class MatchingOff(Problem):
    status, code, title = 409, "matching_off", "Nobody is ranked for this job"


class Matching(MatchingOperations[Context]):
    """Found by words, scored by the rubric, the reasons beside it."""

    async def list_job_matches(
        self, ctx: Context, job_id: UUID, query: requests.ListJobMatchesQuery
    ) -> responses.JobMatchList:
        job = await ctx.load(models.Job, job_id)
        standing = (await of_jobs(ctx, [job_id])).get(job_id, UNSAID)
        organization = await _expect_words(ctx)
        if not standing.is_enabled:
            raise MatchingOff("Switch `is_enabled` on in its screening rubric.")
        asked = await people.asked(ctx, standing, job.title, job.description)
        position = _position(query, job_id=job_id)
        filters = {
            name: value for name, value in position.filters.items() if name in ("applied", "tag_ids", "location")
        }
        found = await people.for_job(ctx, job_id, asked, standing, **filters)
        numbered, page = page_of(ctx, found.ranked, position)
        shown = [(each, standing, found.readings.get(each.id)) for _, each in numbered]
        similar = await of_shown(ctx, organization, shown)
        data = [reasons.candidate(ctx, place, each, similar) for (place, _), each in zip(numbered, shown, strict=True)]
        ranking = reasons.ranking(found.found_count, len(found.ranked))
        return responses.JobMatchList(data=data, page=page, ranking=ranking)

    async def list_candidate_matches(
        self, ctx: Context, candidate_id: UUID, query: requests.ListCandidateMatchesQuery
    ) -> responses.CandidateMatchList:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_present()
        organization = await _expect_words(ctx)
        position = _position(query, candidate_id=candidate_id)
        found = await jobs.for_candidate(ctx, candidate_id, applied=position.filters["applied"])
        numbered, page = page_of(ctx, found.ranked, position)
        shown = [(each, found.standings.get(each.id, UNSAID), found.reading) for _, each in numbered]
        similar = await of_shown(ctx, organization, shown)
        data = [reasons.job(place, each, similar) for (place, _), each in zip(numbered, shown, strict=True)]
        ranking = reasons.ranking(found.found_count, len(found.ranked))
        return responses.CandidateMatchList(data=data, page=page, ranking=ranking)


async def _expect_words(ctx: Context) -> models.Organization:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    if not organization.full_text_search:
        raise FullTextSearchOff("Switch `full_text_search` on in the organization's settings.")
    return organization


def _position(query: Any, **fixed: UUID) -> pages.Position:
    """What is asked for: a cursor belongs to all of it but the size of the page."""
    given = patch.given(query)
    limit, cursor = query.limit, given.pop("cursor", None)
    given.pop("limit", None)
    applied = str(given.pop("applied", MatchApplied.EXCLUDE))
    return pages.Position({**fixed, **given, "applied": applied}, "relevance", limit, cursor)
