"""update_offer: the terms, as long as the offer is a draft."""

from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_hidden,
    expect_if_match,
    expect_scope,
    refused_at,
)
from tests.services.offers.habits import SALARY, offer_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_changes_the_terms_and_tells_nothing_of_the_pay(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    offer = await make.offer(expires_on="2026-12-04", equity="Some")
    [opening] = await make.openings({"id": offer["job_id"]})
    await watched.begin()
    values = {"opening_id": opening["id"], "starts_on": "2027-02-01", "expires_on": None, "equity": None}
    changed = await recruiter.data("PATCH", offer_path(offer), json=values | {"salary": SALARY})
    expected = values | {"salary": SALARY, "expires_at": None, "version": 2, "updated_at": changed["updated_at"]}
    assert changed == offer | expected
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == (
        "offer.updated",
        {
            "opening_id": (None, opening["id"]),
            "starts_on": (None, "2027-02-01"),
            "expires_on": ("2026-12-04", None),
        },
    )
    paid = await recruiter.data("PATCH", offer_path(offer), json={"bonus": "More"})
    assert paid == changed | {"bonus": "More", "version": 3, "updated_at": paid["updated_at"]}
    assert changes_of((await watched.events())[-1]) == {}


async def test_the_same_again_changes_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer()
    await watched.begin()
    same = {name: offer[name] for name in ("salary", "bonus", "starts_on", "opening_id")}
    assert await recruiter.data("PATCH", offer_path(offer), json=same) == offer
    await watched.expect_nothing()


async def test_refuses_a_locked_one(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    for status, allowed in (
        ("approved", ["send_offer", "withdraw_offer", "revise_offer"]),
        ("sent", ["respond_to_offer", "withdraw_offer", "revise_offer"]),
        ("accepted", ["revise_offer"]),
        ("declined", []),
        ("superseded", []),
    ):
        offer = await make.offer(status=status)
        await watched.begin()
        refused = await recruiter.patch(offer_path(offer), json={"bonus": "More"})
        assert problem(refused) == (409, "offer_locked")
        assert (refused.json()["current_status"], refused.json()["allowed"]) == (status, allowed)
        await watched.expect_nothing()


async def test_refuses_an_opening_that_does_not_fit(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer()
    [own] = await make.openings({"id": offer["job_id"]})
    await make.admin.data("POST", f"{V1}/openings/{own['id']}/cancel")
    [other] = await make.openings(await make.job())
    await watched.begin()
    for opening_id, expected in (
        (own["id"], (409, "opening_not_open", [])),
        (other["id"], (409, "opening_of_other_job", [])),
        (NOWHERE, (404, "reference_not_found", ["/opening_id"])),
    ):
        assert refused_at(await recruiter.patch(offer_path(offer), json={"opening_id": opening_id})) == expected
    await watched.expect_nothing()


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer()
    await expect_if_match(watched, recruiter, "PATCH", offer_path(offer), {"bonus": "More"}, offer_path(offer))


async def test_hides_it_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    offer = await make.offer()
    await expect_hidden(watched, outsider, "PATCH", offer_path(offer), {"bonus": "More"})
    await make.grant("hiring_manager", {"id": offer["job_id"]})
    await expect_scope(hiring_manager, "PATCH", offer_path(offer), {"bonus": "More"}, "offers:write")
