"""list_job_openings: pages of the seats of a job."""

from impl.core.runtime import Runtime
from tests.services.habits import NOWHERE
from tests.services.jobs.habits import JOBS, job_path, opening_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of


async def ids_of(client: ApiClient, job: Data, query: str = "") -> list[str]:
    return [opening["id"] for opening in await client.data("GET", job_path(job, f"/openings{query}"))]


async def test_shows_the_newest_first(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(openings=0, status="draft")
    await make.job()
    first, second = await make.opening(job), await make.opening(job, target_start_on="2027-01-04")
    response = await recruiter.get(job_path(job, "/openings"))
    assert response.status_code == 200
    assert response.json() == {"data": [second, first], "page": {"next_cursor": None, "has_more": False}}


async def test_pages_and_filters(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(openings=0, status="draft")
    first, second, third = [await make.opening(job) for _ in range(3)]
    cancelled = await recruiter.data("POST", opening_path(second, "/cancel"))
    page = (await recruiter.get(job_path(job, "/openings?sort=created_at&limit=2"))).json()
    assert [opening["id"] for opening in page["data"]] == [first["id"], second["id"]]
    cursor = page["page"]["next_cursor"]
    assert await ids_of(recruiter, job, f"?sort=created_at&limit=2&cursor={cursor}") == [third["id"]]
    assert await ids_of(recruiter, job, "?status=open&sort=created_at") == [first["id"], third["id"]]
    assert await ids_of(recruiter, job, "?status=cancelled,filled") == [second["id"]]
    assert await ids_of(recruiter, job, f"?created_after={second['created_at']}") == [third["id"]]
    assert await ids_of(recruiter, job, f"?updated_after={third['updated_at']}") == [cancelled["id"]]


async def test_refuses_a_cursor_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    one, other = await make.job(openings=2), await make.job(openings=2)
    cursor = (await recruiter.get(job_path(one, "/openings?limit=1"))).json()["page"]["next_cursor"]
    response = await recruiter.get(job_path(other, f"/openings?limit=1&cursor={cursor}"))
    assert problem(response) == (400, "cursor_mismatch")
    assert problem(await recruiter.get(job_path(one, "/openings?cursor=bm9uZQ"))) == (400, "invalid_cursor")


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    for query in ("limit=201", "status=closed", "job_id=1"):
        assert problem(await recruiter.get(job_path(job, f"/openings?{query}"))) == (422, "validation_failed")


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.get(job_path(job, "/openings"))) == (404, "not_found")


async def test_hides_a_job_that_is_not_granted(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await interviewer.get(job_path(job, "/openings"))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert len(await ids_of(interviewer, job)) == 1


async def test_knows_no_other_job(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(f"{JOBS}/{NOWHERE}/openings")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    job = await make.job()
    machine = await make.machine("jobs:write")
    assert problem(await machine.get(job_path(job, "/openings"))) == (403, "missing_scope")


async def test_asks_no_more_queries_for_more_rows(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    small, large = await make.job(openings=1), await make.job(openings=20)
    await ids_of(recruiter, small)
    with queries_of(runtime) as few:
        assert len(await ids_of(recruiter, small)) == 1
    with queries_of(runtime) as many:
        assert len(await ids_of(recruiter, large)) == 20
    assert len(many) == len(few)
