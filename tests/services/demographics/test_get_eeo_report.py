"""get_eeo_report: how many people gave which answer, without small groups."""

from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from generated.enums import DemographicQuestion
from impl.lib.clock import Hands
from impl.services.demographics import operations
from impl.services.demographics.operations import ANSWERS
from impl.services.demographics.suppression import CELL_MIN, hidden, with_totals
from tests.services.habits import expect_scope
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

EEO = f"{V1}/reports/eeo"
LATER = datetime(2027, 2, 1, tzinfo=UTC)


@pytest.fixture
def in_quarter(hands: Hands) -> Hands:
    """The clock stands in the fourth quarter of 2026."""
    hands.set(datetime(2026, 12, 1, tzinfo=UTC))
    return hands


async def answer(client: ApiClient, job: Data, **answers: str) -> None:
    """Somebody answers."""
    sent = await client.post(f"{V1}/jobs/{job['id']}/demographic_answers", json=answers)
    assert sent.status_code == 204, sent.text


async def report(client: ApiClient, quarter: str = "2026-Q4") -> Data:
    found: Data = await client.data("GET", f"{EEO}?quarter={quarter}")
    return found


def counted(given: dict[str | None, list[str]], answers: list[str]) -> dict[tuple[str | None, bool, str], int | None]:
    """The counts by department and answer, and whether it is the total; by a plain count, the hidden ones None."""
    departments = sorted(given, key=lambda each: (each is None, each or ""))
    counts = [Counter(given[department]) for department in departments]
    table = with_totals([[count[answer] for answer in answers] for count in counts])
    gone = hidden(table)
    cells: dict[tuple[str | None, bool, str], int | None] = {}
    for row, line in enumerate(table):
        is_total = row == len(departments)
        for column, value in enumerate(line):
            name = [*answers, "people"][column]
            at = None if is_total else departments[row]
            cells[at, is_total, name] = None if (row, column) in gone else value
    return cells


def shown(rows: list[Data], question: str) -> dict[tuple[str | None, bool, str], int | None]:
    cells = {}
    for row in rows:
        if row["question"] == question:
            for cell in [*row["answers"], {"answer": "people", "people_count": row["people_count"]}]:
                cells[row["department_id"], row["is_total"], cell["answer"]] = cell["people_count"]
    return cells


async def test_agrees_with_a_plain_count(
    admin: ApiClient, make: Factories, machine: ApiClient, in_quarter: Hands
) -> None:
    chance = Random(11)
    jobs = [await make.job(department_id=(await make.department())["id"]) for _ in range(2)] + [await make.job()]
    given: dict[str, dict[str | None, list[str]]] = {question: {} for question in ANSWERS}
    for _ in range(90):
        job = chance.choices(jobs, [5, 3, 2])[0]
        answers = {
            q.value: chance.choices(ANSWERS[q], range(len(ANSWERS[q]), 0, -1))[0]
            for q in chance.sample(list(ANSWERS), 3)
        }
        await answer(machine, job, **answers)
        for question, said in answers.items():
            given[question].setdefault(job["department_id"], []).append(said)
    in_quarter.set(LATER)
    found = await report(admin)
    assert (found["is_published"], found["is_complete"], found["cell_min"]) == (True, True, CELL_MIN)
    values: list[Any] = []
    for question, answers_of in given.items():
        cells = shown(found["rows"], question)
        assert cells == counted(answers_of, ANSWERS[DemographicQuestion(question)])
        values += cells.values()
    assert None in values
    assert all(value is None or value == 0 or value >= CELL_MIN for value in values)
    assert any(value is not None and value > CELL_MIN for value in values)


async def test_a_quarter_shows_when_it_is_over(
    admin: ApiClient, make: Factories, machine: ApiClient, in_quarter: Hands
) -> None:
    job = await make.job()
    for _ in range(6):
        await answer(machine, job, gender="female")
    before = await report(admin)
    assert (before["is_published"], before["rows"], before["published_at"]) == (False, [], "2027-01-01T00:00:00Z")
    in_quarter.set(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert not (await report(admin))["is_published"]
    in_quarter.set(datetime(2027, 1, 1, tzinfo=UTC))
    await answer(machine, job, gender="female")
    after = await report(admin)
    assert {row["people_count"] for row in after["rows"]} == {6}
    assert await admin.data("GET", EEO) == after
    assert (await report(admin, "2026-Q3"))["rows"] == []


async def test_says_what_it_leaves_out(
    admin: ApiClient, make: Factories, machine: ApiClient, in_quarter: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        await answer(machine, await make.job(), gender="male")
    in_quarter.set(LATER)
    monkeypatch.setattr(operations, "ROWS_MAX", 1)
    found = await report(admin)
    assert (found["is_complete"], len(found["rows"]), found["rows"][0]["is_total"]) == (False, 1, True)


async def test_rights(cast: Cast, outsider: ApiClient, make: Factories, machine: ApiClient, in_quarter: Hands) -> None:
    job = await make.job()
    for _ in range(5):
        await answer(machine, job, gender="male")
    in_quarter.set(LATER)
    assert (await report(outsider))["rows"] == []
    for role in ("recruiter", "hiring_manager", "interviewer"):
        await expect_scope(cast.client(role), "GET", f"{EEO}?quarter=2026-Q4", None, "demographics:read")
    granted = await make.machine("demographics:read", job_ids=[job["id"]])
    assert problem(await granted.get(f"{EEO}?quarter=2026-Q4")) == (403, "missing_grant")


@pytest.mark.parametrize(
    "query", ["quarter=", "quarter=2026", "quarter=2026-Q5", "quarter=2026-Q4&job_id=x", "quarter=1999-Q1"]
)
async def test_refuses_what_the_contract_does_not_know(admin: ApiClient, query: str) -> None:
    assert problem(await admin.get(f"{EEO}?{query}")) == (422, "validation_failed")
