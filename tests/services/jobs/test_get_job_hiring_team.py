"""get_job_hiring_team: who works on a job."""

from tests.services.habits import NOWHERE
from tests.services.jobs.habits import JOBS, job_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_an_empty_team(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    response = await recruiter.get(job_path(job, "/hiring_team"))
    assert response.status_code == 200
    assert response.headers["etag"].startswith('"1-')
    assert response.json()["data"] == {
        "job_id": job["id"],
        "members": [],
        "updated_at": job["updated_at"],
        "version": 1,
    }


async def test_answers_304_until_it_changes(recruiter: ApiClient, make: Factories) -> None:
    job, user = await make.job(), await make.user()
    path = job_path(job, "/hiring_team")
    tag = (await recruiter.get(path)).headers["etag"]
    assert (await recruiter.get(path, headers={"If-None-Match": tag})).status_code == 304
    await recruiter.data("PUT", path, json={"members": [{"user_id": user["id"], "role": "recruiter"}]})
    assert (await recruiter.get(path, headers={"If-None-Match": tag})).status_code == 200


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.get(job_path(job, "/hiring_team"))) == (404, "not_found")


async def test_hides_a_job_that_is_not_granted(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await interviewer.get(job_path(job, "/hiring_team"))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert (await interviewer.get(job_path(job, "/hiring_team"))).status_code == 200


async def test_knows_no_other_job(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(f"{JOBS}/{NOWHERE}/hiring_team")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    job = await make.job()
    machine = await make.machine("jobs:write")
    assert problem(await machine.get(job_path(job, "/hiring_team"))) == (403, "missing_scope")


async def test_takes_no_query(recruiter: ApiClient, make: Factories) -> None:
    response = await recruiter.get(job_path(await make.job(), "/hiring_team?colour=red"))
    assert problem(response) == (422, "validation_failed")
