"""send_offer: out with the candidate, while there is time."""

from datetime import timedelta

from impl.lib.clock import Hands
from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden
from tests.services.offers.habits import expect_manners, expect_refused_elsewhere, offer_path, quarantined
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_notes_when_it_went_out(recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands) -> None:
    offer = await make.offer(status="approved")
    await expect_dry_run(watched, recruiter, offer_path(offer, "/send"), None, [("offer.sent", offer["id"])])
    sent = await recruiter.data("GET", offer_path(offer))
    now = sent["updated_at"]
    assert sent == offer | {"status": "sent", "sent_at": now, "updated_at": now, "version": 3}
    assert changes_of((await watched.events())[-1]) == {"status": ("approved", "sent")}


async def test_refuses_one_whose_time_is_over(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    today = f"{hands():%Y-%m-%d}"
    offer = await make.offer(status="approved", expires_on=today)
    other = await make.offer(status="approved", expires_on=today)
    assert (await recruiter.data("POST", offer_path(other, "/send")))["status"] == "sent"
    hands.advance(timedelta(days=1))
    await watched.begin()
    assert problem(await recruiter.post(offer_path(offer, "/send"))) == (409, "offer_expired")
    await watched.expect_nothing()


async def test_refuses_what_is_not_approved(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_refused_elsewhere(recruiter, make, watched, "send", None, "approved")
    offer = await quarantined(make, "approved")
    assert problem(await recruiter.post(offer_path(offer, "/send"))) == (409, "candidate_not_active")


async def test_has_manners(
    recruiter: ApiClient, outsider: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    offer = await make.offer(status="approved")
    await expect_hidden(watched, outsider, "POST", offer_path(offer, "/send"))
    await expect_manners(watched, recruiter, cast, make, "send", None, "approved")
