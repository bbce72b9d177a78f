"""decide_approval: step by step, any or all, and what comes of it."""

import asyncio

from tests.services.approvals.habits import NO, YES, approval_path, asked_for_job, asked_for_offer, user_id
from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden, expect_if_match, expect_replay
from tests.services.offers.habits import offer_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_the_last_step_approves_the_offer(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    me, manager = user_id(cast, "recruiter"), user_id(cast, "hiring_manager")
    other = await make.user("recruiter")
    offer, approval = await asked_for_offer(make, [me, other["id"]], [me])
    assert offer["status"] == "pending_approval"
    assert [approval[name] for name in ("subject", "offer_id", "job_id", "application_id", "candidate_id")] == [
        "offer",
        *(offer[name] for name in ("id", "job_id", "application_id", "candidate_id")),
    ]
    assert manager not in str(approval)
    await watched.begin()
    body = YES | {"comment": "Well done."}
    first = await recruiter.data("POST", approval_path(approval, "/decide"), json=body)
    votes = first["steps"][0]["votes"]
    assert (votes[0]["decision"], votes[0]["comment"], votes[0]["decided_at"]) == (
        "approved",
        "Well done.",
        first["updated_at"],
    ) or votes[0]["decided_at"] <= first["updated_at"]
    assert (votes[1]["decision"], first["current_step"], first["status"]) == (None, 2, "pending")
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == (
        "approval.decided",
        {"decision": (None, "approved"), "current_step": ("1", "2")},
    )
    assert "Well done." not in str(event)
    path = approval_path(approval, "/decide")
    effects = [("approval.decided", approval["id"]), ("offer.approved", offer["id"])]
    await expect_dry_run(watched, recruiter, path, YES, effects)
    done = await recruiter.data("GET", approval_path(approval))
    assert (done["status"], done["current_step"], done["ended_at"]) == ("approved", None, done["ended_at"])
    assert changes_of((await watched.events())[-1]) == {"status": ("pending_approval", "approved")}
    assert (await recruiter.data("POST", offer_path(offer, "/send")))["status"] == "sent"


async def test_one_no_makes_the_offer_a_draft_again(
    recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    me, other = user_id(cast, "recruiter"), await make.user("recruiter")
    offer, approval = await asked_for_offer(make, [me, other["id"]], requires="all")
    await watched.begin()
    rejected = await recruiter.data("POST", approval_path(approval, "/decide"), json=NO)
    assert (rejected["status"], rejected["current_step"]) == ("rejected", None)
    assert await watched.effects() == [("approval.decided", approval["id"]), ("offer.returned", offer["id"])]
    draft = await recruiter.data("PATCH", offer_path(offer), json={"bonus": "Less"})
    assert draft["status"] == "draft"
    assert (await make.admin.data("POST", offer_path(offer, "/submit")))["status"] == "pending_approval"


async def test_all_waits_for_everybody_who_is_still_there(
    recruiter: ApiClient, admin: ApiClient, make: Factories, cast: Cast
) -> None:
    me, other = user_id(cast, "recruiter"), await make.user("recruiter")
    _, waiting = await asked_for_job(make, [me, other["id"]], requires="all")
    assert (await recruiter.data("POST", approval_path(waiting, "/decide"), json=YES))["status"] == "pending"
    _, approval = await asked_for_job(make, [me, other["id"]], requires="all")
    await admin.data("PATCH", f"{V1}/users/{other['id']}", json={"is_active": False})
    assert (await recruiter.data("POST", approval_path(approval, "/decide"), json=YES))["status"] == "approved"


async def test_refuses_who_is_not_asked_now(
    recruiter: ApiClient, machine: ApiClient, admin: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    me, other = user_id(cast, "recruiter"), await make.user("recruiter")
    _, first = await asked_for_job(make, [other["id"]], [me])
    _, voted = await asked_for_job(make, [me, other["id"]], requires="all")
    await recruiter.data("POST", approval_path(voted, "/decide"), json=YES)
    ended = await make.approval(status="rejected")
    await watched.begin()
    for client, approval, expected in (
        (recruiter, first, (409, "not_your_turn")),
        (recruiter, voted, (409, "already_decided")),
        (admin, first, (403, "not_an_approver")),
        (machine, first, (403, "not_an_approver")),
        (admin, ended, (409, "approval_transition_refused")),
    ):
        refused = await client.post(approval_path(approval, "/decide"), json=YES)
        assert problem(refused) == expected
    await watched.expect_nothing()


async def test_a_manager_decides_on_granted_jobs_only(
    hiring_manager: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    await make.approval_policy([user_id(cast, "hiring_manager")], subject="offer")
    offer = await make.offer(await make.application(job), status="approved")
    [approval] = await make.admin.data("GET", f"{V1}/approvals?offer_id={offer['id']}")
    await make.grant("hiring_manager")
    await expect_hidden(watched, hiring_manager, "POST", approval_path(approval, "/decide"), YES)
    await make.grant("hiring_manager", job)
    assert (await hiring_manager.data("POST", approval_path(approval, "/decide"), json=YES))["status"] == "approved"


async def test_two_approvers_at_once_both_count(make: Factories, cast: Cast, watched: Watch) -> None:
    """D3: whoever is last ends it, and it ends once."""
    for requires, expected in (("all", [200, 200]), ("any", [200, 409])):
        for _ in range(5):
            approvers = [user_id(cast, role) for role in ("admin", "recruiter")]
            job, approval = await asked_for_job(make, approvers, requires=requires, allow_self_approval=True)
            await watched.begin()
            clients = [cast.client(role) for role in ("admin", "recruiter")]
            path = approval_path(approval, "/decide")
            answers = await asyncio.gather(*(client.post(path, json=YES) for client in clients))
            assert sorted(answer.status_code for answer in answers) == expected
            shown = await clients[0].data("GET", approval_path(approval))
            assert (shown["status"], shown["version"]) == ("approved", 1 + expected.count(200))
            assert len(await watched.events()) == expected.count(200)
            assert (await clients[0].data("POST", f"{V1}/jobs/{job['id']}/open"))["status"] == "open"


async def test_has_manners(admin: ApiClient, outsider: ApiClient, make: Factories, watched: Watch) -> None:
    approval = await make.approval()
    await expect_hidden(watched, outsider, "POST", approval_path(approval, "/decide"), YES)
    path = approval_path(await make.approval(), "/decide")
    await expect_replay(watched, admin, path, YES, NO)
    await expect_if_match(watched, admin, "POST", approval_path(approval, "/decide"), YES, approval_path(approval))


async def test_needs_its_permission(interviewer: ApiClient, make: Factories) -> None:
    approval = await make.approval()
    await make.grant("interviewer", {"id": approval["job_id"]})
    refused = await interviewer.post(approval_path(approval, "/decide"), json=YES)
    assert (problem(refused), refused.json()["missing_scopes"]) == ((403, "missing_scope"), ["approvals:write"])
