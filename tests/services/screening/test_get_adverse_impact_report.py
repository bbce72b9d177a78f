"""get_adverse_impact_report: whom screening favours, group by group, without small groups."""

from datetime import UTC, datetime
from itertools import product
from random import Random

import pytest

from generated.enums import GenderAnswer, RaceEthnicityAnswer
from impl.lib.clock import Hands
from impl.services.demographics.suppression import CELL_MIN, bridges
from impl.services.screening import impact
from impl.services.screening.impact import GENDERS, RACES, Person, concealed, shown, twice_the_median
from tests.services.habits import expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

PATH = f"{V1}/reports/adverse_impact"
F, M = GenderAnswer.FEMALE, GenderAnswer.MALE
ASIAN, WHITE = RaceEthnicityAnswer.ASIAN, RaceEthnicityAnswer.WHITE


def group(count: int, favoured: int, gender: GenderAnswer = F, race: RaceEthnicityAnswer = ASIAN) -> list[Person]:
    return [Person(gender, race, place < favoured) for place in range(count)]


def test_rates_are_held_against_the_highest() -> None:
    rows = list(shown([*group(40, 20, F, ASIAN), *group(20, 15, M, ASIAN), *group(10, 5, GenderAnswer.DECLINED)]))
    everybody = rows[0]
    assert (everybody.people_count, everybody.favoured_count, everybody.impact_basis_points) == (70, 40, None)
    by_gender = {row.gender: row for row in rows if row.table == "gender"}
    assert (by_gender[F].rate_basis_points, by_gender[F].impact_basis_points) == (5000, 6666)
    assert (by_gender[M].rate_basis_points, by_gender[M].impact_basis_points) == (7500, 10000)
    assert (
        by_gender[GenderAnswer.DECLINED].rate_basis_points,
        by_gender[GenderAnswer.DECLINED].impact_basis_points,
    ) == (5000, None)
    assert by_gender[GenderAnswer.NON_BINARY].rate_basis_points is None
    both = [row for row in rows if row.table == "gender_and_race_ethnicity"]
    assert {(row.gender, row.race_ethnicity) for row in both} == {
        (F, ASIAN),
        (M, ASIAN),
        (GenderAnswer.DECLINED, ASIAN),
    }


def test_small_groups_do_not_show() -> None:
    rows = list(shown([*group(40, 20), *group(20, 2, M), *group(30, 15, F, WHITE), *group(30, 10, M, WHITE)]))
    cell = {(row.gender, row.race_ethnicity): row for row in rows if row.table == "gender_and_race_ethnicity"}
    assert cell[M, ASIAN].people_count is cell[M, ASIAN].favoured_count is cell[M, ASIAN].rate_basis_points is None


@pytest.mark.parametrize("seed", range(8))
def test_nothing_hidden_follows_from_the_sums_of_any_table(seed: int) -> None:
    chance = Random(seed)
    people = [
        person
        for gender, race in product(GENDERS, RACES)
        for size in [chance.choice([0, 0, 3, 8, 20])]
        for person in group(size, chance.randint(0, size), gender, race)
    ]
    counts = dict.fromkeys(product(GENDERS, RACES), 0)
    favoured = dict(counts)
    for each in people:
        counts[each.gender, each.race_ethnicity] += 1
        favoured[each.gender, each.race_ethnicity] += each.is_favoured
    tables = [
        [[*(found[g, r] for r in RACES), sum(found[g, r] for r in RACES)] for g in GENDERS]
        for found in (counts, favoured)
    ]
    everybody, some = ([*table, [sum(column) for column in zip(*table, strict=True)]] for table in tables)
    gone = concealed(everybody, some)
    assert list(bridges(gone)) == []
    for row, column in product(range(len(GENDERS) + 1), range(len(RACES) + 1)):
        if (row, column) not in gone:
            n, f = everybody[row][column], some[row][column]
            assert all(part == 0 or part >= CELL_MIN for part in (n, f, n - f))


@pytest.mark.parametrize(("values", "twice"), [([3], 6), ([1, 4], 5), ([5, 1, 3], 6), ([0, 0, 10, 10], 10)])
def test_the_median(values: list[int], twice: int) -> None:
    assert twice_the_median(values) == twice


async def test_counts_the_last_results_of_a_quarter_that_is_over(
    admin: ApiClient, make: Factories, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.set(datetime(2026, 12, 1, tzinfo=UTC))
    run = await make.screening_run()
    for place in range(24):
        application = await make.found_in(run["id"], score=100 * place)
        # Twelve of each; of the women five stand in the upper half, of the men seven.
        await make.identified(application, "female" if place < 7 or place >= 19 else "male")
        if place in (8, 9, 10, 11, 12):
            await make.command(application, "move")
    early = await admin.data("GET", f"{PATH}?quarter=2026-Q4")
    assert (early["is_published"], early["rows"]) == (False, [])
    hands.set(datetime(2027, 2, 1, tzinfo=UTC))
    report = await admin.data("GET", PATH)
    assert (report["quarter"], report["is_published"], report["is_complete"]) == ("2026-Q4", True, True)
    everybody = report["rows"][0]
    assert (everybody["people_count"], everybody["favoured_count"]) == (24, 12)
    by_gender = {row["gender"]: row for row in report["rows"] if row["table"] == "gender"}
    assert [by_gender[each]["favoured_count"] for each in ("female", "male")] == [5, 7]
    assert [by_gender[each]["impact_basis_points"] for each in ("female", "male")] == [7142, 10000]
    moved = await admin.data("GET", f"{PATH}?quarter=2026-Q4&basis=moved_on")
    assert (moved["basis"], moved["rows"][0]["favoured_count"]) == ("moved_on", 5)
    assert (await admin.data("GET", f"{PATH}?quarter=2026-Q1"))["rows"] == []
    monkeypatch.setattr(impact, "RESULTS_MAX", 23)
    cut = await admin.data("GET", PATH)
    assert (cut["is_complete"], cut["rows"]) == (False, [])


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    await expect_scope(recruiter, "GET", PATH, None, "demographics:read")
    narrow = await make.machine("demographics:read", job_ids=[(await make.job())["id"]])
    assert problem(await narrow.get(PATH)) == (403, "missing_grant")
    assert problem(await make.admin.get(f"{PATH}?quarter=never")) == (422, "validation_failed")
