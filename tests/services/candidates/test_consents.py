"""Consents: recorded, listed by purpose and by whether they stand, withdrawn, expired by their date."""

from datetime import timedelta

import pytest

from impl.lib import clock
from tests.services.candidates.habits import path_of
from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_cursor_rules,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_query_rules,
    expect_replay,
    expect_scope,
    ids_of,
    instant,
    refused_at,
    walk,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

BODY: Data = {"purpose": "talent_pool", "policy_version": "2026-03", "source": "email", "evidence": "Numbat's reply"}


def consents_of(candidate: Data) -> str:
    return path_of(candidate, "/consents")


def path(consent: Data, rest: str = "") -> str:
    return f"{V1}/consents/{consent['id']}{rest}"


async def listed(client: ApiClient, candidate: Data, query: str = "") -> list[str]:
    return ids_of(await client.data("GET", f"{consents_of(candidate)}?sort=created_at{query}"))


async def test_create_works_and_records_its_event(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await watched.begin()
    body = BODY | {"given_at": "2026-01-02T03:04:05Z", "expires_on": "2099-01-02"}

    response = await recruiter.post(consents_of(candidate), json=body)

    made = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == path(made)
    told = {"candidate_id": candidate["id"], "status": "given", "is_current": True, "withdrawn_at": None, "version": 1}
    assert made == {**made, **body, **told}
    assert await recruiter.data("GET", path(made)) == made
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"]), str(event["candidate_id"])) == (
        "consent.given",
        made["id"],
        candidate["id"],
    )
    assert changes_of(event) == {
        name: (None, body[name]) for name in ("purpose", "policy_version", "source", "expires_on")
    }


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"given_at": instant(clock.now() + timedelta(days=1))}, "instant_out_of_range", "/given_at"),
        ({"expires_on": "2026-01-02"}, "instant_out_of_range", "/expires_on"),
        ({"purpose": "profit"}, "validation_failed", "/purpose"),
        ({"expires_on": "2027-02-30"}, "validation_failed", "/expires_on"),
        ({"status": "given"}, "validation_failed", "/status"),
    ],
)
async def test_create_refuses_what_is_no_consent(
    recruiter: ApiClient, make: Factories, watched: Watch, change: Data, code: str, pointer: str
) -> None:
    candidate = await make.candidate()
    await watched.begin()

    assert refused_at(await recruiter.post(consents_of(candidate), json=BODY | change)) == (422, code, [pointer])

    await watched.expect_nothing()


async def test_create_replays_and_needs_its_permission(
    recruiter: ApiClient, hiring_manager: ApiClient, outsider: ApiClient, make: Factories, watched: Watch
) -> None:
    candidate = await make.candidate()
    await expect_replay(watched, recruiter, consents_of(candidate), BODY, BODY | {"source": "paper"})
    await expect_scope(hiring_manager, "POST", consents_of(candidate), BODY, "candidates:write")
    await expect_hidden(watched, outsider, "POST", consents_of(candidate), BODY)


async def test_the_newest_of_a_purpose_is_the_one_that_counts(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    late, early = await make.consent(candidate), await make.consent(candidate, given_at="2026-01-02T03:04:05Z")
    other = await make.consent(candidate, purpose="marketing")

    assert [(await recruiter.data("GET", path(each)))["is_current"] for each in (late, early, other)] == [
        True,
        False,
        True,
    ]
    assert await listed(recruiter, candidate, "&is_current=true") == [late["id"], other["id"]]
    assert await listed(recruiter, candidate, "&is_current=false") == [early["id"]]
    await recruiter.data("POST", path(late, "/withdraw"))
    assert await listed(recruiter, candidate, "&is_current=true&status=given") == [other["id"]]


async def test_list_narrows_and_pages(recruiter: ApiClient, make: Factories, watched: Watch, rows: Rows) -> None:
    candidate, stranger = await make.candidate(), await make.candidate()
    given, withdrawn, expired = [
        await make.consent(candidate, purpose=each) for each in ("recruitment", "marketing", "talent_pool")
    ]
    await make.consent(stranger)
    await recruiter.data("POST", path(withdrawn, "/withdraw"))
    yesterday = clock.now().date() - timedelta(days=1)
    await rows.connection.execute("UPDATE consents SET expires_on = $1 WHERE id = $2", yesterday, expired["id"])

    everything = [given["id"], withdrawn["id"], expired["id"]]
    assert ids_of(await recruiter.data("GET", consents_of(candidate))) == everything[::-1]
    assert await walk(recruiter, consents_of(candidate), sort="created_at") == everything
    for query, found in (
        ("&status=given", [given]),
        ("&status=withdrawn", [withdrawn]),
        ("&status=expired,given", [given, expired]),
        ("&purpose=marketing,talent_pool", [withdrawn, expired]),
        (f"&created_after={given['created_at']}", [withdrawn, expired]),
        (f"&updated_after={expired['updated_at']}", [withdrawn]),
    ):
        assert await listed(recruiter, candidate, query) == ids_of(found), query
    assert (await recruiter.data("GET", path(expired)))["status"] == "expired"
    await expect_query_rules(recruiter, consents_of(candidate), "status=lost", "purpose=profit", "sort=given_at")
    await expect_cursor_rules(recruiter, consents_of(candidate), "status=given", "sort=created_at")


async def test_withdraw_works_once_and_can_be_tried(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    consent = await make.consent()

    tried = await expect_dry_run(
        watched, recruiter, path(consent, "/withdraw"), None, [("consent.withdrawn", consent["id"])]
    )

    done = await recruiter.data("GET", path(consent))
    assert (tried["status"], done["status"], done["version"]) == ("withdrawn", "withdrawn", 2)
    assert consent["given_at"] < done["withdrawn_at"] <= done["updated_at"]
    assert changes_of((await watched.events())[-1]) == {"status": ("given", "withdrawn")}
    again = await recruiter.post(path(consent, "/withdraw"))
    assert problem(again) == (409, "consent_not_given")
    assert (again.json()["current_status"], again.json()["allowed"]) == ("withdrawn", [])


async def test_withdraw_refuses_an_expired_one(recruiter: ApiClient, make: Factories, rows: Rows) -> None:
    consent = await make.consent()
    yesterday = clock.now().date() - timedelta(days=1)
    await rows.connection.execute("UPDATE consents SET expires_on = $1 WHERE id = $2", yesterday, consent["id"])

    refused = await recruiter.post(path(consent, "/withdraw"))

    assert (problem(refused), refused.json()["current_status"]) == ((409, "consent_not_given"), "expired")


async def test_withdraw_replays_and_heeds_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_replay(watched, recruiter, path(await make.consent(), "/withdraw"), None)
    consent = await make.consent()
    await expect_if_match(watched, recruiter, "POST", path(consent, "/withdraw"), None, path(consent))


async def test_rights(hiring_manager: ApiClient, outsider: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    candidate = {"id": application["candidate_id"]}
    consent = await make.consent(candidate)
    for client in (hiring_manager, outsider):
        await expect_hidden(watched, client, "GET", path(consent))
        await expect_hidden(watched, client, "GET", consents_of(candidate))
    await expect_hidden(watched, outsider, "POST", path(consent, "/withdraw"))
    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert await hiring_manager.data("GET", consents_of(candidate)) == [consent]
    assert await hiring_manager.data("GET", path(consent)) == consent
    await expect_scope(hiring_manager, "POST", path(consent, "/withdraw"), None, "candidates:write")
    other = await make.machine("jobs:read")
    await expect_scope(other, "GET", path(consent), None, "candidates:read")
    await expect_scope(other, "GET", consents_of(candidate), None, "candidates:read")


async def test_of_a_deleted_candidate_nothing_is_there(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    consent = await make.consent(candidate)
    await make.admin.data("DELETE", path_of(candidate))

    assert problem(await recruiter.get(consents_of(candidate))) == (404, "candidate_quarantined")
    assert problem(await recruiter.post(consents_of(candidate), json=BODY)) == (404, "candidate_quarantined")
    for method, rest in (("GET", ""), ("POST", "/withdraw")):
        assert problem(await recruiter.request(method, path(consent, rest))) == (404, "not_found")
    assert problem(await recruiter.get(path({"id": NOWHERE}))) == (404, "not_found")


async def test_is_not_sent_again(recruiter: ApiClient, make: Factories) -> None:
    consent = await make.consent()
    tag = (await recruiter.get(path(consent))).headers["ETag"]

    assert (await recruiter.get(path(consent), headers={"If-None-Match": tag})).status_code == 304


async def test_goes_over_with_a_merge(recruiter: ApiClient, make: Factories) -> None:
    survivor = await make.candidate()
    duplicate = await make.candidate()
    consent = await make.consent(duplicate)

    await recruiter.data("POST", path_of(survivor, "/merge"), json={"duplicate_id": duplicate["id"]})

    assert (await recruiter.data("GET", path(consent)))["candidate_id"] == survivor["id"]
    assert problem(await recruiter.post(consents_of(duplicate), json=BODY)) == (409, "candidate_merged")
    moved = await recruiter.get(consents_of(duplicate))
    assert (moved.status_code, moved.headers["Location"]) == (308, consents_of(survivor))


async def test_an_anonymized_person_agrees_to_nothing(make: Factories, admin: ApiClient) -> None:
    candidate = await make.candidate()
    consent = await make.consent(candidate)
    await admin.data("POST", path_of(candidate, "/anonymize"))

    assert problem(await admin.post(consents_of(candidate), json=BODY)) == (409, "candidate_not_active")
    assert await admin.data("GET", consents_of(candidate)) == []
    assert problem(await admin.get(path(consent))) == (404, "not_found")
