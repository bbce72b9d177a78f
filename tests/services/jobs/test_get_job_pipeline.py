"""get_job_pipeline: the stages of a job as one document."""

from tests.services.habits import NOWHERE
from tests.services.jobs.habits import JOBS, job_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_the_stages_in_order(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    response = await recruiter.get(job_path(job, "/pipeline"))
    pipeline = response.json()["data"]
    assert response.status_code == 200
    assert response.headers["etag"].startswith('"1-')
    assert [stage["position"] for stage in pipeline["stages"]] == [1, 2, 3, 4]
    assert {(stage["job_id"], stage["is_retired"]) for stage in pipeline["stages"]} == {(job["id"], False)}
    assert pipeline | {"job_id": job["id"], "retired_stages": [], "version": 1} == pipeline
    assert pipeline["updated_at"] == job["updated_at"]


async def test_answers_304_until_it_changes(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    tag = (await recruiter.get(job_path(job, "/pipeline"))).headers["etag"]
    same = await recruiter.get(job_path(job, "/pipeline"), headers={"If-None-Match": tag})
    assert same.status_code == 304
    await recruiter.data("PUT", job_path(job, "/pipeline"), json={"stages": [{"name": "In", "kind": "other"}]})
    changed = await recruiter.get(job_path(job, "/pipeline"), headers={"If-None-Match": tag})
    assert changed.status_code == 200


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.get(job_path(job, "/pipeline"))) == (404, "not_found")


async def test_hides_a_job_that_is_not_granted(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await interviewer.get(job_path(job, "/pipeline"))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert len((await interviewer.data("GET", job_path(job, "/pipeline")))["stages"]) == 4


async def test_knows_no_other_job(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(f"{JOBS}/{NOWHERE}/pipeline")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    job = await make.job()
    machine = await make.machine("jobs:write")
    assert problem(await machine.get(job_path(job, "/pipeline"))) == (403, "missing_scope")


async def test_takes_no_query(recruiter: ApiClient, make: Factories) -> None:
    response = await recruiter.get(job_path(await make.job(), "/pipeline?colour=red"))
    assert problem(response) == (422, "validation_failed")
