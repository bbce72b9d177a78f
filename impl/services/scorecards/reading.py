"""Who reads which scorecard, and a scorecard as the API shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from generated import responses
from generated.enums import ScorecardStatus, UserRole
from impl import models
from impl.core.actor import Actor
from impl.core.context import Context
from impl.services.scorecards import queries

READS_ALL = "scorecards:admin"
TEXTS = ("recommendation", "ratings", "notes")
PLAIN = [
    name for name in responses.Scorecard.__struct_fields__ if name not in TEXTS and name not in ("is_hidden", "due_at")
]


class Content(msgspec.Struct):
    """What is sealed of a scorecard."""

    ratings: list[responses.ScorecardRating] = []
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads scorecards: `drafts` and `submitted` are the interviews for which the own one stands so."""

    actor: Actor
    reads_all: bool
    hides: bool
    drafts: frozenset[UUID]
    submitted: frozenset[UUID]

    def may_read(self, row: Mapping[str, Any]) -> bool:
        """The rule that the contract tells at `get_scorecard`."""
        if self.reads_all or row["interviewer_id"] == self.actor.user_id:
            return True
        if row["status"] == ScorecardStatus.DRAFT:
            return False
        if not self.hides or row["interview_id"] in self.submitted:
            return True
        return row["interview_id"] not in self.drafts and self.actor.role != UserRole.INTERVIEWER


async def reader_of(ctx: Context, rows: Sequence[Mapping[str, Any]]) -> Reader:
    """The caller as the reader of these rows."""
    interview_ids = list({row["interview_id"] for row in rows})
    found = await ctx.row(queries.READER, interview_ids=interview_ids, reader_id=ctx.actor.recorded_id)
    return Reader(
        ctx.actor, ctx.holds(READS_ALL), found["hides"], frozenset(found["drafts"]), frozenset(found["submitted"])
    )


async def shown(ctx: Context, rows: Sequence[Mapping[str, Any]]) -> list[responses.Scorecard]:
    """The rows of `queries`, each as far as the caller may read it."""
    reader = await reader_of(ctx, rows)
    return [_scorecard(ctx, row, is_hidden=not reader.may_read(row)) for row in rows]


def seal(ctx: Context, scorecard_id: UUID, content: Content) -> bytes:
    """The content as the row holds it."""
    return ctx.seal(models.Scorecard, "content", scorecard_id, msgspec.json.encode(content))


def content_of(ctx: Context, row: Mapping[str, Any]) -> Content:
    """What was written; empty before anything was."""
    sealed = row["content_sealed"]
    if sealed is None:
        return Content()
    return msgspec.json.decode(ctx.unseal(models.Scorecard, "content", row["id"], sealed), type=Content)


def _scorecard(ctx: Context, row: Mapping[str, Any], *, is_hidden: bool) -> responses.Scorecard:
    content = Content() if is_hidden else content_of(ctx, row)
    return responses.Scorecard(
        **{name: row[name] for name in PLAIN},
        due_at=row["due_at"],
        is_hidden=is_hidden,
        recommendation=None if is_hidden else row["recommendation"],
        ratings=content.ratings,
        notes=content.notes,
    )
