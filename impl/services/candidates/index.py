"""The keyed full text of a candidate: of the profile, and of the resume that is known best.

It is written in the transaction of whatever changes either, by whoever holds the candidate's lock; so it never says what neither
says any more.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from impl import models
from impl.core.context import Context
from impl.resumes.words import Words, words_of
from impl.screening import blinded
from impl.services.candidates import profile
from impl.services.resumes.profiles import Reading, known


async def columns(ctx: Context, candidate_id: UUID, document: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of the changed profile of a candidate who is locked."""
    is_searchable = await _is_searchable(ctx)
    resumes = await resumes_of(ctx, {candidate_id: document}) if is_searchable else {}
    resume = resumes.get(candidate_id, profile.NO_RESUME)
    return profile.columns(ctx, candidate_id, document, is_searchable=is_searchable, resume=resume)


async def refresh(ctx: Context, candidate: models.Candidate) -> None:
    """Write the words of a locked candidate anew: another resume is known of them, or none any more. It is no change of the
    candidate."""
    if candidate.is_forgotten:
        return
    await ctx.connection.flush()
    document = profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)
    candidate.words = (await columns(ctx, candidate.id, document))["words"]


async def resumes_of(ctx: Context, documents: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, Words]:
    """The words of the candidates' resumes, by the profiles of all who have one, whatever the actor may see of them."""
    found = await known(ctx, documents)
    return {
        candidate_id: _words(found[candidate_id], document)
        for candidate_id, document in documents.items()
        if candidate_id in found
    }


def _words(reading: Reading, document: Mapping[str, Any]) -> Words:
    names = [name for name in (document.get("full_name"), _joined(document)) if name]
    blind = blinded(reading.profile, reading.evidence, reading.text)
    return words_of(reading.profile, blinded=(blind.text, blind.profile), names=names)


def _joined(document: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (document.get("given_name"), document.get("family_name"))))


async def _is_searchable(ctx: Context) -> bool:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    return organization.full_text_search
