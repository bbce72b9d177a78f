"""reopen_application: an ended application goes on."""

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
    retire,
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
from tests.support.factories import V1, Data, Factories

WITH_JOB = {"reopen_job": True}


async def hired_into(make: Factories, job: Data) -> Data:
    """An application that was hired on the job."""
    return await in_status(make, "hired", job=job)


async def job_now(client: ApiClient, job: Data) -> Data:
    found: Data = await client.data("GET", f"{V1}/jobs/{job['id']}")
    return found


@pytest.mark.parametrize("status", ENDED)
async def test_is_active_again_where_it_ended(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands, status: str
) -> None:
    job = await make.job(openings=2)
    first, second = (await make.stages(job))[:2]
    application = await make.application(job)
    await make.command(application, "move")
    reason = await make.rejection_reason()
    hands.advance(timedelta(seconds=60))
    commands = {"rejected": "reject", "withdrawn": "withdraw", "hired": "hire"}
    body = {"reason_id": reason["id"], "note": "Later."} if status == "rejected" else {}
    await make.command(application, commands[status], body)
    hands.advance(timedelta(seconds=60))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json={})

    assert response.status_code == 200
    reopened = response.json()["data"]
    assert (reopened["status"], reopened["stage_id"]) == ("active", second["id"])
    assert [reopened[name] for name in ("rejection", "withdrawal", "hire")] == [None, None, None]
    assert reopened["stage_entered_at"] == reopened["updated_at"]
    assert await recruiter.data("GET", path_of(application)) == reopened
    event = (await watched.events())[-1]
    assert (event["type"], str(event["application_id"])) == ("application.reopened", application["id"])
    assert changes_of(event) == {"status": (status, "active")}
    stays = await expect_linear(recruiter, application, first["id"], second["id"], second["id"])
    assert [stay["seconds"] for stay in stays] == [0, 60, None]


async def test_goes_to_the_stage_that_is_named(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")
    third = (await make.stages({"id": application["job_id"]}))[2]
    await watched.begin()

    reopened = await recruiter.data("POST", path_of(application, "/reopen"), json={"to_stage_id": third["id"]})

    assert reopened["stage_id"] == third["id"]
    [event] = await watched.events()
    assert changes_of(event)["stage_id"] == (application["stage_id"], third["id"])
    await expect_linear(recruiter, application, application["stage_id"], third["id"])


async def test_goes_to_the_first_stage_when_its_last_one_is_retired(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    stages = await make.stages(job)
    application = await in_status(make, "withdrawn", job=job, stage_id=stages[2]["id"])
    await retire(recruiter, job, stages, stages[2])

    reopened = await recruiter.data("POST", path_of(application, "/reopen"), json={})

    assert reopened["stage_id"] == stages[0]["id"]


async def test_the_opening_is_open_again(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(openings=2)
    application = await hired_into(make, job)
    opening_id = application["hire"]["opening_id"]
    await watched.begin()

    await recruiter.data("POST", path_of(application, "/reopen"), json={})

    openings = await make.openings(job)
    assert [opening["status"] for opening in openings] == ["open", "open"]
    assert [(each["application_id"], each["filled_at"]) for each in openings] == [(None, None)] * 2
    assert await watched.effects() == [
        ("opening.reopened", opening_id),
        ("application.reopened", application["id"]),
    ]
    hired_again = await make.command(application, "hire")
    assert hired_again["hire"]["opening_id"] == opening_id


async def test_the_job_that_it_closed_opens_again(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    application = await hired_into(make, job)
    assert (await job_now(recruiter, job))["status"] == "closed"
    await watched.begin()

    await recruiter.data("POST", path_of(application, "/reopen"), json=WITH_JOB)

    opened = await job_now(recruiter, job)
    assert (opened["status"], opened["close_reason"], opened["closed_at"]) == ("open", None, None)
    assert [effect for effect, _ in await watched.effects()] == [
        "opening.reopened",
        "job.opened",
        "application.reopened",
    ]


async def test_an_open_job_stays_as_it_is(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")
    before = await job_now(recruiter, {"id": application["job_id"]})
    await watched.begin()

    await recruiter.data("POST", path_of(application, "/reopen"), json=WITH_JOB)

    assert await watched.effects() == [("application.reopened", application["id"])]
    assert await job_now(recruiter, before) == before


async def test_refuses_a_closed_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await hired_into(make, await make.job())
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json={"reopen_job": False})

    assert problem(response) == (409, "job_not_open")
    assert response.json()["current_status"] == "closed"
    await watched.expect_nothing()


async def test_a_job_without_an_open_opening_stays_closed(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    application = await in_status(make, "withdrawn", job=job)
    await recruiter.data("POST", f"{V1}/jobs/{job['id']}/close", json={"reason": "budget", "applications": "keep"})
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json=WITH_JOB)

    assert problem(response) == (409, "job_has_no_open_opening")
    await watched.expect_nothing()
    await make.opening(job)
    assert (await recruiter.data("POST", path_of(application, "/reopen"), json=WITH_JOB))["status"] == "active"


async def test_opening_the_job_needs_its_scope(make: Factories, hiring_manager: ApiClient, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")
    await make.grant("hiring_manager", {"id": application["job_id"]})
    await watched.begin()

    await expect_scope(hiring_manager, "POST", path_of(application, "/reopen"), WITH_JOB, "jobs:write")
    await watched.expect_nothing()


async def test_refuses_an_active_one(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json={})

    expect_refused_in(response, "application_already_active", "active")
    await watched.expect_nothing()


async def test_refuses_when_another_one_is_active_on_the_job(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    ended = await in_status(make, "withdrawn", job=job)
    standing = await make.application(job, {"id": ended["candidate_id"]})
    await watched.begin()

    response = await recruiter.post(path_of(ended, "/reopen"), json={})

    assert problem(response) == (409, "duplicate_application")
    assert response.json()["conflicting_id"] == standing["id"]
    await watched.expect_nothing()


async def test_refuses_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    application = await in_status(make, "withdrawn")
    await quarantine(recruiter, application)

    assert problem(await recruiter.post(path_of(application, "/reopen"), json={})) == (409, "candidate_not_active")


async def test_refuses_a_stage_of_another_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, foreign = await in_status(make, "withdrawn"), (await make.stages(await make.job()))[0]
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json={"to_stage_id": foreign["id"]})

    assert problem(response) == (409, "stage_of_other_job")
    await watched.expect_nothing()


async def test_refuses_a_retired_stage(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    stages = await make.stages(job)
    application = await in_status(make, "withdrawn", job=job)
    await retire(recruiter, job, stages, stages[0])
    await watched.begin()

    response = await recruiter.post(path_of(application, "/reopen"), json={"to_stage_id": stages[0]["id"]})

    assert problem(response) == (409, "stage_retired")
    await watched.expect_nothing()


async def test_names_a_stage_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    application = await in_status(make, "withdrawn")
    foreign = (await make_elsewhere.stages(await make_elsewhere.job()))[0]
    for stage_id in (NOWHERE, foreign["id"]):
        response = await recruiter.post(path_of(application, "/reopen"), json={"to_stage_id": stage_id})
        assert refused_at(response) == (404, "reference_not_found", ["/to_stage_id"])


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    application = await hired_into(make, job)
    effects = [
        ("opening.reopened", application["hire"]["opening_id"]),
        ("job.opened", job["id"]),
        ("application.reopened", application["id"]),
    ]

    shown = await expect_dry_run(watched, recruiter, path_of(application, "/reopen"), WITH_JOB, effects)

    assert (shown["status"], shown["hire"]) == ("active", None)


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")

    await expect_if_match(watched, recruiter, "POST", path_of(application, "/reopen"), {}, path_of(application))


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")

    await expect_replay(watched, recruiter, path_of(application, "/reopen"), {}, WITH_JOB)


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")

    await expect_hidden(watched, outsider, "POST", path_of(application, "/reopen"), {})


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application = await in_status(make, "withdrawn")
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "POST", path_of(application, "/reopen"), {}, "applications:write")


async def test_granted_actors_reopen_those_of_their_jobs(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await in_status(make, "withdrawn")
    await expect_hidden(watched, hiring_manager, "POST", path_of(application, "/reopen"), {})

    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert (await hiring_manager.data("POST", path_of(application, "/reopen"), json={}))["status"] == "active"
