"""create_offer: a draft on an active application, one at a time."""

import asyncio

import pytest

from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_replay, expect_scope, refused_at
from tests.services.offers.habits import SALARY, drafts_path, offer_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

TERMS = {
    "salary": SALARY,
    "bonus": "A tenth of it.",
    "equity": "0.1 % over four years.",
    "starts_on": "2027-01-04",
    "expires_on": "2026-12-04",
}


async def test_drafts_and_records_it_without_the_pay(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    await make.admin.data("PATCH", f"{V1}/organization", json={"time_zone": "America/New_York"})
    application = await make.application()
    [opening] = await make.openings({"id": application["job_id"]})
    response = await recruiter.post(drafts_path(application), json=TERMS | {"opening_id": opening["id"]})
    offer = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == offer_path(offer)
    assert offer | TERMS | {"opening_id": opening["id"]} == offer
    assert [offer[name] for name in ("application_id", "candidate_id", "job_id")] == [
        application["id"],
        application["candidate_id"],
        application["job_id"],
    ]
    assert (offer["status"], offer["version_number"], offer["revises_id"], offer["version"]) == ("draft", 1, None, 1)
    assert (offer["sent_at"], offer["answer"]) == (None, None)
    assert offer["expires_at"] == "2026-12-05T05:00:00Z"
    assert await recruiter.data("GET", offer_path(offer)) == offer
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], changes_of(event)) == ("offer.created", {"status": (None, "draft")})
    assert {str(event[name]) for name in ("job_id", "candidate_id", "application_id")} == {
        application[name] for name in ("job_id", "candidate_id", "id")
    }


async def test_takes_no_terms_at_all(recruiter: ApiClient, make: Factories) -> None:
    offer = await recruiter.data("POST", drafts_path(await make.application()), json={})
    assert {offer[name] for name in (*TERMS, "opening_id", "expires_at")} == {None}


async def test_refuses_a_second_live_one(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    for status in ("draft", "approved", "sent", "accepted"):
        application = await make.application()
        standing = await make.offer(application, status=status)
        await watched.begin()
        refused = await recruiter.post(drafts_path(application), json={})
        assert problem(refused) == (409, "offer_live")
        assert refused.json()["conflicting_id"] == standing["id"]
        blind = await (await make.machine("offers:write")).post(drafts_path(application), json={})
        assert problem(blind) == (409, "offer_live")
        assert "conflicting_id" not in blind.json()
    for status in ("declined", "withdrawn"):
        application = await make.application()
        await make.offer(application, status=status)
        assert (await recruiter.data("POST", drafts_path(application), json={}))["version_number"] == 1


async def test_two_at_the_same_time_are_one(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    answers = await asyncio.gather(*(recruiter.post(drafts_path(application), json={}) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"offer_live"}


async def test_refuses_who_is_out_of_the_running(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await make.command(application, "withdraw")
    quarantined = await make.application()
    await make.admin.request("DELETE", f"{V1}/candidates/{quarantined['candidate_id']}")
    await watched.begin()
    refused = await recruiter.post(drafts_path(application), json={})
    assert problem(refused) == (409, "application_not_active")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("withdrawn", ["reopen_application"])
    assert problem(await recruiter.post(drafts_path(quarantined), json={})) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_refuses_an_opening_that_does_not_fit(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    job = await make.job(openings=2)
    application = await make.application(job)
    [cancelled, _] = await make.openings(job)
    await make.admin.data("POST", f"{V1}/openings/{cancelled['id']}/cancel")
    [other] = await make.openings(await make.job())
    [foreign] = await make_elsewhere.openings(await make_elsewhere.job())
    await watched.begin()
    for opening_id, expected in (
        (cancelled["id"], (409, "opening_not_open", [])),
        (other["id"], (409, "opening_of_other_job", [])),
        (foreign["id"], (404, "reference_not_found", ["/opening_id"])),
        (NOWHERE, (404, "reference_not_found", ["/opening_id"])),
    ):
        refused = await recruiter.post(drafts_path(application), json={"opening_id": opening_id})
        assert refused_at(refused) == expected
    await watched.expect_nothing()


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"salary": SALARY | {"period": "decade"}}, "/salary/period"),
        (
            {"salary": {"amount": {"amount_minor": -1, "currency": "EUR"}, "period": "year"}},
            "/salary/amount/amount_minor",
        ),
        ({"expires_on": "1999-12-31"}, "/expires_on"),
        ({"bonus": ""}, "/bonus"),
        ({"status": "sent"}, "/status"),
    ],
)
async def test_refuses_wrong_terms(
    recruiter: ApiClient, make: Factories, wrong: dict[str, object], pointer: str
) -> None:
    refused = await recruiter.post(drafts_path(await make.application()), json=wrong)
    assert refused_at(refused) == (422, "validation_failed", [pointer])


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = drafts_path(await make.application())
    await expect_replay(watched, recruiter, path, {"salary": SALARY}, {"bonus": "Other"})


async def test_hides_an_application_of_another_organization(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await make.application()
    await expect_hidden(watched, outsider, "POST", drafts_path(application), {})
    await make.grant("hiring_manager", {"id": application["job_id"]})
    await expect_scope(hiring_manager, "POST", drafts_path(application), {}, "offers:write")
