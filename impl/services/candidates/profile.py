"""A candidate's profile: sealed as one document, found again by keyed hashes."""

import functools
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from pydantic import BaseModel

from generated import responses
from impl import models
from impl.core.context import Context
from impl.lib import normalize
from impl.lib.crypto import OrganizationKeys
from impl.lib.keyed_text import KeyedText, Weight
from impl.resumes.words import Words
from impl.services.custom_fields import values

# How a profile begins to tell of its custom fields; those of most candidates have none.
_MARK = b'custom_fields":'
LISTS = frozenset({"emails", "phones", "addresses", "links"})
NO_RESUME = Words()
#: The weight of the words of names.
NAMES = "A"

_decoder = msgspec.json.Decoder(responses.CandidateProfile)
_plain = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()


class _Name(msgspec.Struct):
    full_name: str


_name_decoder = msgspec.json.Decoder(_Name)


def columns(
    ctx: Context, candidate_id: UUID, profile: Mapping[str, Any], *, is_searchable: bool, resume: Words = NO_RESUME
) -> dict[str, Any]:
    """What is stored of a profile: the sealed document, the blind indexes of its addresses and numbers, its keyed words and those of
    the candidate's resume."""
    return {
        "profile_sealed": ctx.seal(models.Candidate, "profile", candidate_id, _encoder.encode(profile)),
        "email_hashes": sorted({email_hash(ctx, email["address"]) for email in profile["emails"]}),
        "phone_hashes": sorted({phone_hash(ctx, phone["number"]) for phone in profile["phones"]}),
        "words": words(ctx, profile, resume) if is_searchable else None,
    }


def opened_whole(ctx: Context, candidate_id: UUID, sealed: bytes) -> tuple[responses.CandidateProfile, values.Values]:
    """The profile as the API shows it, and the custom fields that are sealed with it."""
    plaintext = ctx.unseal(models.Candidate, "profile", candidate_id, sealed)
    document = _plain.decode(plaintext) if _MARK in plaintext else {}
    return _decoder.decode(plaintext), values.parts_of(document)


def opened_plain(ctx: Context, candidate_id: UUID, sealed: bytes) -> dict[str, Any]:
    """The profile as a document to be patched."""
    document: dict[str, Any] = _plain.decode(ctx.unseal(models.Candidate, "profile", candidate_id, sealed))
    return document


def full_name(ctx: Context, candidate_id: UUID, sealed: bytes) -> str:
    """The one field of a profile that lists show."""
    return _name_decoder.decode(ctx.unseal(models.Candidate, "profile", candidate_id, sealed)).full_name


def email_hash(ctx: Context, address: str) -> bytes:
    """The blind index by which an e-mail address is found inside the organization."""
    return ctx.keys.blind_index("candidates.email", normalize.email(address))


def phone_hash(ctx: Context, number: str) -> bytes:
    """The blind index by which a phone number is found inside the organization."""
    return ctx.keys.blind_index("candidates.phone", normalize.phone(number))


def words(ctx: Context, profile: Mapping[str, Any], resume: Words = NO_RESUME) -> str:
    """The keyed full text of a profile and of a resume, as a `tsvector` is written."""
    return words_of(ctx.keys).document(_parts(profile, resume))


@functools.lru_cache(maxsize=512)
def words_of(keys: OrganizationKeys) -> KeyedText:
    """The keyed full text of one organization."""
    # The long texts are found by whole words alone.
    return KeyedText(keys.derive("candidates.words"), prefix_weights="ABC")


def _parts(profile: Mapping[str, Any], resume: Words) -> Iterator[tuple[str, Weight]]:
    """What is searched, with its weight: A names, B what somebody does, C addresses, places and schools, D the rest of the resume.
    Matching looks at B and D alone, so that nobody is ranked by who they are or where they come from."""
    for name in ("full_name", "given_name", "family_name"):
        if profile.get(name):
            yield profile[name], "A"
    if profile.get("headline"):
        yield profile["headline"], "B"
    for email in profile["emails"]:
        yield email["address"].partition("@")[0], "C"
    for address in profile["addresses"]:
        yield from ((address[name], "C") for name in ("city", "region") if address.get(name))
    yield from _of_resume(resume)


def _of_resume(resume: Words) -> Iterator[tuple[str, Weight]]:
    yield from ((text, "B") for text in resume.doing)
    yield from ((text, "C") for text in resume.where)
    yield from ((text, "D") for text in resume.rest)


def new_document(given: BaseModel) -> dict[str, Any]:
    """The whole profile of a new candidate: every field of the contract, null or empty where nothing was given."""
    blank: dict[str, Any] = {
        name: [] if name in LISTS else None for name in responses.CandidateProfile.__struct_fields__
    }
    return patched(blank, given)


def patched(document: Mapping[str, Any], given: BaseModel) -> dict[str, Any]:
    """The profile after a merge patch."""
    return {**document, **given.model_dump(mode="json", exclude_unset=True)}


def with_fields(document: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The profile with these custom fields, which are sealed with it; empty ones leave no trace."""
    own = {name: value for name, value in document.items() if name not in values.PARTS}
    return own | {part: found for part, found in fields.items() if found}
