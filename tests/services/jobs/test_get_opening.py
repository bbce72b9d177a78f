"""get_opening: one seat of a job."""

from tests.services.habits import NOWHERE
from tests.services.jobs.habits import OPENINGS, opening_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_the_opening(recruiter: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    response = await recruiter.get(opening_path(opening))
    assert response.json() == {"data": opening}
    assert response.headers["etag"].startswith('"1-')


async def test_answers_304_until_it_changes(recruiter: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    tag = (await recruiter.get(opening_path(opening))).headers["etag"]
    assert (await recruiter.get(opening_path(opening), headers={"If-None-Match": tag})).status_code == 304
    await recruiter.data("POST", opening_path(opening, "/cancel"))
    assert (await recruiter.get(opening_path(opening), headers={"If-None-Match": tag})).status_code == 200


async def test_hides_an_opening_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    assert problem(await outsider.get(opening_path(opening))) == (404, "not_found")


async def test_hides_an_opening_of_a_job_that_is_not_granted(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    opening = await make.opening(job)
    assert problem(await interviewer.get(opening_path(opening))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert (await interviewer.get(opening_path(opening))).status_code == 200


async def test_knows_no_other_opening(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(f"{OPENINGS}/{NOWHERE}")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    opening = await make.opening(await make.job())
    machine = await make.machine("jobs:write")
    assert problem(await machine.get(opening_path(opening))) == (403, "missing_scope")


async def test_takes_no_query(recruiter: ApiClient, make: Factories) -> None:
    response = await recruiter.get(opening_path(await make.opening(await make.job()), "?colour=red"))
    assert problem(response) == (422, "validation_failed")
