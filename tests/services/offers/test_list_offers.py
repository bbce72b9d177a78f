"""list_offers: every version of the offers that the actor may see."""

from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, walk
from tests.services.offers.habits import OFFERS
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_lists_by_everything_in_pages(recruiter: ApiClient, make: Factories, make_elsewhere: Factories) -> None:
    application = await make.application()
    first = await make.offer(application, status="superseded")
    [following, _] = await recruiter.data("GET", f"{OFFERS}?application_id={application['id']}")
    assert (following["revises_id"], following["status"]) == (first["id"], "draft")
    other = await make.offer(status="sent")
    await make_elsewhere.offer()
    assert await walk(recruiter, OFFERS) == ids_of([other, following, first])
    assert ids_of(await recruiter.data("GET", f"{OFFERS}?sort=created_at")) == ids_of([first, following, other])
    for query, expected in (
        (f"job_id={other['job_id']}", [other]),
        (f"candidate_id={application['candidate_id']}", [following, first]),
        ("status=superseded,sent", [other, first]),
        (f"created_after={first['created_at']}", [other, following]),
        (f"updated_after={other['updated_at']}", []),
    ):
        assert ids_of(await recruiter.data("GET", f"{OFFERS}?{query}")) == ids_of(expected), query


async def test_shows_only_granted_jobs(hiring_manager: ApiClient, interviewer: ApiClient, make: Factories) -> None:
    offer = await make.offer()
    await make.offer()
    for role in ("hiring_manager", "interviewer"):
        await make.grant(role, {"id": offer["job_id"]})
    assert await hiring_manager.data("GET", OFFERS) == [offer]
    await expect_scope(interviewer, "GET", OFFERS, None, "offers:read")


async def test_refuses_strange_questions(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.offer()
    await expect_cursor_rules(recruiter, OFFERS, "status=draft", "sort=created_at")
    await expect_query_rules(recruiter, OFFERS, "status=gone", "job_id=x", "sort=salary")
