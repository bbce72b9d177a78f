"""request_job_approval, and open_job where a policy asks for approval."""

import asyncio

from tests.services.approvals.habits import NO, YES, approval_path, asked_for_job, policy_path, user_id
from tests.services.habits import Watch, changes_of, expect_hidden, expect_replay, expect_scope
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_the_job_stays_a_draft_until_the_last_approval(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    boss, manager = user_id(cast, "recruiter"), user_id(cast, "hiring_manager")
    department = await make.department()
    policy = await make.approval_policy([manager], [boss], department_id=department["id"], allow_self_approval=True)
    job = await make.job(status="draft", department_id=department["id"])
    await make.grant("hiring_manager", job)
    path = f"{V1}/jobs/{job['id']}"
    refused = await recruiter.post(f"{path}/open")
    assert (problem(refused), refused.json()["allowed"]) == ((409, "approval_required"), ["request_job_approval"])
    await watched.begin()
    response = await recruiter.post(f"{path}/approvals")
    approval = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == approval_path(approval)
    vote = {"decision": None, "comment": None, "decided_at": None}
    assert approval["steps"] == [
        {"position": 1, "requires": "any", "votes": [{"user_id": manager, **vote}]},
        {"position": 2, "requires": "any", "votes": [{"user_id": boss, **vote}]},
    ]
    assert (approval["subject"], approval["job_id"], approval["policy_id"]) == ("job", job["id"], policy["id"])
    assert (approval["status"], approval["current_step"], approval["ended_at"]) == ("pending", 1, None)
    assert approval["requested_by"] == {"type": "user", "id": boss}
    assert {approval[name] for name in ("offer_id", "application_id", "candidate_id")} == {None}
    [event] = await watched.events()
    assert (event["type"], str(event["job_id"]), changes_of(event)) == (
        "approval.requested",
        job["id"],
        {"status": (None, "pending")},
    )
    pending = await recruiter.post(f"{path}/open")
    assert (problem(pending), pending.json()["allowed"]) == ((409, "approval_required"), ["decide_approval"])
    await hiring_manager.data("POST", approval_path(approval, "/decide"), json=YES)
    assert problem(await recruiter.post(f"{path}/open")) == (409, "approval_required")
    await recruiter.data("POST", approval_path(approval, "/decide"), json=YES)
    assert (await recruiter.data("GET", path))["status"] == "draft"
    assert (await recruiter.data("POST", f"{path}/open"))["status"] == "open"
    await recruiter.data("POST", f"{path}/close", json={"reason": "other", "applications": "keep"})
    await make.opening(job)
    assert (await recruiter.data("POST", f"{path}/open"))["status"] == "open"


async def test_a_rejected_job_can_be_asked_for_again(recruiter: ApiClient, make: Factories, cast: Cast) -> None:
    job, approval = await asked_for_job(make, [user_id(cast, "recruiter")])
    await recruiter.data("POST", approval_path(approval, "/decide"), json=NO)
    path = f"{V1}/jobs/{job['id']}"
    assert problem(await recruiter.post(f"{path}/open")) == (409, "approval_required")
    assert (await make.admin.data("POST", f"{path}/approvals"))["status"] == "pending"


async def test_refuses_what_needs_none(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    free, opened, approved = await make.job(status="draft"), await make.job(), await make.approval(status="approved")
    pending = await make.approval()
    await watched.begin()
    for job_id, code in (
        (free["id"], "approval_not_required"),
        (approved["job_id"], "approval_not_required"),
        (opened["id"], "job_transition_refused"),
    ):
        refused = await recruiter.post(f"{V1}/jobs/{job_id}/approvals")
        assert problem(refused) == (409, code)
    refused = await recruiter.post(f"{V1}/jobs/{pending['job_id']}/approvals")
    assert (problem(refused), refused.json()["conflicting_id"]) == ((409, "approval_pending"), pending["id"])
    await watched.expect_nothing()


async def test_two_at_the_same_time_are_one(recruiter: ApiClient, make: Factories) -> None:
    job = await make.governed_job()
    answers = await asyncio.gather(*(recruiter.post(f"{V1}/jobs/{job['id']}/approvals") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"approval_pending"}


async def test_who_cannot_decide_is_passed_over(admin: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    """The one who asks, the deactivated, and who does not see the job."""
    asks, gone, blind = user_id(cast, "admin"), await make.user("recruiter"), user_id(cast, "hiring_manager")
    able, department = user_id(cast, "recruiter"), await make.department()
    policy = await make.approval_policy([asks, gone["id"], blind, able], [asks], department_id=department["id"])
    job = await make.job(status="draft", department_id=department["id"])
    await watched.begin()
    refused = await admin.post(f"{V1}/jobs/{job['id']}/approvals")
    assert (problem(refused), refused.json()["conflicting_id"]) == ((409, "no_approver"), policy["id"])
    await watched.expect_nothing()
    steps = policy["steps"][:1]
    await admin.data("PATCH", policy_path(policy), json={"steps": steps})
    await admin.data("PATCH", f"{V1}/users/{gone['id']}", json={"is_active": False})
    approval = await admin.data("POST", f"{V1}/jobs/{job['id']}/approvals")
    assert [vote["user_id"] for vote in approval["steps"][0]["votes"]] == [able]


async def test_the_policy_of_the_department_comes_first_then_the_oldest_in_use(
    admin: ApiClient, make: Factories, cast: Cast
) -> None:
    department, able = await make.department(), [user_id(cast, "recruiter")]
    archived = await make.approval_policy(able)
    await admin.data("PATCH", policy_path(archived), json={"is_archived": True})
    for_all, _, own = [
        await make.approval_policy(able, **fields) for fields in ({}, {}, {"department_id": department["id"]})
    ]
    for fields, expected in (({}, for_all), ({"department_id": department["id"]}, own)):
        job = await make.job(status="draft", **fields)
        approval = await admin.data("POST", f"{V1}/jobs/{job['id']}/approvals")
        assert approval["policy_id"] == expected["id"]


async def test_replays_and_hides_and_needs_its_permission(
    recruiter: ApiClient, outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.governed_job()
    path = f"{V1}/jobs/{job['id']}/approvals"
    await expect_hidden(watched, outsider, "POST", path)
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "POST", path, None, "jobs:write")
    other = await make.governed_job()
    await expect_replay(watched, recruiter, path, None, other_path=f"{V1}/jobs/{other['id']}/approvals")
