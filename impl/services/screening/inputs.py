"""What goes into a score: the newest reading of a candidate's resume, without the person."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from impl.core.context import Context
from impl.screening import Reading, blinded
from impl.services.resumes import profiles


@dataclass(frozen=True, slots=True)
class Input:
    """A blind reading, and what it was made from."""

    reading: Reading
    resume_parse_id: UUID
    file_sha256: str
    flags: tuple[str, ...]


async def latest(ctx: Context, candidate_ids: Iterable[UUID], *, is_location_hidden: bool) -> dict[UUID, Input]:
    """By candidate, as far as a resume of theirs was read and the actor may see it."""
    found = await profiles.latest(ctx, candidate_ids)
    # A long text takes a while, in which others get their turn.
    return await asyncio.to_thread(_all_blinded, found, is_location_hidden)


def _all_blinded(found: Mapping[UUID, profiles.Reading], is_location_hidden: bool) -> dict[UUID, Input]:
    return {each: _blinded(said, is_location_hidden=is_location_hidden) for each, said in found.items()}


def _blinded(found: profiles.Reading, *, is_location_hidden: bool) -> Input:
    reading = blinded(found.profile, found.evidence, found.text, is_location_hidden=is_location_hidden)
    flags = tuple(sorted({*reading.flags, *found.flags}))
    return Input(reading, found.parse_id, found.input_sha256, flags)
