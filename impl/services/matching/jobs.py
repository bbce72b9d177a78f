"""Which jobs fit a candidate: what each of them wants held against the words of one person, then scored by their rubrics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from impl.core.context import Context
from impl.lib.keyed_text import KeyedText
from impl.services.candidates import profile
from impl.services.matching import queries, wanted
from impl.services.matching.people import arrays, scores
from impl.services.matching.ranking import Ranked, lot_of
from impl.services.matching.rubrics import UNSAID, Standing, of_jobs
from impl.services.matching.wanted import Asked, Want
from impl.services.resumes.profiles import Reading, latest


@dataclass(frozen=True, slots=True)
class Found:
    """Every job that was ranked, and of how many."""

    ranked: list[Ranked]
    found_count: int
    standings: Mapping[UUID, Standing]
    reading: Reading | None


async def for_candidate(ctx: Context, candidate_id: UUID, *, applied: str) -> Found:
    """The open jobs that want something of what the candidate does, in no order."""
    rows = await ctx.rows(queries.OPEN_JOBS, candidate_id=candidate_id, applied=applied)
    standings = await of_jobs(ctx, [row["id"] for row in rows])
    rows = [row for row in rows if standings.get(row["id"], UNSAID).is_enabled]
    given = _asked(profile.words_of(ctx.keys), rows, standings)
    hits = await ctx.rows(queries.JOBS, candidate_id=candidate_id, **_arrays(given))
    reading = (await latest(ctx, [candidate_id])).get(candidate_id)
    ranked = []
    for hit in hits:
        row, asked = rows[hit["job"]], given[hit["job"]]
        if not asked.finds(hit["hits"]):
            continue
        [result] = await scores(standings.get(row["id"], UNSAID), [reading])
        lot = lot_of(candidate_id, row["id"])
        ranked.append(Ranked(row["id"], row, asked, hit["hits"], hit["points"], 0.0, lot, result))
    return Found(ranked, len(ranked), standings, reading)


def _asked(words: KeyedText, rows: Sequence[Any], standings: Mapping[UUID, Standing]) -> list[Asked]:
    """What each job wants. Where no rubric says it in words, words count the more the fewer of the jobs have them."""
    rubrics = [standings.get(row["id"], UNSAID).rubric for row in rows]
    ruled = [wanted.asked(words, wanted.of_rubric(rubric) if rubric else []) for rubric in rubrics]
    plain = {
        place: wanted.asked(words, _of_words(row["title"], row["description"]))
        for place, row in enumerate(rows)
        if not ruled[place].wants
    }
    counts = Counter(word for each in plain.values() for word in each.anywhere)
    weighed = {
        place: wanted.by_rarity(each, [counts[word] for word in each.anywhere], len(plain))
        for place, each in plain.items()
    }
    return [weighed.get(place, each) for place, each in enumerate(ruled)]


@lru_cache(maxsize=1024)
def _of_words(title: str, description: str | None) -> tuple[Want, ...]:
    return tuple(wanted.of_words(title, description))


def _arrays(given: Sequence[Asked]) -> dict[str, list[Any]]:
    together: dict[str, list[Any]] = {name: [] for name in queries.ARRAYS}
    for number, asked in enumerate(given):
        for name, values in arrays(asked, job=number).items():
            together[name] += values
    return together
