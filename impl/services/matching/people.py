"""Who fits a job: found by the words of what they do, then scored by the job's rubric, if it has one."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from impl.core.context import Context
from impl.lib import clock
from impl.screening import Result, Rubric, blinded, score
from impl.services.candidates import profile
from impl.services.matching import queries, wanted
from impl.services.matching.ranking import Ranked
from impl.services.matching.rubrics import Standing
from impl.services.matching.wanted import Asked
from impl.services.resumes.profiles import Reading, latest

# The place in the index where cities and regions stand.
_WHERE: Final = "C"


@dataclass(frozen=True, slots=True)
class Found:
    """Everybody who was ranked, and of how many."""

    ranked: list[Ranked]
    found_count: int
    readings: Mapping[UUID, Reading]


async def for_job(
    ctx: Context, job_id: UUID, asked: Asked, standing: Standing, *, applied: str, **filters: Any
) -> Found:
    """The candidates with the most of what is wanted, in no order."""
    if not asked.wants:
        return Found([], 0, {})
    words = profile.words_of(ctx.keys)
    location = filters.get("location")
    rows = await ctx.rows(
        queries.CANDIDATES,
        job_id=job_id,
        found_by=asked.found_by,
        ranked_by=asked.ranked_by,
        applied=applied,
        tag_ids=filters.get("tag_ids"),
        # Words of nothing find nobody.
        location=None if location is None else words.any_of([location], _WHERE) or "'-'",
        **arrays(asked),
    )
    readings = await latest(ctx, [row["id"] for row in rows])
    results = await scores(standing, [readings.get(row["id"]) for row in rows])
    ranked = [
        Ranked(row["id"], row, asked, row["hits"], row["points"], row["rank"], row["lot"], result)
        for row, result in zip(rows, results, strict=True)
    ]
    return Found(ranked, rows[0]["found_count"] if rows else 0, readings)


def arrays(asked: Asked, *, job: int = 0) -> dict[str, list[Any]]:
    """The wants as `queries` takes them."""
    number = len(asked.wants)
    return {
        "doing": list(asked.doing),
        "anywhere": list(asked.anywhere),
        "weights": asked.weights,
        "jobs": [job] * number,
    }


async def asked(ctx: Context, standing: Standing, title: str, description: str | None) -> Asked:
    """What a job wants: what words of its rubric can say, or else its own words, the rarer the heavier."""
    words = profile.words_of(ctx.keys)
    of_rubric = wanted.asked(words, wanted.of_rubric(standing.rubric) if standing.rubric else [])
    if of_rubric.wants:
        return of_rubric
    plain = wanted.asked(words, wanted.of_words(title, description))
    if not plain.wants:
        return plain
    rows = await ctx.rows(queries.RARITY, **arrays(plain))
    return wanted.by_rarity(plain, [row["having"] for row in rows], rows[0]["among"])


async def scores(standing: Standing, readings: Sequence[Reading | None]) -> list[Result | None]:
    """The rubric's answers for each resume; none of them where there is no rubric."""
    if standing.rubric is None:
        return [None] * len(readings)
    today = clock.now().date()
    # Others need not wait for it.
    return await asyncio.to_thread(_scores, standing.rubric, readings, standing.is_blind, today)


def _scores(rubric: Rubric, readings: Sequence[Reading | None], is_blind: bool, today: date) -> list[Result | None]:
    return [score(rubric, seen(reading, is_blind=is_blind), as_of=today) for reading in readings]


def seen(reading: Reading | None, *, is_blind: bool) -> Any:
    """What of a resume is read for a score."""
    if reading is None:
        return None
    return blinded(reading.profile, reading.evidence, reading.text, is_location_hidden=is_blind)
