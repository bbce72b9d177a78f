"""reject_application: an end from the organization's side."""

from datetime import timedelta

import pytest

from impl.lib.clock import Hands
from tests.services.applications.habits import (
    ENDED,
    WITHDRAWN,
    expect_linear,
    expect_refused_in,
    in_status,
    path_of,
    quarantine,
)
from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
    refused_at,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows


async def because(make: Factories, **fields: object) -> Data:
    return {"reason_id": (await make.rejection_reason(**fields))["id"]}


async def test_ends_and_keeps_the_stage(recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands) -> None:
    application, reason = await make.application(), await because(make)
    hands.advance(timedelta(seconds=90))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reject"), json={**reason, "note": "Not this time."})

    assert response.status_code == 200
    rejected = response.json()["data"]
    assert (rejected["status"], rejected["stage_id"]) == ("rejected", application["stage_id"])
    assert rejected["rejection"] == {**reason, "note": "Not this time.", "at": rejected["updated_at"]}
    assert await recruiter.data("GET", path_of(application)) == rejected
    [event] = await watched.events()
    assert (event["type"], str(event["application_id"])) == ("application.rejected", application["id"])
    assert changes_of(event) == {"status": ("active", "rejected"), "reason_id": (None, reason["reason_id"])}
    [stay] = await expect_linear(recruiter, application, application["stage_id"])
    assert (stay["left_at"], stay["outcome"], stay["seconds"]) == (rejected["rejection"]["at"], "rejected", 90)


async def test_the_note_is_sealed_and_in_no_event(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    application = await make.application()
    body = {**await because(make), "note": "Quokka of the north"}

    await recruiter.data("POST", path_of(application, "/reject"), json=body)

    sealed = await rows.connection.fetchval(
        "SELECT note_sealed FROM applications WHERE organization_id = $1", cast.organization_id
    )
    assert b"Quokka" not in sealed
    assert "Quokka" not in str(await rows.events(cast.organization_id))


async def test_the_wish_to_notify_is_recorded(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application(candidate=await make.reachable())
    await make.rejection_template()
    body = {**await because(make), "notify": True}
    await watched.begin()

    await recruiter.data("POST", path_of(application, "/reject"), json=body)

    event, told = await watched.events()
    assert told["type"] == "message.queued"
    assert changes_of(event)["notify"] == (None, "true")


async def test_a_deleted_candidate_can_be_rejected(recruiter: ApiClient, make: Factories) -> None:
    application, reason = await make.application(), await because(make)
    await quarantine(recruiter, application)

    assert (await recruiter.data("POST", path_of(application, "/reject"), json=reason))["status"] == "rejected"


@pytest.mark.parametrize("status", ENDED)
async def test_refuses_one_that_has_ended(recruiter: ApiClient, make: Factories, watched: Watch, status: str) -> None:
    application, reason = await in_status(make, status), await because(make)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reject"), json=reason)

    expect_refused_in(response, "application_not_active", status)
    await watched.expect_nothing()


async def test_refuses_an_archived_reason(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)
    await make.admin.data("PATCH", f"/api/v1/rejection_reasons/{reason['reason_id']}", json={"is_archived": True})
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reject"), json=reason)

    assert problem(response) == (409, "reason_archived")
    await watched.expect_nothing()


async def test_refuses_a_reason_of_the_candidates(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make, kind=WITHDRAWN)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reject"), json=reason)

    assert problem(response) == (409, "reason_of_other_kind")
    await watched.expect_nothing()


async def test_needs_a_reason_that_is_there(recruiter: ApiClient, make: Factories, make_elsewhere: Factories) -> None:
    application = await make.application()

    without = await recruiter.post(path_of(application, "/reject"), json={})

    assert refused_at(without) == (422, "validation_failed", ["/reason_id"])
    for unknown in ({"reason_id": NOWHERE}, await because(make_elsewhere)):
        response = await recruiter.post(path_of(application, "/reject"), json=unknown)
        assert refused_at(response) == (404, "reference_not_found", ["/reason_id"])


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)

    shown = await expect_dry_run(
        watched, recruiter, path_of(application, "/reject"), reason, [("application.rejected", application["id"])]
    )

    assert shown["status"] == "rejected"


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)

    await expect_if_match(watched, recruiter, "POST", path_of(application, "/reject"), reason, path_of(application))


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)

    await expect_replay(watched, recruiter, path_of(application, "/reject"), reason, {**reason, "note": "Other"})


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)

    await expect_hidden(watched, outsider, "POST", path_of(application, "/reject"), reason)


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application, reason = await make.application(), await because(make)
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "POST", path_of(application, "/reject"), reason, "applications:write")


async def test_granted_actors_reject_those_of_their_jobs(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application, reason = await make.application(), await because(make)
    await expect_hidden(watched, hiring_manager, "POST", path_of(application, "/reject"), reason)

    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert (await hiring_manager.data("POST", path_of(application, "/reject"), json=reason))["status"] == "rejected"
