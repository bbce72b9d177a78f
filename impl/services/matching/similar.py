"""Places of a resume that say a criterion in other words, for a person to look at. They count for nothing.

What nothing was found of is held against the places of the blinded resume by vectors that the worker has kept; nothing is encoded, and
nothing sent, while somebody waits.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from generated import responses
from impl import models
from impl.core.context import Context
from impl.screening import Answer, Verdict
from impl.services.matching.ranking import Ranked
from impl.services.matching.rubrics import Standing
from impl.services.resumes.profiles import Reading
from impl.services.wordings import contents, queries
from impl.services.wordings.chosen import model_of, percent_min
from impl.services.wordings.contents import Place

PLACES_MAX: Final = 2
TEXT: Final = "/text"

Similar = Mapping[UUID, list[responses.SimilarWording]]
Shown = tuple[Ranked, Standing, Reading | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The vectors of rubrics and of resumes that may be compared, and how near is near."""

    rubrics: Mapping[UUID, tuple[int, Mapping[str, Sequence[bytes]]]]
    resumes: Mapping[UUID, tuple[int, Sequence[Place]]]
    percent_min: int


async def of_shown(ctx: Context, organization: models.Organization, shown: Sequence[Shown]) -> Similar:
    """By what was ranked; nothing where it is not wished, or not known yet."""
    settings = ctx.runtime.settings
    model = model_of(settings)
    asked = [
        (ranked.id, standing.id, reading.parse_id, missing)
        for ranked, standing, reading in shown
        if standing.id is not None and reading is not None and (missing := _missing(ranked))
    ]
    if model is None or not organization.similar_wording or not asked:
        return {}
    rubrics = await ctx.rows(queries.OF_RUBRICS, ids=sorted({each[1] for each in asked}), model=model)
    resumes = await ctx.rows(queries.OF_RESUMES, ids=sorted({each[2] for each in asked}), model=model)
    kept = _Kept(
        {row["rubric_id"]: (row["wordings_length"], contents.decoded(row["wordings"])) for row in rubrics},
        {row["id"]: (row["wordings_length"], contents.opened(ctx, row)) for row in resumes},
        percent_min(settings),
    )
    return await asyncio.to_thread(_found, asked, kept)


def _missing(ranked: Ranked) -> list[str]:
    """The criteria of which there is no word."""
    answers: Sequence[Answer] = () if ranked.result is None else ranked.result.answers
    return [each.key for each in answers if each.verdict == Verdict.NOT_FOUND and not each.evidence]


def _found(asked: Sequence[tuple[UUID, UUID, UUID, Sequence[str]]], kept: _Kept) -> Similar:
    found = {}
    for ranked_id, rubric_id, parse_id, missing in asked:
        length, meant = kept.rubrics.get(rubric_id, (0, {}))
        same, places = kept.resumes.get(parse_id, (0, ()))
        if length and length == same:
            found[ranked_id] = _similar(
                [(key, meant[key]) for key in missing if key in meant], places, kept.percent_min
            )
    return found


def _similar(
    wanted: Sequence[tuple[str, Sequence[bytes]]], places: Sequence[Place], least: int
) -> list[responses.SimilarWording]:
    if not wanted:
        return []
    # It imports numpy, which comes with an extra.
    from impl.lib.embeddings.packing import percents  # noqa: PLC0415

    rows: Any = iter(percents([each for _, vectors in wanted for each in vectors], [each.vector for each in places]))
    similar = []
    for key, vectors in wanted:
        nearest = [max(column) for column in zip(*(next(rows) for _ in vectors), strict=True)]
        near = [
            (-percent, place.start, place) for percent, place in zip(nearest, places, strict=True) if percent >= least
        ]
        similar += [
            _shown(key, -percent, place) for percent, _, place in sorted(near, key=lambda each: each[:2])[:PLACES_MAX]
        ]
    return similar


def _shown(key: str, percent: int, place: Place) -> responses.SimilarWording:
    span = responses.ScreeningSpan(pointer=TEXT, start=place.start, end=place.end, text=place.text)
    return responses.SimilarWording(criterion_key=key, similarity_percent=percent, place=span)
