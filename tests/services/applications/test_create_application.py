"""create_application: a candidate is put on a job."""

import asyncio
from datetime import timedelta

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.applications.habits import expect_linear, in_status, quarantine, retire
from tests.services.habits import APPLICATIONS, NOWHERE, Watch, expect_replay, expect_scope, instant, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories


def body_of(candidate: Data, job: Data, **more: object) -> Data:
    return {"candidate_id": candidate["id"], "job_id": job["id"], **more}


async def test_enters_the_first_stage(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    source = await make.source()
    candidate, job = await make.candidate(source_id=source["id"]), await make.job()
    first = (await make.stages(job))[0]
    await watched.begin()

    response = await recruiter.post(APPLICATIONS, json=body_of(candidate, job))

    assert response.status_code == 201
    made = response.json()["data"]
    assert response.headers["Location"] == f"{APPLICATIONS}/{made['id']}"
    assert (made["status"], made["stage_id"], made["version"]) == ("active", first["id"], 1)
    assert (made["source_id"], made["external_id"]) == (source["id"], None)
    assert made["applied_at"] == made["stage_entered_at"]
    assert await recruiter.data("GET", f"{APPLICATIONS}/{made['id']}") == made
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("application.created", made["id"])
    assert (str(event["job_id"]), str(event["candidate_id"])) == (job["id"], candidate["id"])
    assert (event["actor_type"], event["actor_id"]) == ("user", recruiter.id)
    [stay] = await expect_linear(recruiter, made, first["id"])
    assert (stay["entered_at"], stay["left_at"]) == (made["stage_entered_at"], None)


async def test_takes_what_it_is_given(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    candidate, job = await make.candidate(source_id=(await make.source())["id"]), await make.job()
    stage = (await make.stages(job))[2]
    given = {"stage_id": stage["id"], "source_id": None, "external_id": "A-1", "applied_at": "2026-01-02T03:04:05Z"}

    made = await recruiter.data("POST", APPLICATIONS, json=body_of(candidate, job, **given))

    assert {name: made[name] for name in given} == given
    assert made["stage_entered_at"] == "2026-01-02T03:04:05Z"
    assert (await expect_linear(recruiter, made, stage["id"]))[0]["entered_at"] == "2026-01-02T03:04:05Z"


async def test_staff_may_put_candidates_on_a_draft(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")

    made = await recruiter.data("POST", APPLICATIONS, json=body_of(await make.candidate(), job))

    assert (made["status"], made["job_id"]) == ("active", job["id"])


async def test_refuses_a_closed_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    body = body_of(await make.candidate(), await make.job(status="closed"))
    await watched.begin()

    response = await recruiter.post(APPLICATIONS, json=body)

    assert problem(response) == (409, "job_not_open")
    assert (response.json()["current_status"], response.json()["allowed"]) == ("closed", ["open_job"])
    await watched.expect_nothing()


async def test_refuses_a_second_active_one_on_the_job(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    standing = await make.application()
    body = {"candidate_id": standing["candidate_id"], "job_id": standing["job_id"]}
    await watched.begin()

    response = await recruiter.post(APPLICATIONS, json=body)

    assert problem(response) == (409, "duplicate_application")
    assert response.json()["conflicting_id"] == standing["id"]
    await watched.expect_nothing()


async def test_two_at_the_same_time_make_one(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    body = body_of(await make.candidate(), await make.job())
    await watched.begin()

    answers = await asyncio.gather(*(recruiter.post(APPLICATIONS, json=body) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["duplicate_application"]
    assert [event["type"] for event in await watched.events()] == ["application.created"]


async def test_an_ended_one_is_not_in_the_way(recruiter: ApiClient, make: Factories) -> None:
    ended = await in_status(make, "withdrawn")

    again = await recruiter.data(
        "POST", APPLICATIONS, json={"candidate_id": ended["candidate_id"], "job_id": ended["job_id"]}
    )

    assert (again["status"], again["id"] == ended["id"]) == ("active", False)


async def test_refuses_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    job, ended = await make.job(), await make.application()
    await quarantine(recruiter, ended)

    response = await recruiter.post(APPLICATIONS, json={"candidate_id": ended["candidate_id"], "job_id": job["id"]})

    assert problem(response) == (409, "candidate_not_active")


async def test_refuses_a_stage_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    foreign = (await make.stages(await make.job()))[0]

    response = await recruiter.post(
        APPLICATIONS, json=body_of(await make.candidate(), await make.job(), stage_id=foreign["id"])
    )

    assert problem(response) == (409, "stage_of_other_job")


async def test_refuses_a_retired_stage(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    stages = await make.stages(job)
    await make.application(job)
    await retire(recruiter, job, stages, stages[0])

    response = await recruiter.post(APPLICATIONS, json=body_of(await make.candidate(), job, stage_id=stages[0]["id"]))

    assert problem(response) == (409, "stage_retired")


async def test_refuses_an_external_id_that_is_taken(recruiter: ApiClient, make: Factories) -> None:
    there = await make.application(external_id="A-1")

    response = await recruiter.post(
        APPLICATIONS, json=body_of(await make.candidate(), await make.job(), external_id="A-1")
    )

    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == there["id"]


async def test_another_organization_may_use_the_same_external_id(make: Factories, make_elsewhere: Factories) -> None:
    await make.application(external_id="A-1")

    assert (await make_elsewhere.application(external_id="A-1"))["external_id"] == "A-1"


async def test_names_each_reference_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    candidate, job = await make.candidate(), await make.job()
    elsewhere = await make_elsewhere.application()
    foreign_stage = (await make_elsewhere.stages({"id": elsewhere["job_id"]}))[0]
    foreign_source = await make_elsewhere.source()
    await watched.begin()
    for field, foreign in [
        ("candidate_id", elsewhere["candidate_id"]),
        ("job_id", elsewhere["job_id"]),
        ("stage_id", foreign_stage["id"]),
        ("source_id", foreign_source["id"]),
        ("source_id", NOWHERE),
    ]:
        response = await recruiter.post(APPLICATIONS, json={**body_of(candidate, job), field: foreign})
        assert refused_at(response) == (404, "reference_not_found", [f"/{field}"])
    await watched.expect_nothing()


async def test_refuses_an_application_from_the_future(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    body = body_of(await make.candidate(), await make.job())
    later = instant(clock.now() + timedelta(seconds=1))

    response = await recruiter.post(APPLICATIONS, json={**body, "applied_at": later})

    assert refused_at(response) == (422, "instant_out_of_range", ["/applied_at"])


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    candidate, job = await make.candidate(), await make.job()
    await make.grant("interviewer", job)

    await expect_scope(interviewer, "POST", APPLICATIONS, body_of(candidate, job), "applications:write")


async def test_granted_actors_put_the_candidates_they_see_on_their_jobs(
    hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    seen, hidden = await make.application(), await make.application()
    job = await make.job()
    await make.grant("hiring_manager", {"id": seen["job_id"]}, job)

    made = await hiring_manager.data(
        "POST", APPLICATIONS, json={"candidate_id": seen["candidate_id"], "job_id": job["id"]}
    )
    unseen_candidate = await hiring_manager.post(
        APPLICATIONS, json={"candidate_id": hidden["candidate_id"], "job_id": job["id"]}
    )
    unseen_job = await hiring_manager.post(
        APPLICATIONS, json={"candidate_id": seen["candidate_id"], "job_id": hidden["job_id"]}
    )

    assert made["status"] == "active"
    assert refused_at(unseen_candidate) == (404, "reference_not_found", ["/candidate_id"])
    assert refused_at(unseen_job) == (404, "reference_not_found", ["/job_id"])


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    body, other = body_of(await make.candidate(), job), body_of(await make.candidate(), job)

    await expect_replay(watched, recruiter, APPLICATIONS, body, other)
