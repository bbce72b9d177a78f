"""The policies: list, create, get, update."""

from typing import Any

from tests.services.approvals.habits import POLICIES, policy_path, user_id
from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_cursor_rules,
    expect_hidden,
    expect_if_match,
    expect_query_rules,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
    walk,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


def body_of(name: str, *approvers: str, requires: str = "any", **fields: Any) -> Data:
    return {"name": name, "subject": "job", "steps": [{"requires": requires, "approver_ids": list(approvers)}]} | fields


async def test_create_keeps_its_steps_and_records_it(
    admin: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    department = await make.department()
    boss, others = user_id(cast, "admin"), [user_id(cast, "recruiter"), user_id(cast, "hiring_manager")]
    steps = [{"requires": "all", "approver_ids": others}, {"requires": "any", "approver_ids": [boss]}]
    body = {"name": "Offers", "subject": "offer", "department_id": department["id"], "steps": steps}
    await watched.begin()
    response = await admin.post(POLICIES, json=body)
    policy = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == policy_path(policy)
    assert policy | body == policy
    assert (policy["allow_self_approval"], policy["is_archived"], policy["version"]) == (False, False, 1)
    assert await admin.data("GET", policy_path(policy)) == policy
    tag = (await admin.get(policy_path(policy))).headers["ETag"]
    assert (await admin.get(policy_path(policy), headers={"If-None-Match": tag})).status_code == 304
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == (
        "approval_policy.created",
        {"name": (None, "Offers"), "subject": (None, "offer")},
    )


async def test_update_changes_and_archives(admin: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    policy, taken = await make.unused_policy(), await make.unused_policy()
    await watched.begin()
    steps = [{"requires": "all", "approver_ids": [user_id(cast, "recruiter")]}]
    values = {
        "steps": steps,
        "name": "Renamed",
        "allow_self_approval": True,
        "is_archived": True,
        "department_id": None,
    }
    changed = await admin.data("PATCH", policy_path(policy), json=values)
    assert changed == policy | values | {"version": 2, "updated_at": changed["updated_at"]}
    assert await admin.data("PATCH", policy_path(policy), json=values) == changed
    [event] = await watched.events()
    assert changes_of(event)["is_archived"] == ("false", "true")
    refused = await admin.patch(policy_path(policy), json={"name": taken["name"]})
    assert problem(refused) == (409, "name_taken")
    twice = await admin.post(POLICIES, json=body_of("Renamed", user_id(cast, "admin")))
    assert problem(twice) == (409, "name_taken")
    await expect_if_match(watched, admin, "PATCH", policy_path(policy), {"is_archived": False}, policy_path(policy))


async def test_approvers_must_be_able_to_decide(
    admin: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast, watched: Watch
) -> None:
    policy, able, interviewer = await make.unused_policy(), user_id(cast, "admin"), user_id(cast, "interviewer")
    gone, foreign = await make.user("recruiter"), await make_elsewhere.user("recruiter")
    await admin.data("PATCH", f"{V1}/users/{gone['id']}", json={"is_active": False})
    at = "/steps/0/approver_ids/1"
    await watched.begin()
    for approver, expected in (
        (interviewer, (409, "approver_not_eligible", [at])),
        (gone["id"], (409, "approver_not_eligible", [at])),
        (foreign["id"], (404, "reference_not_found", [at])),
        (NOWHERE, (404, "reference_not_found", [at])),
    ):
        body = body_of("New", able, approver)
        assert refused_at(await admin.post(POLICIES, json=body)) == expected
        assert refused_at(await admin.patch(policy_path(policy), json={"steps": body["steps"]})) == expected
    unknown = (404, "reference_not_found", ["/department_id"])
    assert refused_at(await admin.post(POLICIES, json=body_of("New", able, department_id=NOWHERE))) == unknown
    assert refused_at(await admin.patch(policy_path(policy), json={"department_id": NOWHERE})) == unknown
    wrong = await admin.post(POLICIES, json=body_of("New", able) | {"steps": []})
    assert refused_at(wrong) == (422, "validation_failed", ["/steps"])
    await watched.expect_nothing()


async def test_lists_by_subject_department_and_use(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    department = await make.department()
    policies = [
        await make.approval_policy(name="B"),
        await make.approval_policy(name="A", subject="offer"),
        await make.approval_policy(name="C", department_id=department["id"]),
    ]
    await make_elsewhere.approval_policy()
    b, a, c = policies
    await make.admin.data("PATCH", policy_path(c), json={"is_archived": True})
    assert await walk(recruiter, POLICIES) == ids_of([a, b, c])
    for query, expected in (
        ("sort=-name", [c, b, a]),
        ("sort=-created_at", [c, a, b]),
        ("subject=job", [b, c]),
        (f"department_id={department['id']}", [c]),
        ("is_archived=false", [a, b]),
        (f"created_after={b['created_at']}", [a, c]),
        (f"updated_after={c['created_at']}", [c]),
    ):
        assert ids_of(await recruiter.data("GET", f"{POLICIES}?{query}")) == ids_of(expected), query
    await expect_cursor_rules(recruiter, POLICIES, "subject=job", "sort=created_at")
    await expect_query_rules(recruiter, POLICIES, "subject=candidate", "sort=steps", "is_archived=x")


async def test_only_administrators_write_them(
    recruiter: ApiClient, interviewer: ApiClient, outsider: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    policy = await make.unused_policy()
    body = body_of("New", user_id(cast, "admin"))
    await expect_scope(recruiter, "POST", POLICIES, body, "organization:write")
    await expect_scope(recruiter, "PATCH", policy_path(policy), {"is_archived": True}, "organization:write")
    for path in (POLICIES, policy_path(policy)):
        await expect_scope(interviewer, "GET", path, None, "approvals:read")
    job = await make.job()
    scopes = ("approvals:read", "approvals:write", "organization:write")
    granted = await make.machine(*scopes, job_ids=[job["id"]])
    assert problem(await granted.post(POLICIES, json=body)) == (403, "missing_grant")
    await expect_hidden(watched, outsider, "GET", policy_path(policy))
    await expect_hidden(watched, outsider, "PATCH", policy_path(policy), {"is_archived": True})


async def test_create_replays(admin: ApiClient, cast: Cast, watched: Watch) -> None:
    body = body_of("New", user_id(cast, "admin"))
    await expect_replay(watched, admin, POLICIES, body, body | {"name": "Other"})
