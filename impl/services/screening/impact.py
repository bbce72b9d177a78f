"""Adverse impact: how often screening favoured each group of those who said who they are, without small groups.

Three tables hang together: the people, those who were favoured, and those who were not, each by gender and by race or ethnicity with
totals. A cell that is hidden in one is hidden in all, and none follows from the others of its table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

import msgspec

from generated import requests, responses
from generated.enums import AdverseImpactBasis, AdverseImpactTable, GenderAnswer, RaceEthnicityAnswer
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.lib import clock
from impl.models.demographics import Quarter
from impl.services.demographics.suppression import CELL_MIN, Cell, hidden, with_totals
from impl.services.screening import queries

RESULTS_MAX = 20_000
BASIS_POINTS = 10_000
GENDERS, RACES = tuple(GenderAnswer), tuple(RaceEthnicityAnswer)
Tables = tuple[list[list[int]], list[list[int]]]


class Person(NamedTuple):
    """Somebody who has a score and has said something."""

    gender: GenderAnswer
    race_ethnicity: RaceEthnicityAnswer
    is_favoured: bool


async def report(ctx: Context, query: requests.GetAdverseImpactReportQuery) -> responses.AdverseImpactReport:
    """The report of a quarter that is over; empty before."""
    now, name = clock.now(), patch.given(query).get("quarter")
    quarter = Quarter.named(name) if name else Quarter.last_before(now)
    basis, rows = AdverseImpactBasis(query.basis), []
    if is_published := quarter.ends_at <= now:
        starts_at = datetime.combine(quarter.starts_on, time.min, UTC)
        rows = await ctx.rows(queries.SCORED, starts_at=starts_at, ends_at=quarter.ends_at, most=RESULTS_MAX + 1)
    is_complete = len(rows) <= RESULTS_MAX
    return responses.AdverseImpactReport(
        quarter=quarter.name,
        published_at=quarter.ends_at,
        is_published=is_published,
        basis=basis,
        cell_min=CELL_MIN,
        is_complete=is_complete,
        rows=list(shown(_people(ctx, rows, basis))) if is_complete else [],
    )


def shown(people: Sequence[Person]) -> Iterator[responses.AdverseImpactRow]:
    """The tables; none when nobody has said anything."""
    if not people:
        return
    everybody, favoured = _tables(people)
    gone = concealed(everybody, favoured)
    last_gender, last_race = len(GENDERS), len(RACES)
    yield from _table(AdverseImpactTable.EVERYBODY, [(last_gender, last_race)], everybody, favoured, gone)
    genders = [(row, last_race) for row in range(last_gender)]
    yield from _table(AdverseImpactTable.GENDER, genders, everybody, favoured, gone)
    races = [(last_gender, column) for column in range(last_race)]
    yield from _table(AdverseImpactTable.RACE_ETHNICITY, races, everybody, favoured, gone)
    both = [(row, column) for row in range(last_gender) for column in range(last_race)]
    met = [(row, column) for row, column in both if everybody[row][column] or (row, column) in gone]
    yield from _table(AdverseImpactTable.GENDER_AND_RACE_ETHNICITY, met, everybody, favoured, gone)


def concealed(everybody: list[list[int]], favoured: list[list[int]]) -> set[Cell]:
    """The cells that nobody may see in any of the three tables."""
    others = [
        [total - part for total, part in zip(*pair, strict=True)] for pair in zip(everybody, favoured, strict=True)
    ]
    gone: set[Cell] = set()
    while True:
        more = set().union(*(hidden(table, gone) for table in (everybody, favoured, others)))
        if more == gone:
            return gone
        gone = more


def _people(ctx: Context, rows: Sequence[Any], basis: AdverseImpactBasis) -> list[Person]:
    """Those who have said something, and whether each was favoured: above the middle of the scores of all for the job, or moved on."""
    scores: defaultdict[Any, list[int]] = defaultdict(list)
    for row in rows:
        scores[row["job_id"]].append(row["score_hundredths"])
    medians = {job_id: twice_the_median(found) for job_id, found in scores.items()}
    return [
        _person(
            _said(ctx, row),
            row["has_moved_on"]
            if basis is AdverseImpactBasis.MOVED_ON
            else 2 * row["score_hundredths"] > medians[row["job_id"]],
        )
        for row in rows
        if row["content_sealed"] is not None
    ]


def twice_the_median(values: Sequence[int]) -> int:
    """Twice the middle value, which stays a whole number when two stand in the middle."""
    ordered, middle = sorted(values), len(values) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def _said(ctx: Context, row: Any) -> Mapping[str, str]:
    opened = ctx.unseal(models.SelfIdentification, "content", row["id"], row["content_sealed"])
    said: Mapping[str, str] = msgspec.json.decode(opened)
    return said


def _person(said: Mapping[str, str], is_favoured: bool) -> Person:
    return Person(GenderAnswer(said["gender"]), RaceEthnicityAnswer(said["race_ethnicity"]), is_favoured)


def _tables(people: Sequence[Person]) -> Tables:
    """Everybody and the favoured, by gender (rows) and race or ethnicity (columns), with totals."""
    counts = Counter((each.gender, each.race_ethnicity) for each in people)
    favoured = Counter((each.gender, each.race_ethnicity) for each in people if each.is_favoured)
    everybody, some = (
        with_totals([[found[gender, race] for race in RACES] for gender in GENDERS]) for found in (counts, favoured)
    )
    return everybody, some


def _table(
    name: AdverseImpactTable,
    cells: Sequence[Cell],
    everybody: list[list[int]],
    favoured: list[list[int]],
    gone: set[Cell],
) -> Iterator[responses.AdverseImpactRow]:
    compared = [
        favoured[row][column] * BASIS_POINTS // everybody[row][column]
        for row, column in cells
        if (row, column) not in gone and everybody[row][column] and not _is_declined(row, column)
    ]
    highest = max(compared, default=0) if name is not AdverseImpactTable.EVERYBODY else 0
    for row, column in cells:
        people = None if (row, column) in gone else everybody[row][column]
        part = None if people is None else favoured[row][column]
        rate = part * BASIS_POINTS // people if people and part is not None else None
        is_compared = rate is not None and highest and not _is_declined(row, column)
        yield responses.AdverseImpactRow(
            table=name,
            gender=GENDERS[row] if row < len(GENDERS) else None,
            race_ethnicity=RACES[column] if column < len(RACES) else None,
            people_count=people,
            favoured_count=part,
            rate_basis_points=rate,
            impact_basis_points=rate * BASIS_POINTS // highest if is_compared and rate is not None else None,
        )


def _is_declined(row: int, column: int) -> bool:
    gender = row < len(GENDERS) and GENDERS[row] is GenderAnswer.DECLINED
    return gender or (column < len(RACES) and RACES[column] is RaceEthnicityAnswer.DECLINED)
