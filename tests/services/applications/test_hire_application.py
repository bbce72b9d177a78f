"""hire_application: the good end. It fills an opening, and the last one may close the job."""

import asyncio
from datetime import timedelta

import pytest

from impl.lib.clock import Hands
from tests.services.applications.habits import (
    ENDED,
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
from tests.support.factories import V1, Factories


async def test_fills_the_oldest_open_opening(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    job = await make.job(openings=2)
    oldest, newer = await make.openings(job)
    application = await make.application(job)
    hands.advance(timedelta(seconds=90))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/hire"), json={"starts_on": "2027-01-04"})

    assert response.status_code == 200
    hired = response.json()["data"]
    assert (hired["status"], hired["stage_id"]) == ("hired", application["stage_id"])
    assert hired["hire"] == {
        "opening_id": oldest["id"],
        "offer_id": None,
        "starts_on": "2027-01-04",
        "at": hired["updated_at"],
    }
    assert await recruiter.data("GET", path_of(application)) == hired
    filled, still_open = await make.openings(job)
    assert (filled["status"], filled["application_id"], filled["filled_at"]) == (
        "filled",
        application["id"],
        hired["hire"]["at"],
    )
    assert still_open == newer
    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == "open"
    of_application, of_opening = await watched.events()
    assert (of_application["type"], of_opening["type"]) == ("application.hired", "opening.filled")
    assert changes_of(of_application) == {"status": ("active", "hired"), "opening_id": (None, oldest["id"])}
    assert changes_of(of_opening) == {"status": ("open", "filled")}
    [stay] = await expect_linear(recruiter, application, application["stage_id"])
    assert (stay["left_at"], stay["outcome"], stay["seconds"]) == (hired["hire"]["at"], "hired", 90)


async def test_fills_the_opening_that_is_named(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(openings=2)
    oldest, newer = await make.openings(job)
    application = await make.application(job)

    hired = await recruiter.data("POST", path_of(application, "/hire"), json={"opening_id": newer["id"]})

    assert hired["hire"]["opening_id"] == newer["id"]
    assert [opening["status"] for opening in await make.openings(job)] == ["open", "filled"]
    assert (await make.openings(job))[0] == oldest


async def test_the_last_opening_closes_the_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    [opening] = await make.openings(job)
    application = await make.application(job)
    await watched.begin()

    await recruiter.data("POST", path_of(application, "/hire"), json={})

    closed = await recruiter.data("GET", f"{V1}/jobs/{job['id']}")
    assert (closed["status"], closed["close_reason"]) == ("closed", "all_openings_filled")
    assert await watched.effects() == [
        ("application.hired", application["id"]),
        ("opening.filled", opening["id"]),
        ("job.closed", job["id"]),
    ]


@pytest.mark.parametrize(
    ("of_organization", "of_job", "expected"),
    [(True, None, "closed"), (True, False, "open"), (False, None, "open"), (False, True, "closed")],
)
async def test_the_job_or_else_the_organization_says_whether_it_closes(
    recruiter: ApiClient, make: Factories, of_organization: bool, of_job: bool | None, expected: str
) -> None:
    settings = {"settings": {"auto_close_jobs": of_organization}}
    await make.admin.data("PATCH", f"{V1}/organization", json=settings)
    job = await make.job(auto_close=of_job)

    await recruiter.data("POST", path_of(await make.application(job), "/hire"), json={})

    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == expected


async def test_a_job_that_demands_none_hires_without_an_opening(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job(requires_opening=False, auto_close=False)
    await make.command(await make.application(job), "hire")
    application = await make.application(job)
    await watched.begin()

    hired = await recruiter.data("POST", path_of(application, "/hire"), json={"opening_id": None, "starts_on": None})

    assert (hired["status"], hired["hire"]["opening_id"], hired["hire"]["starts_on"]) == ("hired", None, None)
    assert await watched.effects() == [("application.hired", application["id"])]


async def test_refuses_when_no_opening_is_left(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(auto_close=False)
    await make.command(await make.application(job), "hire")
    application = await make.application(job)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/hire"), json={})

    assert problem(response) == (409, "opening_required")
    await watched.expect_nothing()


async def test_two_at_the_same_time_share_no_opening(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(auto_close=False)
    applications = [await make.application(job) for _ in range(2)]

    answers = await asyncio.gather(*(recruiter.post(path_of(each, "/hire"), json={}) for each in applications))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["opening_required"]


async def test_refuses_an_opening_that_is_not_open(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(openings=3)
    filled, cancelled, _ = await make.openings(job)
    await make.command(await make.application(job), "hire")
    await recruiter.data("POST", f"{V1}/openings/{cancelled['id']}/cancel")
    application = await make.application(job)
    await watched.begin()
    for opening, status in ((filled, "filled"), (cancelled, "cancelled")):
        response = await recruiter.post(path_of(application, "/hire"), json={"opening_id": opening["id"]})
        assert problem(response) == (409, "opening_not_open")
        assert response.json()["current_status"] == status
    await watched.expect_nothing()


async def test_refuses_an_opening_of_another_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    [foreign] = await make.openings(await make.job())
    application = await make.application()
    await watched.begin()

    response = await recruiter.post(path_of(application, "/hire"), json={"opening_id": foreign["id"]})

    assert problem(response) == (409, "opening_of_other_job")
    await watched.expect_nothing()


@pytest.mark.parametrize("status", ENDED)
async def test_refuses_one_that_has_ended(recruiter: ApiClient, make: Factories, watched: Watch, status: str) -> None:
    application = await in_status(make, status, job=await make.job(openings=2))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/hire"), json={})

    expect_refused_in(response, "application_not_active", status)
    await watched.expect_nothing()


async def test_refuses_a_deleted_candidate(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await quarantine(recruiter, application)
    await watched.begin()

    assert problem(await recruiter.post(path_of(application, "/hire"), json={})) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_names_an_opening_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    application = await make.application()
    [foreign] = await make_elsewhere.openings(await make_elsewhere.job())
    for opening_id in (NOWHERE, foreign["id"]):
        response = await recruiter.post(path_of(application, "/hire"), json={"opening_id": opening_id})
        assert refused_at(response) == (404, "reference_not_found", ["/opening_id"])


async def test_refuses_a_day_that_does_not_exist(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()

    response = await recruiter.post(path_of(application, "/hire"), json={"starts_on": "2027-02-30"})

    assert refused_at(response) == (422, "validation_failed", ["/starts_on"])


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    [opening] = await make.openings(job)
    application = await make.application(job)
    effects = [
        ("application.hired", application["id"]),
        ("opening.filled", opening["id"]),
        ("job.closed", job["id"]),
    ]

    shown = await expect_dry_run(watched, recruiter, path_of(application, "/hire"), {}, effects)

    assert shown["hire"]["opening_id"] == opening["id"]


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    await expect_if_match(watched, recruiter, "POST", path_of(application, "/hire"), {}, path_of(application))


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    await expect_replay(watched, recruiter, path_of(application, "/hire"), {}, {"starts_on": "2027-01-04"})


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "POST", path_of(await make.application(), "/hire"), {})


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "POST", path_of(application, "/hire"), {}, "applications:write")


async def test_granted_actors_hire_on_their_jobs(hiring_manager: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await expect_hidden(watched, hiring_manager, "POST", path_of(application, "/hire"), {})

    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert (await hiring_manager.data("POST", path_of(application, "/hire"), json={}))["status"] == "hired"
