"""update_job: the fields of a job, by JSON Merge Patch."""

import asyncio
from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, changes_of, expect_if_match
from tests.services.jobs.habits import events_of, job_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

SALARY = {"minimum": {"amount_minor": 10, "currency": "EUR"}, "maximum": None, "period": "hour"}


async def test_changes_what_is_given_and_records_it(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    office = await make.office()
    job = await make.job(status="draft", office_id=office["id"], title="Baker")
    body = {"title": "Head baker", "office_id": None, "salary": SALARY, "is_archived": True, "description": "Bread."}
    response = await recruiter.patch(job_path(job), json=body)
    changed = response.json()["data"]
    assert changed == job | body | {"version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > job["updated_at"]
    assert response.headers["etag"].startswith('"2-')
    _, event = await events_of(rows, cast, job)
    assert event["type"] == "job.updated"
    assert changes_of(event) == {
        "salary": (None, None),
        "title": ("Baker", "Head baker"),
        "office_id": (office["id"], None),
        "is_archived": ("false", "true"),
    }


async def test_records_nothing_when_nothing_changes(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job(status="draft", salary=SALARY)
    before = await rows.fingerprint(cast.organization_id)
    assert await recruiter.data("PATCH", job_path(job), json={}) == job
    assert await recruiter.data("PATCH", job_path(job), json={"title": job["title"], "salary": SALARY}) == job
    assert await rows.fingerprint(cast.organization_id) == before


async def test_says_of_a_new_description_only_that_it_was_changed(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job(status="draft")
    await recruiter.data("PATCH", job_path(job), json={"description": "x" * 20000})
    assert (await events_of(rows, cast, job))[-1]["changes"] == []


async def test_changes_a_job_in_any_status(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="closed")
    assert (await recruiter.data("PATCH", job_path(job), json={"auto_close": True}))["auto_close"] is True


@pytest.mark.parametrize("body", [{"title": None}, {"status": "open"}, {"employment_type": None}, {"salary": {}}, []])
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, body: Any) -> None:
    job = await make.job(status="draft")
    assert problem(await recruiter.patch(job_path(job), json=body)) == (422, "validation_failed")


async def test_refuses_a_reference_to_nothing(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    response = await recruiter.patch(job_path(job), json={"department_id": NOWHERE})
    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/department_id"]


async def test_refuses_an_external_id_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    first, second = await make.job(external_id="REQ-1"), await make.job()
    response = await recruiter.patch(job_path(second), json={"external_id": "REQ-1"})
    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == first["id"]
    assert await recruiter.data("PATCH", job_path(first), json={"external_id": "REQ-1"}) == first


async def test_refuses_a_salary_range_that_is_none(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    wrong = SALARY | {"maximum": {"amount_minor": 9, "currency": "EUR"}}
    assert problem(await recruiter.patch(job_path(job), json={"salary": wrong})) == (422, "salary_range_invalid")


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(status="draft")
    await expect_if_match(watched, recruiter, "PATCH", job_path(job), {"title": "Late"}, job_path(job))


async def test_of_two_writes_of_one_version_one_wins(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    headers = {"If-Match": (await recruiter.get(job_path(job))).headers["etag"]}
    answers = await asyncio.gather(
        *(recruiter.patch(job_path(job), json={"title": title}, headers=headers) for title in ("A", "B"))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.patch(job_path(job), json={"title": "Mine"})) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    assert problem(await hiring_manager.patch(job_path(job), json={"title": "Mine"})) == (403, "missing_scope")


async def test_a_granted_key_changes_its_jobs_only(make: Factories) -> None:
    granted, other = await make.job(), await make.job()
    machine = await make.machine("jobs:write", job_ids=[granted["id"]])
    assert (await machine.patch(job_path(granted), json={"title": "Mine"})).status_code == 200
    assert problem(await machine.patch(job_path(other), json={"title": "Mine"})) == (404, "not_found")
