"""The vectors of a resume, sealed, and those of a rubric."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from impl import models
from impl.core.context import Context


class Place(msgspec.Struct, frozen=True):
    """A place of the blinded text of a resume, and its vector."""

    start: int
    end: int
    text: str
    vector: bytes


class Wordings(msgspec.Struct, frozen=True):
    """The places of a resume, as they follow each other."""

    places: list[Place]


class Meant(msgspec.Struct, frozen=True):
    """A criterion of a rubric, and the vectors of the texts that say it."""

    key: str
    vectors: list[bytes]


_wordings = msgspec.json.Decoder(Wordings)
_meant = msgspec.json.Decoder(list[Meant])
_encoder = msgspec.json.Encoder()


def sealed(ctx: Context, parse_id: UUID, places: list[Place]) -> bytes:
    """What is stored of the places of a resume."""
    return ctx.seal(models.ResumeParse, "wordings", parse_id, _encoder.encode(Wordings(places)))


def opened(ctx: Context, row: Mapping[str, Any]) -> list[Place]:
    """The places of a row with `id` and `wordings_sealed`."""
    return _wordings.decode(ctx.unseal(models.ResumeParse, "wordings", row["id"], row["wordings_sealed"])).places


def encoded(criteria: list[Meant]) -> bytes:
    """What is stored of a rubric, which is nobody's data."""
    return _encoder.encode(criteria)


def decoded(stored: bytes) -> dict[str, list[bytes]]:
    """The vectors of a rubric by the keys of its criteria."""
    return {each.key: each.vectors for each in _meant.decode(stored)}
