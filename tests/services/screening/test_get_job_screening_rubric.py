"""get_job_screening_rubric: what resumes are held against."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.screening.habits import RUBRIC, rubric, rubric_path
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_is_empty_at_first_and_a_part_of_its_job(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    empty = await recruiter.get(rubric_path(job))
    assert empty.json()["data"] == {
        "job_id": job["id"],
        "revision": 0,
        "is_enabled": True,
        "is_blind": False,
        "criteria": [],
        "updated_at": job["updated_at"],
        "version": job["version"],
    }
    held = {"If-None-Match": empty.headers["ETag"]}
    assert (await recruiter.get(rubric_path(job), headers=held)).status_code == 304
    await recruiter.data("PUT", rubric_path(job), json=RUBRIC)
    assert (await recruiter.get(rubric_path(job), headers=held)).json()["data"]["criteria"] == RUBRIC["criteria"]


async def test_a_copy_of_the_job_has_the_newest_version_as_its_first(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    await recruiter.data("PUT", rubric_path(job), json=rubric(is_enabled=False))
    await recruiter.data("PUT", rubric_path(job), json=RUBRIC)
    copy = await recruiter.data("POST", f"{V1}/jobs", json={"title": "Another", "copy_from": job["id"]})
    shown = await recruiter.data("GET", rubric_path(copy))
    assert (shown["revision"], shown["criteria"], shown["is_enabled"]) == (1, RUBRIC["criteria"], True)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    for stranger in (outsider, hiring_manager):
        await expect_hidden(watched, stranger, "GET", rubric_path(job))
    await expect_scope(await make.machine("jobs:read"), "GET", rubric_path(job), None, "screening:read")
    await make.grant("hiring_manager", job)
    assert (await hiring_manager.data("GET", rubric_path(job)))["job_id"] == job["id"]
