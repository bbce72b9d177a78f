"""get_job: one job, with what include asks for."""

from tests.services.habits import NOWHERE
from tests.services.jobs.habits import JOBS, job_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_the_job_alone(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft", openings=2)
    response = await recruiter.get(job_path(job))
    assert response.status_code == 200
    assert response.json() == {"data": job}
    assert not {"department", "office", "pipeline"} & response.json()["data"].keys()


async def test_includes_what_is_asked_for(recruiter: ApiClient, make: Factories) -> None:
    department, office = await make.department(), await make.office()
    job = await make.job(department_id=department["id"], office_id=office["id"])
    found = await recruiter.data("GET", job_path(job, "?include=department,office,pipeline"))
    pipeline = await recruiter.data("GET", job_path(job, "/pipeline"))
    assert found == job | {"department": department, "office": office, "pipeline": pipeline}
    assert await recruiter.data("GET", job_path(job, "?include=office")) == job | {"office": office}


async def test_includes_null_for_what_the_job_has_not(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    found = await recruiter.data("GET", job_path(job, "?include=department,office"))
    assert found == job | {"department": None, "office": None}


async def test_refuses_to_include_what_it_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await recruiter.get(job_path(job, "?include=salary"))) == (422, "validation_failed")


async def test_answers_304_until_it_changes(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    tag = (await recruiter.get(job_path(job))).headers["etag"]
    assert (await recruiter.get(job_path(job), headers={"If-None-Match": tag})).status_code == 304
    # A new opening is shown by the job, although it does not change it.
    await make.opening(job)
    assert (await recruiter.get(job_path(job), headers={"If-None-Match": tag})).status_code == 200


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.get(job_path(job))) == (404, "not_found")


async def test_hides_a_job_that_is_not_granted(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await interviewer.get(job_path(job))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert (await interviewer.get(job_path(job))).status_code == 200


async def test_knows_no_other_job(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(f"{JOBS}/{NOWHERE}")) == (404, "not_found")
    assert problem(await recruiter.get(f"{JOBS}/me")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    job = await make.job()
    assert problem(await (await make.machine("jobs:write")).get(job_path(job))) == (403, "missing_scope")
