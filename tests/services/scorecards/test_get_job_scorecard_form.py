"""get_job_scorecard_form: what interviewers for a job rate."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.scorecards.habits import FORM, form_path
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_is_empty_at_first_and_a_part_of_its_job(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    empty = await recruiter.get(form_path(job))
    assert empty.json()["data"] == {
        "job_id": job["id"],
        "attributes": [],
        "updated_at": job["updated_at"],
        "version": job["version"],
    }
    held = {"If-None-Match": empty.headers["ETag"]}
    assert (await recruiter.get(form_path(job), headers=held)).status_code == 304
    await recruiter.data("PUT", form_path(job), json=FORM)
    assert (await recruiter.get(form_path(job), headers=held)).json()["data"]["attributes"] == FORM["attributes"]


async def test_a_copy_of_the_job_has_the_same(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    await recruiter.data("PUT", form_path(job), json=FORM)
    copy = await recruiter.data("POST", f"{V1}/jobs", json={"title": "Another", "copy_from": job["id"]})
    assert (await recruiter.data("GET", form_path(copy)))["attributes"] == FORM["attributes"]


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "GET", form_path(job))
    await expect_scope(await make.machine("jobs:read"), "GET", form_path(job), None, "scorecards:read")
    await make.grant("interviewer", job)
    assert (await interviewer.data("GET", form_path(job)))["job_id"] == job["id"]
