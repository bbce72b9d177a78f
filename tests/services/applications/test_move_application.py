"""move_application: to another stage, or to another job."""

from datetime import timedelta

import pytest

from impl.lib import clock
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
    ids_of,
    instant,
    refused_at,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_goes_to_the_next_stage(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    first, second = (await make.stages(job))[:2]
    application = await make.application(job)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={})

    assert response.status_code == 200
    moved = response.json()["data"]
    assert (moved["status"], moved["stage_id"], moved["version"]) == ("active", second["id"], 2)
    assert response.headers["ETag"].startswith('"2-')
    assert await recruiter.data("GET", path_of(application)) == moved
    [event] = await watched.events()
    assert (event["type"], str(event["application_id"])) == ("application.moved", application["id"])
    assert changes_of(event) == {"stage_id": (first["id"], second["id"])}
    await expect_linear(recruiter, application, first["id"], second["id"])


async def test_goes_to_the_stage_that_is_named_also_back(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    first, _, third, _ = ids_of(await make.stages(job))
    application = await make.application(job)

    for stage_id in (third, first):
        moved = await recruiter.data("POST", path_of(application, "/move"), json={"to_stage_id": stage_id})
        assert moved["stage_id"] == stage_id
    stays = await expect_linear(recruiter, application, first, third, first)
    assert len({stay["id"] for stay in stays}) == 3


async def test_goes_to_another_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    here, there = await make.job(), await make.job()
    first_here, first_there = (await make.stages(here))[0], (await make.stages(there))[0]
    application = await make.application(here)
    await watched.begin()

    moved = await recruiter.data("POST", path_of(application, "/move"), json={"to_job_id": there["id"]})

    assert (moved["id"], moved["job_id"], moved["stage_id"]) == (application["id"], there["id"], first_there["id"])
    [event] = await watched.events()
    assert changes_of(event) == {"job_id": (here["id"], there["id"]), "stage_id": (first_here["id"], first_there["id"])}
    stays = await expect_linear(recruiter, application, first_here["id"], first_there["id"])
    assert [stay["job_id"] for stay in stays] == [here["id"], there["id"]]


async def test_goes_to_a_stage_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    there = await make.job(status="draft")
    stage = (await make.stages(there))[2]
    application = await make.application()
    body = {"to_job_id": there["id"], "to_stage_id": stage["id"]}

    moved = await recruiter.data("POST", path_of(application, "/move"), json=body)

    assert (moved["job_id"], moved["stage_id"]) == (there["id"], stage["id"])


async def test_happened_when_it_is_said_to_have(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    job = await make.job()
    first, second = ids_of(await make.stages(job))[:2]
    application = await make.application(job)
    at = clock.now() + timedelta(minutes=10)
    hands.advance(timedelta(minutes=30))

    moved = await recruiter.data("POST", path_of(application, "/move"), json={"occurred_at": instant(at)})

    assert moved["stage_entered_at"] == instant(at)
    stays = await expect_linear(recruiter, application, first, second)
    assert (stays[0]["left_at"], stays[0]["outcome"], stays[0]["seconds"]) == (instant(at), "moved", 600)
    assert stays[1]["entered_at"] == instant(at)


@pytest.mark.parametrize("minutes", [-1, 31])
async def test_cannot_have_happened_before_the_stay_began_or_in_the_future(
    recruiter: ApiClient, make: Factories, hands: Hands, watched: Watch, minutes: int
) -> None:
    application = await make.application()
    at = clock.now() + timedelta(minutes=minutes)
    hands.advance(timedelta(minutes=30))
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={"occurred_at": instant(at)})

    assert refused_at(response) == (422, "instant_out_of_range", ["/occurred_at"])
    await watched.expect_nothing()


@pytest.mark.parametrize("status", ENDED)
async def test_refuses_one_that_has_ended(recruiter: ApiClient, make: Factories, watched: Watch, status: str) -> None:
    application = await in_status(make, status)
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={})

    expect_refused_in(response, "application_not_active", status)
    await watched.expect_nothing()


async def test_refuses_the_stage_that_it_is_in(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={"to_stage_id": application["stage_id"]})

    assert problem(response) == (409, "already_in_stage")
    await watched.expect_nothing()


async def test_there_is_none_after_the_last(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    application = await make.application(job, stage_id=(await make.stages(job))[-1]["id"])

    assert problem(await recruiter.post(path_of(application, "/move"), json={})) == (409, "no_next_stage")


async def test_refuses_a_stage_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    foreign, third = (await make.stages(await make.job()))[1], await make.job()
    application = await make.application()
    for body in ({"to_stage_id": foreign["id"]}, {"to_stage_id": foreign["id"], "to_job_id": third["id"]}):
        response = await recruiter.post(path_of(application, "/move"), json=body)
        assert problem(response) == (409, "stage_of_other_job")


async def test_refuses_a_retired_stage_and_passes_over_it(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    stages = await make.stages(job)
    await make.application(job, stage_id=stages[1]["id"])
    application = await make.application(job)
    await retire(recruiter, job, stages, stages[1])

    refused = await recruiter.post(path_of(application, "/move"), json={"to_stage_id": stages[1]["id"]})
    moved = await recruiter.data("POST", path_of(application, "/move"), json={})

    assert problem(refused) == (409, "stage_retired")
    assert moved["stage_id"] == stages[2]["id"]


async def test_refuses_a_closed_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application, closed = await make.application(), await make.job(status="closed")
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={"to_job_id": closed["id"]})

    assert problem(response) == (409, "job_not_open")
    assert response.json()["current_status"] == "closed"
    await watched.expect_nothing()


async def test_refuses_a_job_on_which_the_candidate_is_active(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    standing = await make.application()
    application = await make.application(candidate={"id": standing["candidate_id"]})
    await watched.begin()

    response = await recruiter.post(path_of(application, "/move"), json={"to_job_id": standing["job_id"]})

    assert problem(response) == (409, "duplicate_application")
    assert response.json()["conflicting_id"] == standing["id"]
    await watched.expect_nothing()


async def test_refuses_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await quarantine(recruiter, application)

    assert problem(await recruiter.post(path_of(application, "/move"), json={})) == (409, "candidate_not_active")


async def test_names_a_reference_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    application, foreign = await make.application(), await make_elsewhere.job()
    foreign_stage = (await make_elsewhere.stages(foreign))[0]
    for field, unknown in [
        ("to_stage_id", NOWHERE),
        ("to_stage_id", foreign_stage["id"]),
        ("to_job_id", NOWHERE),
        ("to_job_id", foreign["id"]),
    ]:
        response = await recruiter.post(path_of(application, "/move"), json={field: unknown})
        assert refused_at(response) == (404, "reference_not_found", [f"/{field}"])


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    application = await make.application(job)

    shown = await expect_dry_run(
        watched, recruiter, path_of(application, "/move"), {}, [("application.moved", application["id"])]
    )

    assert shown["stage_id"] == (await make.stages(job))[1]["id"]


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()

    await expect_if_match(watched, recruiter, "POST", path_of(application, "/move"), {}, path_of(application))


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    application = await make.application(job)
    last = (await make.stages(job))[-1]

    moved = await expect_replay(watched, recruiter, path_of(application, "/move"), {}, {"to_stage_id": last["id"]})

    assert moved["version"] == 2


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    assert problem(await recruiter.post(path_of({"id": NOWHERE}, "/move"), json={})) == (404, "not_found")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "POST", path_of(await make.application(), "/move"), {})


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "POST", path_of(application, "/move"), {}, "applications:write")


async def test_granted_actors_move_those_of_their_jobs_within_them(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application, other_job = await make.application(), await make.job()
    await expect_hidden(watched, hiring_manager, "POST", path_of(application, "/move"), {})
    await make.grant("hiring_manager", {"id": application["job_id"]})

    away = await hiring_manager.post(path_of(application, "/move"), json={"to_job_id": other_job["id"]})
    moved = await hiring_manager.data("POST", path_of(application, "/move"), json={})

    assert refused_at(away) == (404, "reference_not_found", ["/to_job_id"])
    assert moved["version"] == 2
