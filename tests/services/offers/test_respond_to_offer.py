"""respond_to_offer: what the candidate has said, and when."""

from datetime import timedelta

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.clock import Hands
from impl.services.offers.tasks import expire_offers
from tests.services.habits import NOWHERE, Watch, changes_of, expect_dry_run, expect_hidden, refused_at
from tests.services.offers.habits import expect_manners, expect_refused_elsewhere, offer_path, quarantined
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

YES = {"decision": "accepted"}
NO = {"decision": "declined"}


async def test_accepting_hires_nobody(recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands) -> None:
    offer = await make.offer(status="sent")
    path, today = offer_path(offer, "/respond"), f"{hands():%Y-%m-%d}"
    await expect_dry_run(watched, recruiter, path, YES, [("offer.accepted", offer["id"])])
    accepted = await recruiter.data("GET", offer_path(offer))
    answer = {"responded_on": today, "reason_id": None, "note": None, "at": accepted["updated_at"]}
    assert (accepted["status"], accepted["answer"]) == ("accepted", answer)
    assert changes_of((await watched.events())[-1]) == {"status": ("sent", "accepted"), "responded_on": (None, today)}
    application = await recruiter.data("GET", f"{V1}/applications/{offer['application_id']}")
    assert (application["status"], application["hire"]) == ("active", None)


async def test_declining_has_a_day_a_reason_and_a_note(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    offer = await make.offer(status="sent")
    reason = await make.rejection_reason(kind="withdrawn_by_candidate")
    sent_on = f"{hands():%Y-%m-%d}"
    hands.advance(timedelta(days=3))
    body = NO | {"responded_on": sent_on, "reason_id": reason["id"], "note": "Stays where she is."}
    declined = await recruiter.data("POST", offer_path(offer, "/respond"), json=body)
    answer = {name: body[name] for name in ("responded_on", "reason_id", "note")} | {"at": declined["updated_at"]}
    assert (declined["status"], declined["answer"]) == ("declined", answer)
    event = (await watched.events())[-1]
    assert changes_of(event) == {
        "status": ("sent", "declined"),
        "responded_on": (None, sent_on),
        "reason_id": (None, reason["id"]),
    }


async def test_the_day_lies_between_the_sending_and_today(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    """Days are those of the organization: in Auckland it is tomorrow already."""
    hands.set(hands().replace(hour=18) + timedelta(days=1))
    offer = await make.offer(status="sent")
    tomorrow, yesterday = f"{hands() + timedelta(days=1):%Y-%m-%d}", f"{hands() - timedelta(days=1):%Y-%m-%d}"
    for day in (yesterday, tomorrow):
        await watched.begin()
        refused = await recruiter.post(offer_path(offer, "/respond"), json=YES | {"responded_on": day})
        assert refused_at(refused) == (422, "date_out_of_range", ["/responded_on"])
        await watched.expect_nothing()
    await make.admin.data("PATCH", f"{V1}/organization", json={"time_zone": "Pacific/Auckland"})
    accepted = await recruiter.data("POST", offer_path(offer, "/respond"), json=YES)
    assert accepted["answer"]["responded_on"] == tomorrow


async def test_an_answer_in_time_can_be_noted_late_until_the_offer_has_expired(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands, runtime: Runtime, cast: Cast
) -> None:
    today = f"{hands():%Y-%m-%d}"
    in_time, late, silent, endless = [
        await make.offer(status="sent", expires_on=day) for day in (today, today, today, None)
    ]
    hands.advance(timedelta(days=1))
    await watched.begin()
    refused = await recruiter.post(offer_path(late, "/respond"), json=YES)
    assert problem(refused) == (409, "offer_expired")
    await watched.expect_nothing()
    accepted = await recruiter.data("POST", offer_path(in_time, "/respond"), json=YES | {"responded_on": today})
    assert accepted["status"] == "accepted"
    await watched.begin()
    for _ in range(2):
        await expire_offers.work(TaskRun(runtime, cast.organization_id, "", 1))
    events = await watched.events()
    assert [(event["type"], str(event["resource_id"])) for event in events] == [
        ("offer.expired", each["id"]) for each in (late, silent)
    ]
    assert [(event["actor_type"], changes_of(event)) for event in events] == [
        ("system", {"status": ("sent", "expired")})
    ] * 2
    expired = await recruiter.post(offer_path(silent, "/respond"), json=YES | {"responded_on": today})
    assert problem(expired) == (409, "offer_transition_refused")
    assert expired.json()["current_status"] == "expired"
    assert (await recruiter.data("GET", offer_path(endless)))["status"] == "sent"
    assert (await make.offer({"id": silent["application_id"]}))["version_number"] == 1


async def test_refuses_a_reason_that_does_not_fit(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    offer = await make.offer(status="sent")
    archived = await make.rejection_reason(kind="withdrawn_by_candidate")
    path = f"{V1}/rejection_reasons/{archived['id']}"
    await make.admin.data("PATCH", path, json={"is_archived": True})
    other_kind = await make.rejection_reason()
    await watched.begin()
    for reason_id, expected in (
        (archived["id"], (409, "reason_archived", [])),
        (other_kind["id"], (409, "reason_of_other_kind", [])),
        (NOWHERE, (404, "reference_not_found", ["/reason_id"])),
    ):
        refused = await recruiter.post(offer_path(offer, "/respond"), json=NO | {"reason_id": reason_id})
        assert refused_at(refused) == expected
    refused = await recruiter.post(offer_path(offer, "/respond"), json=YES | {"reason_id": archived["id"]})
    assert refused_at(refused) == (422, "validation_failed", ["/reason_id"])
    await watched.expect_nothing()


async def test_refuses_what_is_not_out(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_refused_elsewhere(recruiter, make, watched, "respond", YES, "sent")
    offer = await quarantined(make, "sent")
    assert problem(await recruiter.post(offer_path(offer, "/respond"), json=YES)) == (409, "candidate_not_active")


async def test_has_manners(
    recruiter: ApiClient, outsider: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    offer = await make.offer(status="sent")
    await expect_hidden(watched, outsider, "POST", offer_path(offer, "/respond"), NO)
    await expect_manners(watched, recruiter, cast, make, "respond", NO, "sent")
