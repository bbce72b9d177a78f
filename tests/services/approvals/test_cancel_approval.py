"""cancel_approval, and what else ends an approval before it is decided."""

import pytest

from tests.services.approvals.habits import APPROVALS, approval_path, asked_for_offer, user_id
from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden, expect_if_match, expect_scope
from tests.services.offers.habits import offer_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


async def test_takes_the_question_back(recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    offer, approval = await asked_for_offer(make, [user_id(cast, "recruiter")])
    effects = [("approval.cancelled", approval["id"]), ("offer.returned", offer["id"])]
    await expect_dry_run(watched, recruiter, approval_path(approval, "/cancel"), None, effects)
    cancelled, returned = await watched.events()
    assert changes_of(cancelled) == {"status": ("pending", "cancelled")}
    assert changes_of(returned) == {"status": ("pending_approval", "draft")}
    refused = await recruiter.post(approval_path(approval, "/cancel"))
    assert problem(refused) == (409, "approval_transition_refused")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("cancelled", [])


async def test_a_job_is_asked_for_anew(admin: ApiClient, make: Factories) -> None:
    approval = await make.approval(status="cancelled")
    assert (await admin.data("POST", f"{V1}/jobs/{approval['job_id']}/approvals"))["status"] == "pending"


@pytest.mark.parametrize("way", ["withdraw_offer", "revise_offer", "reject", "withdraw", "hire", "close"])
async def test_ends_with_its_offer(recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch, way: str) -> None:
    offer, approval = await asked_for_offer(make, [user_id(cast, "recruiter")])
    reason = await make.rejection_reason()
    application = f"{V1}/applications/{offer['application_id']}"
    ways: dict[str, tuple[str, Data | None]] = {
        "withdraw_offer": (offer_path(offer, "/withdraw"), None),
        "revise_offer": (offer_path(offer, "/revise"), None),
        "reject": (f"{application}/reject", {"reason_id": reason["id"]}),
        "withdraw": (f"{application}/withdraw", {}),
        "hire": (f"{application}/hire", {}),
        "close": (
            f"{V1}/jobs/{offer['job_id']}/close",
            {"reason": "budget", "applications": "reject", "reason_id": reason["id"]},
        ),
    }
    await watched.begin()
    path, body = ways[way]
    assert (await recruiter.post(path, json=body)).status_code == 200
    ended = await recruiter.data("GET", approval_path(approval))
    assert (ended["status"], ended["current_step"]) == ("cancelled", None)
    assert (await watched.effects()).count(("approval.cancelled", approval["id"])) == 1
    expected = "superseded" if way == "revise_offer" else "withdrawn"
    assert (await recruiter.data("GET", offer_path(offer)))["status"] == expected
    assert await recruiter.data("GET", f"{APPROVALS}?status=pending") == []


async def test_has_manners(
    recruiter: ApiClient, hiring_manager: ApiClient, outsider: ApiClient, make: Factories, watched: Watch
) -> None:
    approval = await make.approval()
    path = approval_path(approval, "/cancel")
    await expect_hidden(watched, outsider, "POST", path)
    await make.grant("hiring_manager", {"id": approval["job_id"]})
    await expect_scope(hiring_manager, "POST", path, None, "jobs:write")
    await expect_if_match(watched, recruiter, "POST", path, None, approval_path(approval))
