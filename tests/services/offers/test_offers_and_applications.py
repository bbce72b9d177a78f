"""What happens to offers when their application moves, ends, or ends well."""

from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, refused_at
from tests.services.offers.habits import offer_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

LIVE = ("draft", "approved", "sent", "accepted")
OUT = ("sent", "accepted")


def command_path(application: Data, command: str) -> str:
    return f"{V1}/applications/{application['id']}/{command}"


async def ended_by(make: Factories, command: str) -> tuple[str, Data]:
    """The body that ends an application, and what its event is called."""
    if command == "withdraw":
        return "application.withdrawn", {}
    return "application.rejected", {"reason_id": (await make.rejection_reason())["id"]}


@pytest.mark.parametrize("command", ["reject", "withdraw"])
async def test_live_offers_end_with_their_application(
    recruiter: ApiClient, make: Factories, watched: Watch, command: str
) -> None:
    event, body = await ended_by(make, command)
    for status in LIVE:
        application = await make.application()
        offer = await make.offer(application, status=status)
        path = command_path(application, command)
        if status in OUT:
            await watched.begin()
            refused = await recruiter.post(path, json=body)
            assert problem(refused) == (409, "offer_outstanding")
            assert refused.json()["conflicting_id"] == offer["id"]
            await watched.expect_nothing()
        await watched.begin()
        await recruiter.data("POST", path, json=body | {"withdraw_offer": status in OUT})
        assert await watched.effects() == [("offer.withdrawn", offer["id"]), (event, application["id"])]
        assert (await recruiter.data("GET", offer_path(offer)))["status"] == "withdrawn"
        await recruiter.data("POST", command_path(application, "reopen"), json={})
        assert (await make.offer(application))["status"] == "draft"


@pytest.mark.parametrize("command", ["reject", "withdraw"])
async def test_who_may_only_read_offers_withdraws_none_that_is_out(
    hiring_manager: ApiClient, make: Factories, watched: Watch, command: str
) -> None:
    _, body = await ended_by(make, command)
    job = await make.job(openings=2)
    drafted, sent = await make.application(job), await make.application(job)
    offer = await make.offer(drafted)
    await make.offer(sent, status="sent")
    await make.grant("hiring_manager", job)
    await watched.begin()
    refused = await hiring_manager.post(command_path(sent, command), json=body | {"withdraw_offer": True})
    assert problem(refused) == (403, "missing_scope")
    assert refused.json()["missing_scopes"] == ["offers:write"]
    await watched.expect_nothing()
    await hiring_manager.data("POST", command_path(drafted, command), json=body)
    assert (await hiring_manager.data("GET", offer_path(offer)))["status"] == "withdrawn"


@pytest.mark.parametrize("action", ["reject", "withdraw"])
async def test_a_bulk_does_the_same_item_by_item(recruiter: ApiClient, make: Factories, action: str) -> None:
    _, body = await ended_by(make, action)
    job = await make.job()
    applications = [await make.application(job) for _ in range(2)]
    offers = [
        await make.offer(each, status=status) for each, status in zip(applications, ("draft", "sent"), strict=True)
    ]
    bulk = body | {"action": action, "application_ids": [each["id"] for each in applications]}
    first, second = await recruiter.data("POST", f"{V1}/applications/bulk", json=bulk)
    assert (first["status"], second["status"], second["problem"]["code"]) == (200, 409, "offer_outstanding")
    bulk |= {"application_ids": [applications[1]["id"]], "withdraw_offer": True}
    [item] = await recruiter.data("POST", f"{V1}/applications/bulk", json=bulk)
    assert item["status"] == 200
    assert {(await recruiter.data("GET", offer_path(each)))["status"] for each in offers} == {"withdrawn"}


async def test_closing_a_job_withdraws_the_offers_of_those_that_it_rejects(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    drafted = await make.offer(await make.application(job))
    sent = await make.offer(await make.application(job), status="sent")
    path = f"{V1}/jobs/{job['id']}/close"
    body: dict[str, Any] = {"reason": "budget", "applications": "reject", "reason_id": reason["id"]}
    await watched.begin()
    refused = await recruiter.post(path, json=body)
    assert problem(refused) == (409, "offer_outstanding")
    assert refused.json()["conflicting_id"] == sent["id"]
    blind = await (await make.machine("jobs:write")).post(path, json=body | {"withdraw_offers": True})
    assert (problem(blind), blind.json()["missing_scopes"]) == ((403, "missing_scope"), ["offers:write"])
    await watched.begin()
    await recruiter.data("POST", path, json=body | {"withdraw_offers": True})
    types = [kind for kind, _ in await watched.effects()]
    assert (types.count("offer.withdrawn"), types.count("application.rejected")) == (2, 2)
    for offer in (drafted, sent):
        assert (await recruiter.data("GET", offer_path(offer)))["status"] == "withdrawn"


async def test_closing_a_job_that_keeps_its_applications_keeps_their_offers(
    recruiter: ApiClient, make: Factories
) -> None:
    job = await make.job()
    sent = await make.offer(await make.application(job), status="sent")
    await recruiter.data("POST", f"{V1}/jobs/{job['id']}/close", json={"reason": "other", "applications": "keep"})
    assert (await recruiter.data("GET", offer_path(sent)))["status"] == "sent"


async def test_with_a_live_offer_an_application_moves_within_its_job_only(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    application, other = await make.application(), await make.job()
    offer = await make.offer(application)
    await watched.begin()
    refused = await recruiter.post(command_path(application, "move"), json={"to_job_id": other["id"]})
    assert problem(refused) == (409, "offer_live")
    assert refused.json()["conflicting_id"] == offer["id"]
    await watched.expect_nothing()
    await make.command(application, "move")
    await recruiter.data("POST", offer_path(offer, "/withdraw"))
    moved = await recruiter.data("POST", command_path(application, "move"), json={"to_job_id": other["id"]})
    assert moved["job_id"] == other["id"]


async def test_a_hire_takes_what_the_accepted_offer_says(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(openings=2, requires_offer=True)
    oldest, newer = await make.openings(job)
    for body, opening, starts_on in (
        ({}, newer, "2027-01-04"),
        ({"opening_id": oldest["id"], "starts_on": "2027-03-01"}, oldest, "2027-03-01"),
    ):
        application = await make.application(job)
        offer = await make.offer(application, status="draft", starts_on="2027-01-04")
        if not body:
            await recruiter.data("PATCH", offer_path(offer), json={"opening_id": newer["id"]})
        for command, answer in (("submit", None), ("send", None), ("respond", {"decision": "accepted"})):
            await recruiter.data("POST", offer_path(offer, f"/{command}"), json=answer)
        hired = await recruiter.data("POST", command_path(application, "hire"), json=body | {"offer_id": offer["id"]})
        assert hired["hire"] == {
            "opening_id": opening["id"],
            "offer_id": offer["id"],
            "starts_on": starts_on,
            "at": hired["hire"]["at"],
        }
        assert (await recruiter.data("GET", offer_path(offer)))["status"] == "accepted"


async def test_a_job_may_demand_an_accepted_offer(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(requires_offer=True)
    for status in (None, "draft", "approved", "declined"):
        application = await make.application(job)
        if status:
            await make.offer(application, status=status)
        await watched.begin()
        refused = await recruiter.post(command_path(application, "hire"), json={})
        assert (problem(refused), refused.json()["allowed"]) == ((409, "offer_required"), ["create_offer"])
        await watched.expect_nothing()


async def test_a_hire_waits_for_the_answer_and_drops_what_never_went_out(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job(openings=3, auto_close=False)
    waiting = await make.application(job)
    sent = await make.offer(waiting, status="sent")
    await watched.begin()
    refused = await recruiter.post(command_path(waiting, "hire"), json={})
    assert problem(refused) == (409, "offer_outstanding")
    assert refused.json()["conflicting_id"] == sent["id"]
    await watched.expect_nothing()
    for status in ("draft", "approved"):
        application = await make.application(job)
        offer = await make.offer(application, status=status)
        hired = await recruiter.data("POST", command_path(application, "hire"), json={})
        assert (hired["status"], hired["hire"]["offer_id"]) == ("hired", None)
        assert (await recruiter.data("GET", offer_path(offer)))["status"] == "withdrawn"


async def test_a_hire_refuses_an_offer_that_is_none_of_its_own(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job(openings=2)
    application = await make.application(job)
    declined = await make.offer(application, status="declined")
    elsewhere = await make.offer(await make.application(job), status="accepted")
    await watched.begin()
    for offer_id, expected in (
        (declined["id"], (409, "offer_not_accepted", [])),
        (elsewhere["id"], (409, "offer_of_other_application", [])),
        (NOWHERE, (404, "reference_not_found", ["/offer_id"])),
    ):
        refused = await recruiter.post(command_path(application, "hire"), json={"offer_id": offer_id})
        assert refused_at(refused) == expected
    await watched.expect_nothing()
