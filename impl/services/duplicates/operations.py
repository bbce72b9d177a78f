"""Candidates who may be the same person."""

import re
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.duplicates import DuplicatesOperations
from impl import models
from impl.core.context import Context
from impl.services.candidates import profile
from impl.services.candidates.responses import shown
from impl.services.duplicates import merging, queries, scoring

SHOWN_MAX = 50
# A lexeme that no profile has, since all of ours are base 64.
NO_WORDS = "'-'"

_WORD = re.compile(r"\w+")


class Duplicates(DuplicatesOperations[Context]):
    """Who may have been entered twice, and the merge of those who were."""

    async def list_candidate_duplicates(self, ctx: Context, candidate_id: UUID) -> list[responses.CandidateDuplicate]:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_present()
        if candidate.is_forgotten:
            return []
        document = profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)
        rows = await ctx.rows(
            queries.SIMILAR,
            candidate_id=candidate.id,
            email_hashes=candidate.email_hashes,
            phone_hashes=candidate.phone_hashes,
            words=await _words(ctx, document["full_name"]),
        )
        found = [shown for row in rows if (shown := _compared(ctx, document, row)) is not None]
        found.sort(key=lambda duplicate: (-duplicate.score, duplicate.candidate.id))
        return found[:SHOWN_MAX]

    async def merge_candidates(
        self,
        ctx: Context,
        candidate_id: UUID,
        query: requests.MergeCandidatesQuery,
        body: requests.CandidateMergeCreate,
    ) -> responses.CandidateMerge:
        done = await merging.merge(ctx, candidate_id, body.duplicate_id, withdraws=body.withdraw_duplicates is True)
        return responses.CandidateMerge(
            survivor=await shown(ctx, done.survivor),
            duplicate_id=done.merge.duplicate_id,
            withdrawn_application_ids=done.withdrawn,
            moved=[responses.MovedRows(kind=kind, count=count) for kind, count in sorted(done.counts.items())],
            merged_at=done.merge.merged_at,
        )

    async def unmerge_candidate(
        self, ctx: Context, candidate_id: UUID, query: requests.UnmergeCandidateQuery
    ) -> responses.Candidate:
        return await shown(ctx, await merging.unmerge(ctx, candidate_id))


async def _words(ctx: Context, full_name: str) -> str:
    """What finds everybody with one of the words in their name; nothing, where no words are kept."""
    organization = await ctx.load(models.Organization, ctx.organization_id)
    if not organization.full_text_search:
        return NO_WORDS
    return profile.words_of(ctx.keys).any_of(_WORD.findall(full_name), profile.NAMES) or NO_WORDS


def _compared(ctx: Context, document: dict[str, Any], row: Any) -> responses.CandidateDuplicate | None:
    other = profile.opened_plain(ctx, row["id"], row["profile_sealed"])
    score, reasons = scoring.compare(document, other)
    if not reasons:
        return None
    candidate = responses.CandidateSummary(id=row["id"], status=row["status"], full_name=other["full_name"])
    return responses.CandidateDuplicate(candidate=candidate, score=score, reasons=reasons)
