"""list_applications: pages of the applications that the actor sees."""

from datetime import timedelta

from impl.core.runtime import Runtime
from impl.lib.clock import Hands
from tests.services.applications.habits import path_of
from tests.services.habits import (
    APPLICATIONS,
    NOWHERE,
    expect_cursor_rules,
    expect_query_rules,
    expect_scope,
    ids_of,
    walk,
)
from tests.support.clients import ApiClient
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of


async def listed(client: ApiClient, query: str = "") -> list[str]:
    return ids_of(await client.data("GET", f"{APPLICATIONS}{query}"))


async def test_shows_the_newest_first(recruiter: ApiClient, make: Factories) -> None:
    older, newer = await make.application(), await make.application()

    response = await recruiter.get(APPLICATIONS)

    assert response.status_code == 200
    assert response.json() == {"data": [newer, older], "page": {"next_cursor": None, "has_more": False}}
    assert "Link" not in response.headers


async def test_an_organization_without_any_has_an_empty_list(recruiter: ApiClient) -> None:
    assert await listed(recruiter) == []


async def test_filters(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job, source = await make.job(), await make.source()
    stages = await make.stages(job)
    first = await make.application(job, external_id="A-1")
    hands.advance(timedelta(seconds=5))
    second = await make.application(job, stage_id=stages[1]["id"], source_id=source["id"])
    hands.advance(timedelta(seconds=5))
    third = await make.application(candidate={"id": first["candidate_id"]})
    hands.advance(timedelta(seconds=5))
    await make.command(second, "withdraw")
    for query, expected in [
        (f"job_id={job['id']}", [second, first]),
        (f"candidate_id={first['candidate_id']}", [third, first]),
        (f"stage_id={stages[1]['id']}", [second]),
        ("status=active", [third, first]),
        ("status=withdrawn,hired", [second]),
        ("status=hired", []),
        (f"source_id={source['id']}", [second]),
        ("external_id=A-1", [first]),
        (f"created_after={first['created_at']}", [third, second]),
        (f"updated_after={third['updated_at']}", [second]),
        (f"job_id={job['id']}&status=active", [first]),
        (f"job_id={NOWHERE}", []),
    ]:
        assert await listed(recruiter, f"?{query}") == ids_of(expected), query


async def test_sorts_and_walks_in_every_order(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job = await make.job()
    applied = ["2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"]
    made = []
    for at in applied:
        made.append(await make.application(job, applied_at=at))
        hands.advance(timedelta(seconds=1))
    a, b, c, d = ids_of(made)
    for changed in (made[2], made[0]):
        await recruiter.data("PATCH", path_of(changed), json={"external_id": changed["id"]})
        hands.advance(timedelta(seconds=1))
    for sort, expected in [
        ("created_at", [a, b, c, d]),
        ("applied_at", [b, d, a, c]),
        ("updated_at", [b, d, c, a]),
    ]:
        assert await walk(recruiter, APPLICATIONS, sort=sort) == expected
        assert await walk(recruiter, APPLICATIONS, sort=f"-{sort}") == expected[::-1]
        assert await listed(recruiter, f"?sort={sort}") == expected


async def test_a_walk_keeps_its_filters_and_misses_nothing_that_was_there(
    recruiter: ApiClient, make: Factories
) -> None:
    job = await make.job()
    wanted = [await make.application(job) for _ in range(5)]
    await make.application()

    assert await walk(recruiter, APPLICATIONS, job_id=job["id"], status="active") == ids_of(wanted)[::-1]


async def test_a_cursor_belongs_to_its_list(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    for _ in range(2):
        await make.application(job)

    await expect_cursor_rules(recruiter, APPLICATIONS, f"job_id={job['id']}", "sort=created_at", "status=active")


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_rules(
        recruiter,
        APPLICATIONS,
        "status=closed",
        "status=active,active",
        "job_id=x",
        "sort=status",
        "include=notes",
        "created_after=yesterday",
        "external_id=",
    )


async def test_a_body_is_not_looked_at(recruiter: ApiClient) -> None:
    response = await recruiter.get(APPLICATIONS, content=b" " * (2 * 1024 * 1024))

    assert (response.status_code, response.json()["data"]) == (200, [])


async def test_brings_along_what_is_asked_for_without_more_queries(
    recruiter: ApiClient, make: Factories, runtime: Runtime
) -> None:
    job = await make.job()
    made: list[Data] = [await make.application(job) for _ in range(4)]
    related = f"{APPLICATIONS}?include=candidate,job,stage"
    await recruiter.get(f"{related}&limit=1")
    with queries_of(runtime) as few:
        await recruiter.get(f"{related}&limit=1")
    with queries_of(runtime) as many:
        found = await recruiter.data("GET", related)
    assert [len(few), len(many)] == [1, 1]
    for shown, application in zip(found, reversed(made), strict=True):
        own = await recruiter.data("GET", path_of(application, "?include=candidate,job,stage"))
        assert shown == own
        assert shown["candidate"]["id"] == application["candidate_id"]


async def test_shows_nothing_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    application = await make.application()

    assert await listed(outsider) == []
    assert await listed(outsider, f"?job_id={application['job_id']}") == []


async def test_granted_actors_see_those_of_their_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen, hidden = await make.application(), await make.application()
    assert await listed(interviewer) == []

    await make.grant("interviewer", {"id": seen["job_id"]})

    assert await listed(interviewer) == [seen["id"]]
    assert await listed(interviewer, f"?job_id={hidden['job_id']}") == []
    assert await walk(interviewer, APPLICATIONS, sort="-updated_at") == [seen["id"]]


async def test_needs_its_scope(make: Factories) -> None:
    await expect_scope(await make.machine("jobs:read"), "GET", APPLICATIONS, None, "applications:read")
