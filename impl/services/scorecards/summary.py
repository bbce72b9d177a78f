"""The scorecards on one application, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from generated import responses
from generated.enums import AttributeRating, Recommendation, ScorecardStatus
from impl.core.context import Context
from impl.lib import clock
from impl.services.scorecards.reading import content_of, reader_of


async def of(ctx: Context, application_id: UUID, rows: Sequence[Mapping[str, Any]]) -> responses.ScorecardSummary:
    """What the rows of `queries` come to for the caller."""
    reader = await reader_of(ctx, rows)
    submitted = [row for row in rows if row["status"] == ScorecardStatus.SUBMITTED]
    readable = [row for row in submitted if reader.may_read(row)]
    recommended = Counter(Recommendation(row["recommendation"]) for row in readable)
    return responses.ScorecardSummary(
        application_id=application_id,
        total_count=len(rows),
        submitted_count=len(submitted),
        missing_count=sum(_is_missing(row) for row in rows),
        hidden_count=len(submitted) - len(readable),
        recommendations=[
            responses.RecommendationCount(recommendation=each, count=recommended[each]) for each in Recommendation
        ],
        attributes=_attributes(rating for row in readable for rating in content_of(ctx, row).ratings),
    )


def _is_missing(row: Mapping[str, Any]) -> bool:
    return row["status"] == ScorecardStatus.DRAFT and row["due_at"] is not None and row["due_at"] <= clock.now()


def _attributes(ratings: Iterable[responses.ScorecardRating]) -> list[responses.AttributeCounts]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rating in ratings:
        counts[rating.attribute][rating.rating] += 1
    return [
        responses.AttributeCounts(attribute=name, **{each.value: counts[name][each.value] for each in AttributeRating})
        for name in sorted(counts)
    ]
