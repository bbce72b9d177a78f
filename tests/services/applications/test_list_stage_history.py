"""list_stage_history: every stay of every application, to compute with."""

from datetime import datetime, timedelta
from itertools import pairwise

from impl.core.runtime import Runtime
from impl.lib.clock import Hands
from tests.services.applications.habits import expect_linear, history, path_of
from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, walk
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

HISTORY = f"{V1}/stage_history"


async def listed(client: ApiClient, query: str = "") -> list[str]:
    return ids_of(await client.data("GET", f"{HISTORY}?{query}"))


async def travelled(make: Factories, hands: Hands, job: Data) -> Data:
    """An application that was in three stages and withdrew: 10, 20 and 30 seconds each, by whole seconds."""
    application = await make.application(job)
    for seconds, command in ((10, "move"), (20, "move"), (30, "withdraw")):
        hands.advance(timedelta(seconds=seconds))
        await make.command(application, command)
    return application


async def test_an_application_has_one_stay_after_the_other(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job = await make.job()
    stages = ids_of(await make.stages(job))
    application = await travelled(make, hands, job)

    stays = await expect_linear(recruiter, application, *stages[:3])

    assert [stay["seconds"] for stay in stays] == [10, 20, 30]
    for stay, following in pairwise(stays):
        assert stay["left_at"] == following["entered_at"]
    ended = await recruiter.data("GET", path_of(application))
    whole = datetime.fromisoformat(ended["withdrawal"]["at"]) - datetime.fromisoformat(ended["applied_at"])
    assert sum(stay["seconds"] for stay in stays) == whole.total_seconds()
    assert {stay["job_id"] for stay in stays} == {job["id"]}
    assert {stay["candidate_id"] for stay in stays} == {application["candidate_id"]}


async def test_a_stay_that_goes_on_has_no_end(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()

    [stay] = await history(recruiter, application)

    assert (stay["stage_id"], stay["left_at"], stay["seconds"]) == (application["stage_id"], None, None)


async def test_filters(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job = await make.job()
    stages = ids_of(await make.stages(job))
    application = await travelled(make, hands, job)
    first, second, third = ids_of(await history(recruiter, application))
    hands.advance(timedelta(seconds=5))
    other = await make.application()
    [alone] = await history(recruiter, other)
    middle = (await history(recruiter, application))[1]
    for query, expected in [
        ("", [alone["id"], third, second, first]),
        (f"job_id={job['id']}", [third, second, first]),
        (f"application_id={other['id']}", [alone["id"]]),
        (f"candidate_id={application['candidate_id']}", [third, second, first]),
        (f"stage_id={stages[1]}", [second]),
        (f"entered_after={middle['entered_at']}", [alone["id"], third]),
        (f"entered_before={middle['entered_at']}", [first]),
        (f"application_id={application['id']}&stage_id={stages[3]}", []),
    ]:
        assert await listed(recruiter, query) == expected, query


async def test_sorts_and_walks_in_both_orders(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job = await make.job()
    for _ in range(2):
        await travelled(make, hands, job)
    stays = await recruiter.data("GET", f"{HISTORY}?sort=entered_at")
    assert stays == sorted(stays, key=lambda stay: (stay["entered_at"], stay["id"]))

    assert await walk(recruiter, HISTORY, sort="entered_at") == ids_of(stays)
    assert await walk(recruiter, HISTORY, sort="-entered_at") == ids_of(stays)[::-1]
    assert await listed(recruiter) == ids_of(stays)[::-1]
    assert len(stays) == 6


async def test_a_cursor_belongs_to_its_list(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    for _ in range(2):
        await make.application(job)

    await expect_cursor_rules(recruiter, HISTORY, f"job_id={job['id']}", "sort=entered_at")


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_rules(recruiter, HISTORY, "stage_id=x", "sort=left_at", "entered_after=yesterday")


async def test_asks_no_more_for_more_rows(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    job = await make.job()
    for _ in range(3):
        await make.application(job)
    await recruiter.get(HISTORY)
    with queries_of(runtime) as few:
        await recruiter.get(f"{HISTORY}?limit=1")
    with queries_of(runtime) as many:
        await recruiter.get(HISTORY)
    assert len(few) == len(many) == 1


async def test_shows_nothing_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    application = await make.application()

    assert await listed(outsider) == []
    assert await listed(outsider, f"application_id={application['id']}") == []


async def test_granted_actors_see_the_stays_on_their_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen = await make.application()
    await make.application()
    assert await listed(interviewer) == []

    await make.grant("interviewer", {"id": seen["job_id"]})

    assert [stay["application_id"] for stay in await interviewer.data("GET", HISTORY)] == [seen["id"]]


async def test_needs_its_scope(make: Factories) -> None:
    await expect_scope(await make.machine("jobs:read"), "GET", HISTORY, None, "applications:read")
