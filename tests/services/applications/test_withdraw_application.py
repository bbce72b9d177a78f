"""withdraw_application: an end from the candidate's side."""

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
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories


async def because(make: Factories, **fields: object) -> Data:
    return {"reason_id": (await make.rejection_reason(**{"kind": WITHDRAWN, **fields}))["id"]}


@pytest.mark.parametrize("body", [{}, {"reason_id": None}])
async def test_ends_without_a_reason(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands, body: Data
) -> None:
    application = await make.application()
    hands.advance(timedelta(seconds=90))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/withdraw"), json=body)

    assert response.status_code == 200
    withdrawn = response.json()["data"]
    assert (withdrawn["status"], withdrawn["stage_id"]) == ("withdrawn", application["stage_id"])
    assert withdrawn["withdrawal"] == {"reason_id": None, "at": withdrawn["updated_at"]}
    assert await recruiter.data("GET", path_of(application)) == withdrawn
    [event] = await watched.events()
    assert (event["type"], str(event["application_id"])) == ("application.withdrawn", application["id"])
    assert changes_of(event) == {"status": ("active", "withdrawn")}
    [stay] = await expect_linear(recruiter, application, application["stage_id"])
    assert (stay["left_at"], stay["outcome"], stay["seconds"]) == (withdrawn["withdrawal"]["at"], "withdrawn", 90)


async def test_keeps_the_reason(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)
    await watched.begin()

    withdrawn = await recruiter.data("POST", path_of(application, "/withdraw"), json=reason)

    assert withdrawn["withdrawal"]["reason_id"] == reason["reason_id"]
    [event] = await watched.events()
    assert changes_of(event)["reason_id"] == (None, reason["reason_id"])


async def test_a_deleted_candidate_can_be_withdrawn(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await quarantine(recruiter, application)

    assert (await recruiter.data("POST", path_of(application, "/withdraw"), json={}))["status"] == "withdrawn"


@pytest.mark.parametrize("status", ENDED)
async def test_refuses_one_that_has_ended(recruiter: ApiClient, make: Factories, watched: Watch, status: str) -> None:
    application = await in_status(make, status)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/withdraw"), json={})

    expect_refused_in(response, "application_not_active", status)
    await watched.expect_nothing()


async def test_refuses_an_archived_reason(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make)
    await make.admin.data("PATCH", f"/api/v1/rejection_reasons/{reason['reason_id']}", json={"is_archived": True})
    await watched.begin()

    response = await recruiter.post(path_of(application, "/withdraw"), json=reason)

    assert problem(response) == (409, "reason_archived")
    await watched.expect_nothing()


async def test_refuses_a_reason_of_the_organizations(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, reason = await make.application(), await because(make, kind="rejected_by_organization")
    await watched.begin()

    response = await recruiter.post(path_of(application, "/withdraw"), json=reason)

    assert problem(response) == (409, "reason_of_other_kind")
    await watched.expect_nothing()


async def test_names_a_reason_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    application = await make.application()
    for unknown in ({"reason_id": NOWHERE}, await because(make_elsewhere)):
        response = await recruiter.post(path_of(application, "/withdraw"), json=unknown)
        assert refused_at(response) == (404, "reference_not_found", ["/reason_id"])


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    shown = await expect_dry_run(
        watched, recruiter, path_of(application, "/withdraw"), {}, [("application.withdrawn", application["id"])]
    )

    assert shown["status"] == "withdrawn"


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    await expect_if_match(watched, recruiter, "POST", path_of(application, "/withdraw"), {}, path_of(application))


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    await expect_replay(watched, recruiter, path_of(application, "/withdraw"), {}, {"reason_id": None})


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "POST", path_of(await make.application(), "/withdraw"), {})


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "POST", path_of(application, "/withdraw"), {}, "applications:write")


async def test_granted_actors_withdraw_those_of_their_jobs(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await make.application()
    await expect_hidden(watched, hiring_manager, "POST", path_of(application, "/withdraw"), {})

    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert (await hiring_manager.data("POST", path_of(application, "/withdraw"), json={}))["status"] == "withdrawn"
