"""list_approvals and get_approval: what was asked, and what waits for whom."""

from tests.services.approvals.habits import APPROVALS, YES, approval_path, asked_for_job, asked_for_offer, user_id
from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, walk
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_lists_by_everything_in_pages(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast
) -> None:
    me, other = user_id(cast, "recruiter"), await make.user("recruiter")
    job, mine = await asked_for_job(make, [me], [other["id"]])
    _, later = await asked_for_job(make, [other["id"]], [me])
    offer, for_offer = await asked_for_offer(make, [other["id"]])
    ended = await make.approval(status="approved")
    await make_elsewhere.approval()
    everything = [ended, for_offer, later, mine]
    assert await walk(recruiter, APPROVALS) == ids_of(everything)
    for query, expected in (
        ("sort=created_at", everything[::-1]),
        ("status=approved,rejected", [ended]),
        ("subject=offer", [for_offer]),
        (f"job_id={job['id']}", [mine]),
        (f"offer_id={offer['id']}", [for_offer]),
        ("awaits_me=true", [mine]),
        ("awaits_me=false", [ended, for_offer, later]),
        (f"created_after={for_offer['created_at']}", [ended]),
        (f"updated_after={ended['updated_at']}", []),
    ):
        assert ids_of(await recruiter.data("GET", f"{APPROVALS}?{query}")) == ids_of(expected), query
    assert await recruiter.data("GET", f"{APPROVALS}?status=approved") == [ended]
    await recruiter.data("POST", approval_path(mine, "/decide"), json=YES)
    assert await recruiter.data("GET", f"{APPROVALS}?awaits_me=true") == []
    await expect_cursor_rules(recruiter, APPROVALS, "status=pending", "sort=created_at", "awaits_me=false")
    await expect_query_rules(recruiter, APPROVALS, "status=gone", "subject=x", "awaits_me=1", "sort=name")


async def test_shows_only_granted_jobs(
    hiring_manager: ApiClient, interviewer: ApiClient, outsider: ApiClient, make: Factories
) -> None:
    approval, other = await make.approval(), await make.approval()
    for role in ("hiring_manager", "interviewer"):
        await make.grant(role, {"id": approval["job_id"]})
    assert await hiring_manager.data("GET", APPROVALS) == [approval]
    assert await hiring_manager.data("GET", approval_path(approval)) == approval
    tag = (await hiring_manager.get(approval_path(approval))).headers["ETag"]
    again = await hiring_manager.get(approval_path(approval), headers={"If-None-Match": tag})
    assert again.status_code == 304
    for client, row in ((hiring_manager, other), (outsider, approval)):
        assert problem(await client.get(approval_path(row))) == (404, "not_found")
    for path in (APPROVALS, approval_path(approval)):
        await expect_scope(interviewer, "GET", path, None, "approvals:read")
