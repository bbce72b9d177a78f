"""list_jobs: pages of the jobs that the actor sees."""

from typing import Any

import pytest

from impl.core.runtime import Runtime
from tests.services.habits import NOWHERE
from tests.services.jobs.habits import JOBS, job_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of


async def ids_of(client: ApiClient, query: str = "") -> list[str]:
    return [job["id"] for job in await client.data("GET", f"{JOBS}{query}")]


def ids(*jobs: Data) -> list[str]:
    return [job["id"] for job in jobs]


async def test_shows_the_newest_first(recruiter: ApiClient, make: Factories) -> None:
    first, second = await make.job(status="draft"), await make.job(openings=2)
    response = await recruiter.get(JOBS)
    assert response.status_code == 200
    assert response.json() == {"data": [second, first], "page": {"next_cursor": None, "has_more": False}}


async def test_orders_by_title_and_pages_through_equal_titles(recruiter: ApiClient, make: Factories) -> None:
    a1, b, a2 = [await make.job(status="draft", title=title) for title in ("Accountant", "Baker", "Accountant")]
    found: list[str] = []
    path: str | None = f"{JOBS}?sort=title&limit=1"
    while path is not None:
        response = await recruiter.get(path)
        found += [job["id"] for job in response.json()["data"]]
        page = response.json()["page"]
        assert page["has_more"] == ("link" in response.headers)
        path = f"{JOBS}?sort=title&limit=1&cursor={page['next_cursor']}" if page["has_more"] else None
    assert found == ids(a1, a2, b)
    assert await ids_of(recruiter, "?sort=-title") == ids(b, a2, a1)
    assert await ids_of(recruiter, "?sort=created_at") == ids(a1, b, a2)


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    department, office = await make.department(), await make.office()
    draft = await make.job(status="draft", department_id=department["id"], external_id="REQ-1")
    opened = await make.job(office_id=office["id"])
    closed = await make.job(status="closed")
    await recruiter.data("PATCH", job_path(draft), json={"is_archived": True})
    assert await ids_of(recruiter, "?status=open,closed") == ids(closed, opened)
    assert await ids_of(recruiter, "?status=draft") == ids(draft)
    assert await ids_of(recruiter, f"?department_id={department['id']}") == ids(draft)
    assert await ids_of(recruiter, f"?office_id={office['id']}") == ids(opened)
    assert await ids_of(recruiter, "?external_id=REQ-1") == ids(draft)
    assert await ids_of(recruiter, "?is_archived=true") == ids(draft)
    assert await ids_of(recruiter, "?is_archived=false") == ids(closed, opened)
    assert await ids_of(recruiter, f"?created_after={draft['created_at']}") == ids(closed, opened)
    # The draft was archived last.
    assert await ids_of(recruiter, f"?updated_after={closed['updated_at']}") == ids(draft)


@pytest.mark.parametrize(
    "query", ["limit=0", "status=filled", "is_archived=yes", "department_id=x", "sort=status", "colour=red"]
)
async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient, query: str) -> None:
    assert problem(await recruiter.get(f"{JOBS}?{query}")) == (422, "validation_failed")


async def test_refuses_a_cursor_of_other_filters_and_one_that_is_none(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.job(status="draft")
    page: dict[str, Any] = (await recruiter.get(f"{JOBS}?limit=1")).json()["page"]
    other = await recruiter.get(f"{JOBS}?limit=1&status=draft&cursor={page['next_cursor']}")
    assert problem(other) == (400, "cursor_mismatch")
    assert problem(await recruiter.get(f"{JOBS}?cursor=bm9uc2Vuc2U")) == (400, "invalid_cursor")


async def test_an_unknown_department_has_no_jobs(recruiter: ApiClient, make: Factories) -> None:
    await make.job(status="draft")
    assert await ids_of(recruiter, f"?department_id={NOWHERE}") == []


async def test_hides_jobs_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    await make.job()
    assert await ids_of(outsider) == []


async def test_shows_a_granted_actor_its_jobs_only(hiring_manager: ApiClient, make: Factories) -> None:
    granted, _ = await make.job(), await make.job()
    assert await ids_of(hiring_manager) == []
    await make.grant("hiring_manager", granted)
    assert await ids_of(hiring_manager) == ids(granted)


async def test_needs_its_permission(make: Factories) -> None:
    assert problem(await (await make.machine("candidates:read")).get(JOBS)) == (403, "missing_scope")


async def test_needs_a_credential(anonymous: ApiClient) -> None:
    assert problem(await anonymous.get(JOBS)) == (401, "unauthenticated")


async def test_asks_no_more_queries_for_more_rows(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    await make.job()
    await ids_of(recruiter)
    with queries_of(runtime) as few:
        await ids_of(recruiter)
    for _ in range(4):
        await make.job()
    with queries_of(runtime) as many:
        assert len(await ids_of(recruiter)) == 5
    assert len(many) == len(few)
