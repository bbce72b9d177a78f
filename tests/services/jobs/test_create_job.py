"""create_job: a blank job, or a copy of another one."""

import asyncio
from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, expect_replay
from tests.services.jobs.habits import JOBS, expect_in_progress, job_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

DEFAULT_STAGES = [("Applied", "applied"), ("Screen", "screen"), ("Interview", "interview"), ("Offer", "offer")]
EUR = {"amount_minor": 6_500_000, "currency": "EUR"}


def salary(minimum: dict[str, Any] | None, maximum: dict[str, Any] | None) -> dict[str, Any]:
    return {"minimum": minimum, "maximum": maximum, "period": "year"}


def eur(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": "EUR"}


async def test_makes_a_draft_with_the_defaults(recruiter: ApiClient, rows: Rows, cast: Cast) -> None:
    response = await recruiter.post(JOBS, json={"title": "Baker"})
    job = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == job_path(job)
    assert response.headers["etag"].startswith('"1-')
    assert job | {"title": "Baker", "status": "draft", "employment_type": "full_time", "workplace": "on_site"} == job
    assert job | {"requires_opening": True, "auto_close": None, "salary": None, "external_id": None} == job
    assert (job["open_openings_count"], job["filled_openings_count"], job["version"]) == (1, 0, 1)
    assert await rows.event_types(cast.organization_id) == ["job.created", "opening.created"]
    assert (await recruiter.get(job_path(job))).json()["data"] == job


async def test_gives_a_blank_job_the_usual_pipeline(recruiter: ApiClient) -> None:
    job = await recruiter.data("POST", JOBS, json={"title": "Baker"})
    pipeline = await recruiter.data("GET", job_path(job, "/pipeline"))
    assert [(stage["name"], stage["kind"]) for stage in pipeline["stages"]] == DEFAULT_STAGES
    assert [stage["position"] for stage in pipeline["stages"]] == [1, 2, 3, 4]


async def test_takes_every_field(recruiter: ApiClient, make: Factories) -> None:
    department, office = await make.department(), await make.office()
    body = {
        "title": "Senior Baker",
        "department_id": department["id"],
        "office_id": office["id"],
        "employment_type": "part_time",
        "workplace": "hybrid",
        "description": "Bread.\nAnd rolls.",
        "salary": salary(eur(0), eur(9007199254740991)),
        "external_id": "REQ-1",
        "auto_close": False,
        "requires_opening": False,
    }
    job = await recruiter.data("POST", JOBS, json=body | {"openings_count": 3})
    assert job | body == job
    assert job["open_openings_count"] == 3


async def test_makes_no_opening_when_told_so(recruiter: ApiClient, rows: Rows, cast: Cast) -> None:
    job = await recruiter.data("POST", JOBS, json={"title": "Baker", "openings_count": 0})
    assert job["open_openings_count"] == 0
    assert await rows.event_types(cast.organization_id) == ["job.created"]


async def test_copies_fields_pipeline_and_team(recruiter: ApiClient, make: Factories) -> None:
    department, user = await make.department(), await make.user()
    original = await make.job(
        openings=0,
        status="draft",
        title="Baker",
        external_id="REQ-1",
        department_id=department["id"],
        employment_type="contract",
        salary=salary(EUR, None),
        auto_close=True,
        requires_opening=False,
    )
    team = [{"user_id": user["id"], "role": "coordinator"}]
    stages = [{"name": "In", "kind": "applied"}, {"name": "Out", "kind": "other"}]
    await recruiter.data("PUT", job_path(original, "/hiring_team"), json={"members": team})
    await recruiter.data("PUT", job_path(original, "/pipeline"), json={"stages": stages})
    body = {"title": "Second baker", "copy_from": original["id"], "department_id": None, "workplace": "remote"}
    job = await recruiter.data("POST", JOBS, json=body)
    assert job | {"employment_type": "contract", "auto_close": True, "requires_opening": False} == job
    assert job | {"salary": salary(EUR, None), "status": "draft"} == job
    assert job | {"title": "Second baker", "department_id": None, "workplace": "remote", "external_id": None} == job
    assert job["open_openings_count"] == 1
    assert (await recruiter.data("GET", job_path(job, "/hiring_team")))["members"] == team
    copied = (await recruiter.data("GET", job_path(job, "/pipeline")))["stages"]
    assert [{"name": stage["name"], "kind": stage["kind"]} for stage in copied] == stages
    assert {stage["job_id"] for stage in copied} == {job["id"]}


async def test_a_copy_leaves_retired_stages_behind(recruiter: ApiClient, make: Factories) -> None:
    original = await make.job()
    await make.application(original)
    first, *rest = await make.stages(original)
    kept = [{"id": stage["id"], "name": stage["name"], "kind": stage["kind"]} for stage in rest]
    pipeline = await recruiter.data("PUT", job_path(original, "/pipeline"), json={"stages": kept})
    assert [stage["id"] for stage in pipeline["retired_stages"]] == [first["id"]]
    job = await recruiter.data("POST", JOBS, json={"title": "Copy", "copy_from": original["id"]})
    copy = await recruiter.data("GET", job_path(job, "/pipeline"))
    assert [stage["name"] for stage in copy["stages"]] == [stage["name"] for stage in rest]
    assert copy["retired_stages"] == []


@pytest.mark.parametrize("field", ["copy_from", "department_id", "office_id"])
async def test_refuses_a_reference_to_nothing(recruiter: ApiClient, rows: Rows, cast: Cast, field: str) -> None:
    response = await recruiter.post(JOBS, json={"title": "Baker", field: NOWHERE})
    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{field}"]
    assert await rows.count("jobs", cast.organization_id) == 0


async def test_refuses_to_copy_a_job_of_another_organization(recruiter: ApiClient, make_elsewhere: Factories) -> None:
    foreign = await make_elsewhere.job()
    response = await recruiter.post(JOBS, json={"title": "Baker", "copy_from": foreign["id"]})
    assert problem(response) == (404, "reference_not_found")
    department = await make_elsewhere.department()
    response = await recruiter.post(JOBS, json={"title": "Baker", "department_id": department["id"]})
    assert problem(response) == (404, "reference_not_found")


async def test_refuses_an_external_id_twice(recruiter: ApiClient, make: Factories, make_elsewhere: Factories) -> None:
    await make_elsewhere.job(external_id="REQ-1")
    first = await make.job(external_id="REQ-1")
    response = await recruiter.post(JOBS, json={"title": "Baker", "external_id": "REQ-1"})
    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == first["id"]


async def test_of_many_at_once_one_gets_the_external_id(recruiter: ApiClient, rows: Rows, cast: Cast) -> None:
    body = {"title": "Baker", "external_id": "REQ-1"}
    answers = await asyncio.gather(*(recruiter.post(JOBS, json=body) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"external_id_taken"}
    assert await rows.count("jobs", cast.organization_id) == 1


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (salary(eur(2), eur(1)), "/salary/maximum"),
        (salary(None, None), "/salary"),
        (salary(eur(1), {"amount_minor": 2, "currency": "USD"}), "/salary/maximum/currency"),
    ],
)
async def test_refuses_a_salary_range_that_is_none(recruiter: ApiClient, wrong: dict[str, Any], pointer: str) -> None:
    response = await recruiter.post(JOBS, json={"title": "Baker", "salary": wrong})
    assert problem(response) == (422, "salary_range_invalid")
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "body", [{}, {"title": ""}, {"title": "A", "status": "open"}, {"title": "A", "openings_count": 101}]
)
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, body: dict[str, Any]) -> None:
    assert problem(await recruiter.post(JOBS, json=body)) == (422, "validation_failed")


async def test_needs_its_permission(interviewer: ApiClient, make: Factories) -> None:
    assert problem(await interviewer.post(JOBS, json={"title": "Baker"})) == (403, "missing_scope")
    granted = await make.machine("jobs:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(JOBS, json={"title": "Baker"})) == (403, "missing_grant")


async def test_replays(recruiter: ApiClient, watched: Watch) -> None:
    await expect_replay(watched, recruiter, JOBS, {"title": "Baker"}, {"title": "Butcher"})


async def test_waits_for_the_same_key(recruiter: ApiClient, rows: Rows) -> None:
    await expect_in_progress(rows, recruiter, JOBS, {"title": "Baker"})
