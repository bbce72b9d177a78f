"""The order of what was ranked, and where a page of it begins. Equal input gives the same order, whatever was entered first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from generated import responses
from impl.core import pages
from impl.core.context import Context
from impl.screening import Band, Result
from impl.services.matching.wanted import Asked

#: Raised with every change that may change an order.
RANKING_VERSION: Final = "2026.11.1"

# What the required criteria say comes before the score; without a rubric nothing is required.
_BANDS: Final = {
    Band.REQUIRED_MET: 0,
    Band.REQUIRED_PARTLY_MET: 1,
    Band.REQUIRED_NOT_FOUND: 2,
    Band.NO_RESUME: 3,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate for a job, or a job for a candidate."""

    id: UUID
    row: Any
    asked: Asked
    #: What was found of each want: nothing, something behind, or in front.
    hits: Sequence[int]
    points: int
    rank: float
    lot: bytes
    result: Result | None

    @property
    def words_hundredths(self) -> int:
        """How much of what is wanted the words cover, from 0 to 10000."""
        return self.points * 10_000 // self.asked.points_max if self.asked.points_max else 0

    @property
    def hundredths(self) -> int:
        """The rubric's score, or what the words cover where there is no rubric."""
        return self.words_hundredths if self.result is None else self.result.hundredths

    @property
    def place(self) -> tuple[int, int, int, float, str]:
        """Compares as the order does: the smaller, the better."""
        band = 0 if self.result is None else _BANDS[self.result.band]
        return band, -self.hundredths, -self.words_hundredths, -self.rank, self.lot.hex()


def lot_of(candidate_id: UUID, job_id: UUID) -> bytes:
    """What decides between equals: drawn once for the two ids, so that nobody comes first for having been entered first or last."""
    return hashlib.sha256(candidate_id.bytes + job_id.bytes).digest()


def page_of(
    ctx: Context, ranked: Sequence[Ranked], position: pages.Position
) -> tuple[list[tuple[int, Ranked]], responses.PageInfo]:
    """One page of what was ranked, each with its place from 1, and what the envelope says of it."""
    mark = pages.fingerprint(ctx.operation.operation_id, position)
    ordered = sorted(ranked, key=lambda each: each.place)
    start = _start(ordered, position.cursor, mark)
    shown = ordered[start : start + position.limit]
    numbered = list(enumerate(shown, start + 1))
    if start + position.limit >= len(ordered):
        return numbered, responses.PageInfo(next_cursor=None, has_more=False)
    last = shown[-1]
    return numbered, responses.PageInfo(next_cursor=pages.encode_cursor(mark, [last.id, *last.place]), has_more=True)


def _start(ordered: Sequence[Ranked], cursor: str | None, mark: str) -> int:
    """Behind the one that the cursor stands on, wherever that is by now; behind its old place when it is gone."""
    if cursor is None:
        return 0
    last, *place = pages.decode_cursor(cursor, mark, [UUID, int, int, int, float, str])
    for index, each in enumerate(ordered):
        if each.id == last:
            return index + 1
    return sum(each.place <= tuple(place) for each in ordered)
