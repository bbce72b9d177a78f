"""submit_offer: the terms are locked."""

from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden
from tests.services.offers.habits import expect_manners, expect_refused_elsewhere, offer_path, quarantined
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_approves_at_once_and_records_it(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer()
    path = offer_path(offer, "/submit")
    await expect_dry_run(watched, recruiter, path, None, [("offer.submitted", offer["id"])])
    submitted = await recruiter.data("GET", offer_path(offer))
    assert submitted == offer | {"status": "approved", "version": 2, "updated_at": submitted["updated_at"]}
    assert changes_of((await watched.events())[-1]) == {"status": ("draft", "approved")}


async def test_waits_where_a_policy_asks_and_refuses_where_nobody_can_decide(
    admin: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    policy = await make.approval_policy(subject="offer")
    offer = await make.offer()
    await watched.begin()
    refused = await admin.post(offer_path(offer, "/submit"))
    assert (problem(refused), refused.json()["conflicting_id"]) == ((409, "no_approver"), policy["id"])
    await watched.expect_nothing()
    assert (await recruiter.data("POST", offer_path(offer, "/submit")))["status"] == "pending_approval"
    requested, submitted = await watched.events()
    assert (requested["type"], submitted["type"]) == ("approval.requested", "offer.submitted")
    assert changes_of(submitted) == {"status": ("draft", "pending_approval")}
    refused = await recruiter.patch(offer_path(offer), json={"bonus": "More"})
    assert problem(refused) == (409, "offer_locked")


async def test_refuses_what_is_no_draft(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_refused_elsewhere(recruiter, make, watched, "submit", None, "draft")
    offer = await quarantined(make, "draft")
    assert problem(await recruiter.post(offer_path(offer, "/submit"))) == (409, "candidate_not_active")


async def test_has_manners(
    recruiter: ApiClient, outsider: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    offer = await make.offer()
    await expect_hidden(watched, outsider, "POST", offer_path(offer, "/submit"))
    await expect_manners(watched, recruiter, cast, make, "submit", None, "draft")
