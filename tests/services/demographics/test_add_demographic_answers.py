"""add_demographic_answers: kept without anything that leads to a person."""

from datetime import UTC, date, datetime

import pytest

from impl.lib.clock import Hands
from impl.models.demographics import Quarter
from tests.services.habits import NOWHERE, Watch, expect_scope, refused_at, watch
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

ANSWERS = {
    "gender": "female",
    "race_ethnicity": "asian",
    "veteran_status": "declined",
    "disability_status": "no_disability",
}


def path_of(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/demographic_answers"


@pytest.fixture
async def watched(rows: Rows, cast: Cast) -> Watch:
    return await watch(rows, cast)


async def test_keeps_each_answer_by_itself(
    machine: ApiClient, make: Factories, rows: Rows, cast: Cast, hands: Hands
) -> None:
    department = await make.department()
    job = await make.job(department_id=department["id"])
    hands.set(datetime(2027, 3, 31, 23, 59, 59, tzinfo=UTC))
    watched = await watch(rows, cast)
    answer = await machine.post(path_of(job), json=ANSWERS)
    assert (answer.status_code, answer.content) == (204, b"")

    kept = await rows.connection.fetch(
        "SELECT * FROM demographic_answers WHERE organization_id = $1 ORDER BY question", cast.organization_id
    )
    assert {row["question"]: row["answer"] for row in kept} == ANSWERS
    for row in kept:
        assert set(row.keys()) == {"organization_id", "id", "department_id", "quarter_starts_on", "question", "answer"}
        assert (str(row["department_id"]), row["quarter_starts_on"]) == (department["id"], date(2027, 1, 1))
        assert row["id"].version == 4
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"]), event["changes"]) == ("job.demographics_answered", job["id"], [])
    assert (event["candidate_id"], event["application_id"]) == (None, None)
    assert (await machine.data("GET", f"{V1}/jobs/{job['id']}"))["version"] == job["version"]


async def test_replays(watched: Watch, machine: ApiClient, make: Factories) -> None:
    job = await make.job()
    key = {"Idempotency-Key": "once"}
    assert (await machine.post(path_of(job), json=ANSWERS, headers=key)).status_code == 204
    await watched.begin()
    again = await machine.post(path_of(job), json=ANSWERS, headers=key)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (204, "true")
    other = await machine.post(path_of(job), json={"gender": "male"}, headers=key)
    assert problem(other) == (422, "idempotency_key_reused")
    await watched.expect_nothing()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, ""), ({"gender": "asian"}, "/gender"), ({"name": "Ada"}, "/name")],
)
async def test_refuses_what_the_contract_does_not_know(
    watched: Watch, machine: ApiClient, make: Factories, body: Data, pointer: str
) -> None:
    job = await make.job()
    await watched.begin()
    assert refused_at(await machine.post(path_of(job), json=body)) == (422, "validation_failed", [pointer])
    await watched.expect_nothing()


async def test_rights(
    watched: Watch, outsider: ApiClient, make: Factories, recruiter: ApiClient, machine: ApiClient
) -> None:
    job, other = await make.job(), await make.job()
    granted = await make.machine("demographics:write", job_ids=[job["id"]])
    await watched.begin()
    assert problem(await outsider.post(path_of(job), json=ANSWERS)) == (404, "not_found")
    assert problem(await granted.post(path_of(other), json=ANSWERS)) == (404, "not_found")
    assert problem(await machine.post(path_of({"id": NOWHERE}), json=ANSWERS)) == (404, "not_found")
    await expect_scope(recruiter, "POST", path_of(job), ANSWERS, "demographics:write")
    await watched.expect_nothing()
    assert (await granted.post(path_of(job), json=ANSWERS)).status_code == 204


def test_quarters() -> None:
    for moment, start, end in [
        (datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), datetime(2026, 4, 1, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), date(2026, 10, 1), datetime(2027, 1, 1, tzinfo=UTC)),
        (datetime(2026, 9, 30, tzinfo=UTC), date(2026, 7, 1), datetime(2026, 10, 1, tzinfo=UTC)),
    ]:
        quarter = Quarter.of(moment)
        assert (quarter.starts_on, quarter.ends_at) == (start, end)
        assert Quarter.named(quarter.name).starts_on == start
    assert Quarter.last_before(datetime(2026, 1, 1, tzinfo=UTC)).name == "2025-Q4"
    assert Quarter.last_before(datetime(2026, 9, 30, 23, tzinfo=UTC)).name == "2026-Q2"
