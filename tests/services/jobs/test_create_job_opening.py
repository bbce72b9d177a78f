"""create_job_opening: one more seat of a job."""

from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, expect_replay
from tests.services.jobs.habits import JOBS, expect_in_progress, job_path, opening_path, types_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows


@pytest.mark.parametrize("status", ["draft", "open", "closed"])
async def test_adds_a_seat_and_records_it(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast, status: str
) -> None:
    job = await make.job(status=status)
    body = {"external_id": "SEAT-7", "target_start_on": "2027-01-04"}
    response = await recruiter.post(job_path(job, "/openings"), json=body)
    opening = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == opening_path(opening)
    assert opening | body | {"job_id": job["id"], "status": "open", "version": 1} == opening
    assert opening | {"application_id": None, "filled_at": None, "cancelled_at": None} == opening
    assert await types_of(rows, cast, opening) == ["opening.created"]
    after = await recruiter.data("GET", job_path(job))
    assert (after["open_openings_count"], after["version"]) == (job["open_openings_count"] + 1, job["version"])


async def test_needs_no_field(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    opening = await recruiter.data("POST", job_path(job, "/openings"), json={})
    assert opening | {"external_id": None, "target_start_on": None} == opening


async def test_refuses_an_external_id_twice(recruiter: ApiClient, make: Factories) -> None:
    one, other = await make.job(external_id="SEAT-7"), await make.job()
    opening = await make.opening(one, external_id="SEAT-7")
    response = await recruiter.post(job_path(other, "/openings"), json={"external_id": "SEAT-7"})
    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == opening["id"]


async def test_names_no_opening_that_the_actor_may_not_see(make: Factories) -> None:
    granted, other = await make.job(), await make.job()
    await make.opening(other, external_id="SEAT-7")
    machine = await make.machine("jobs:write", job_ids=[granted["id"]])
    response = await machine.post(job_path(granted, "/openings"), json={"external_id": "SEAT-7"})
    assert problem(response) == (409, "external_id_taken")
    assert "conflicting_id" not in response.json()


@pytest.mark.parametrize("body", [{"target_start_on": "2027-02-30"}, {"external_id": ""}, {"status": "filled"}])
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, body: dict[str, Any]) -> None:
    job = await make.job()
    assert problem(await recruiter.post(job_path(job, "/openings"), json=body)) == (422, "validation_failed")


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    await expect_replay(watched, recruiter, job_path(job, "/openings"), {}, {"external_id": "SEAT-7"})


async def test_waits_for_the_same_key(recruiter: ApiClient, make: Factories, rows: Rows) -> None:
    job = await make.job()
    await expect_in_progress(rows, recruiter, job_path(job, "/openings"), {})


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.post(job_path(job, "/openings"), json={})) == (404, "not_found")


async def test_knows_no_other_job(recruiter: ApiClient) -> None:
    assert problem(await recruiter.post(f"{JOBS}/{NOWHERE}/openings", json={})) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    assert problem(await hiring_manager.post(job_path(job, "/openings"), json={})) == (403, "missing_scope")
