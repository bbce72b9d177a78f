"""withdraw_offer: taken back before the candidate has answered."""

from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden
from tests.services.offers.habits import expect_manners, expect_refused_elsewhere, offer_path, quarantined
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_takes_it_back_from_every_status_before_the_answer(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    for status in ("draft", "approved", "sent"):
        offer = await make.offer(status=status)
        path = offer_path(offer, "/withdraw")
        await expect_dry_run(watched, recruiter, path, None, [("offer.withdrawn", offer["id"])])
        withdrawn = await recruiter.data("GET", offer_path(offer))
        changed = {"version": offer["version"] + 1, "updated_at": withdrawn["updated_at"]}
        assert withdrawn == offer | changed | {"status": "withdrawn"}
        assert changes_of((await watched.events())[-1]) == {"status": (status, "withdrawn")}


async def test_refuses_what_has_ended(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_refused_elsewhere(recruiter, make, watched, "withdraw", None, "draft", "approved", "sent")
    offer = await quarantined(make, "sent")
    assert (await recruiter.data("POST", offer_path(offer, "/withdraw")))["status"] == "withdrawn"


async def test_has_manners(
    recruiter: ApiClient, outsider: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    offer = await make.offer(status="sent")
    await expect_hidden(watched, outsider, "POST", offer_path(offer, "/withdraw"))
    await expect_manners(watched, recruiter, cast, make, "withdraw", None, "sent")
