"""Candidates: people whose profiles are sealed."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.candidates import CandidatesOperations
from generated.enums import CandidateSort, CandidateStatus, CustomFieldTarget
from impl import models
from impl.core import pages, patch
from impl.core.context import Context
from impl.core.external_ids import expect_free
from impl.core.problems import NotFound
from impl.lib import ids
from impl.lib.problems import Problem
from impl.services.candidates import consents, index, profile, queries, tagging
from impl.services.candidates.responses import candidate_of, shown
from impl.services.custom_fields import values as custom
from impl.services.events.shape import event

# What words ask for that hold nothing to search for: a lexeme that no profile has, since all of ours are base 64.
# Statuses as the driver reads them.
PRESENT = (CandidateStatus.ACTIVE.value, CandidateStatus.ANONYMIZED.value)
NO_WORDS = "'-'"
CANDIDATE = CustomFieldTarget.CANDIDATE


class FullTextSearchOff(Problem):
    status, code, title = 409, "full_text_search_off", "The organization keeps no words of profiles"


class Candidates(CandidatesOperations[Context]):
    """People, from the first contact to the quarantine."""

    async def list_candidates(self, ctx: Context, query: requests.ListCandidatesQuery) -> responses.CandidateList:
        listing, position = await _position(ctx, query)
        rows, page = await ctx.page_at(listing, position)
        return responses.CandidateList(data=[candidate_of(ctx, row) for row in rows], page=page)

    async def create_candidate(self, ctx: Context, body: requests.CandidateCreate) -> responses.Candidate:
        values = patch.given(body)
        change = await custom.checked(ctx, CANDIDATE, custom.parts_of({}), custom.taken(body, values))
        document = profile.with_fields(profile.new_document(values.pop("profile")), change.after)
        tag_ids: list[UUID] = values.pop("tag_ids", [])
        await expect_free(ctx, models.Candidate, values.get("external_id"))
        candidate_id = ids.new_id()
        stored = profile.columns(ctx, candidate_id, document, is_searchable=await _is_searchable(ctx))
        candidate = await ctx.insert(models.Candidate, id=candidate_id, **values, **stored)
        await custom.write(ctx, change, candidate_id)
        changes = await tagging.change(ctx, candidate_id, [], tag_ids)
        ctx.record("candidate.created", candidate, **changes, **change.told)
        return await shown(ctx, candidate)

    async def get_candidate(self, ctx: Context, candidate_id: UUID) -> responses.Candidate:
        row = await ctx.row(queries.ONE_CANDIDATE, id=candidate_id)
        if row is None:
            raise NotFound
        if row["status"] not in PRESENT:
            models.Candidate(
                **{name: row[name] for name in ("id", "status", "purge_at", "merged_into_id")}
            ).expect_present()
        return candidate_of(ctx, row)

    async def update_candidate(
        self, ctx: Context, candidate_id: UUID, body: requests.CandidateUpdate
    ) -> responses.Candidate:
        candidate = await ctx.load(models.Candidate, candidate_id, lock=True)
        candidate.expect_open()
        values = patch.given(body)
        given_fields, given_profile = custom.taken(body, values), values.pop("profile", None)
        await expect_free(ctx, models.Candidate, values.get("external_id"), candidate.id)
        changes = patch.apply(candidate, {name: value for name, value in values.items() if name != "tag_ids"})
        if "tag_ids" in values:
            changes |= await tagging.replace(ctx, candidate.id, values["tag_ids"])
        before = profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)
        after = before if given_profile is None else profile.patched(before, given_profile)
        change = await custom.checked(ctx, CANDIDATE, custom.parts_of(before), given_fields)
        if change.fields:
            after, changes = profile.with_fields(after, change.after), changes | change.told
            await custom.write(ctx, change, candidate.id)
        if after != before:
            patch.overwrite(candidate, await index.columns(ctx, candidate.id, after))
        if changes or after != before:
            ctx.record("candidate.updated", candidate, **changes)
        return await shown(ctx, candidate)

    async def delete_candidate(self, ctx: Context, candidate_id: UUID) -> None:
        candidate = await ctx.load(models.Candidate, candidate_id, lock=True)
        candidate.expect_present()
        organization = await ctx.load(models.Organization, ctx.organization_id)
        before = candidate.status
        candidate.quarantine(organization.quarantine_days)
        ctx.record("candidate.deleted", candidate, status=(before, candidate.status))

    async def list_candidate_timeline(
        self, ctx: Context, candidate_id: UUID, query: requests.ListCandidateTimelineQuery
    ) -> responses.TimelineEventList:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_present()
        rows, page = await ctx.page(queries.TIMELINE, query, candidate_id=candidate_id)
        return responses.TimelineEventList(data=[event(row) for row in rows], page=page)

    async def list_candidate_consents(
        self, ctx: Context, candidate_id: UUID, query: requests.ListCandidateConsentsQuery
    ) -> responses.ConsentList:
        return await consents.listed(ctx, candidate_id, query)

    async def create_candidate_consent(
        self, ctx: Context, candidate_id: UUID, body: requests.ConsentCreate
    ) -> responses.Consent:
        return await consents.give(ctx, candidate_id, body)

    async def get_consent(self, ctx: Context, consent_id: UUID) -> responses.Consent:
        return await consents.shown(ctx, consent_id)

    async def withdraw_consent(
        self, ctx: Context, consent_id: UUID, query: requests.WithdrawConsentQuery
    ) -> responses.Consent:
        return await consents.withdraw(ctx, consent_id)

    async def restore_candidate(
        self, ctx: Context, candidate_id: UUID, query: requests.RestoreCandidateQuery
    ) -> responses.Candidate:
        candidate = await ctx.load(models.Candidate, candidate_id, lock=True)
        candidate.expect_not_erased()
        before = candidate.status
        candidate.restore()
        ctx.record("candidate.restored", candidate, status=(before, candidate.status))
        return await shown(ctx, candidate)


async def _position(ctx: Context, query: requests.ListCandidatesQuery) -> tuple[pages.Listing, pages.Position]:
    """Where the list is asked to begin. What the caller searches by becomes the keyed hashes that are stored."""
    given = query.model_fields_set
    by_rank = query.sort is CandidateSort.RELEVANCE and "q" in given
    listing = queries.BEST_CANDIDATES if by_rank else queries.CANDIDATES
    position = pages.position_of(query, listing, {} if "status" in given else {"status": [CandidateStatus.ACTIVE]})
    filters: dict[str, Any] = {**position.filters, **await custom.filters(ctx, CANDIDATE, query)}
    if "email" in given:
        filters["email"] = profile.email_hash(ctx, filters["email"])
    if "phone" in given:
        filters["phone"] = profile.phone_hash(ctx, filters["phone"])
    if "q" in given:
        if not await _is_searchable(ctx):
            raise FullTextSearchOff("Switch `full_text_search` on in the organization's settings.")
        filters["q"] = profile.words_of(ctx.keys).query(filters["q"]) or NO_WORDS
    sort = position.sort if position.sort in listing.sorts else CandidateSort.CREATED_AT_DESC.value
    return listing, pages.Position(filters, sort, position.limit, position.cursor)


async def _is_searchable(ctx: Context) -> bool:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    return organization.full_text_search
