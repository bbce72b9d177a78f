"""revise_offer: the next version, which takes the place of the one before."""

import asyncio

from tests.services.habits import Watch, changes_of, expect_hidden
from tests.services.offers.habits import expect_manners, expect_refused_elsewhere, offer_path, quarantined
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

KEPT = (
    "application_id",
    "candidate_id",
    "job_id",
    "opening_id",
    "salary",
    "bonus",
    "equity",
    "starts_on",
    "expires_on",
    "expires_at",
)


async def test_makes_the_next_version_with_the_same_terms(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    for status in ("approved", "sent", "accepted"):
        offer = await make.offer(status=status, equity="Some", starts_on="2027-01-04", expires_on="2099-12-31")
        await watched.begin()
        tried = await recruiter.post(offer_path(offer, "/revise?dry_run=true"))
        assert [effect["type"] for effect in tried.json()["effects"]] == ["offer.superseded", "offer.created"]
        await watched.expect_nothing()
        following = await recruiter.data("POST", offer_path(offer, "/revise"))
        assert {name: following[name] for name in KEPT} == {name: offer[name] for name in KEPT}
        assert (following["status"], following["version_number"], following["version"]) == ("draft", 2, 1)
        assert (following["revises_id"], following["sent_at"], following["answer"]) == (offer["id"], None, None)
        before = await recruiter.data("GET", offer_path(offer))
        assert before == offer | {
            "status": "superseded",
            "version": offer["version"] + 1,
            "updated_at": before["updated_at"],
        }
        superseded, created = await watched.events()
        assert changes_of(superseded) == {"status": (status, "superseded")}
        assert changes_of(created) == {"status": (None, "draft"), "revises_id": (None, offer["id"])}


async def test_two_at_the_same_time_make_one(recruiter: ApiClient, make: Factories) -> None:
    offer = await make.offer(status="sent")
    answers = await asyncio.gather(*(recruiter.post(offer_path(offer, "/revise")) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_refuses_drafts_and_what_has_ended(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    takes = ("approved", "sent", "accepted")
    await expect_refused_elsewhere(recruiter, make, watched, "revise", None, *takes)
    offer = await quarantined(make, "sent")
    assert problem(await recruiter.post(offer_path(offer, "/revise"))) == (409, "candidate_not_active")


async def test_refuses_after_the_hire(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer(status="accepted")
    await make.command({"id": offer["application_id"]}, "hire")
    await watched.begin()
    refused = await recruiter.post(offer_path(offer, "/revise"))
    assert problem(refused) == (409, "application_not_active")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("hired", ["reopen_application"])
    await watched.expect_nothing()
    await make.admin.data("POST", f"{V1}/applications/{offer['application_id']}/reopen", json={"reopen_job": True})
    assert (await recruiter.data("POST", offer_path(offer, "/revise")))["status"] == "draft"


async def test_has_manners(
    recruiter: ApiClient, outsider: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    offer = await make.offer(status="sent")
    await expect_hidden(watched, outsider, "POST", offer_path(offer, "/revise"))
    await expect_manners(watched, recruiter, cast, make, "revise", None, "sent")
