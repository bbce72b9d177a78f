"""bulk_applications: one command on many applications, each of which succeeds or fails by itself."""

import pytest

from tests.services.applications.habits import in_status, path_of, quarantine
from tests.services.habits import (
    APPLICATIONS,
    NOWHERE,
    Watch,
    expect_dry_run,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
)
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

BULK = f"{APPLICATIONS}/bulk"


async def done(client: ApiClient, action: str, applications: list[Data], **more: object) -> list[Data]:
    """What became of each."""
    body = {"action": action, "application_ids": ids_of(applications), **more}
    items: list[Data] = await client.data("POST", BULK, json=body)
    assert [item["application_id"] for item in items] == ids_of(applications)
    return items


def outcome(item: Data) -> tuple[int, str]:
    """Status and problem code, or status and the application's status."""
    if item["problem"] is None:
        return item["status"], item["application"]["status"]
    assert (item["application"], item["problem"]["status"]) == (None, item["status"])
    return item["status"], item["problem"]["code"]


async def now(client: ApiClient, application: Data) -> Data:
    found: Data = await client.data("GET", path_of(application))
    return found


async def test_moves(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    stage = (await make.stages(job))[2]
    applications = [await make.application(job) for _ in range(3)][::-1]
    await watched.begin()

    items = await done(recruiter, "move", applications, to_stage_id=stage["id"])

    assert [outcome(item) for item in items] == [(200, "active")] * 3
    assert [item["application"] for item in items] == [await now(recruiter, each) for each in applications]
    assert {item["application"]["stage_id"] for item in items} == {stage["id"]}
    assert sorted(await watched.effects()) == sorted(("application.moved", each["id"]) for each in applications)


async def test_rejects(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    applications, reason = [await make.application() for _ in range(2)], await make.rejection_reason()
    await watched.begin()

    items = await done(recruiter, "reject", applications, reason_id=reason["id"], note="No.")

    assert [outcome(item) for item in items] == [(200, "rejected")] * 2
    assert [item["application"]["rejection"]["note"] for item in items] == ["No.", "No."]
    assert [item["application"] for item in items] == [await now(recruiter, each) for each in applications]
    assert [type_ for type_, _ in await watched.effects()] == ["application.rejected"] * 2


async def test_withdraws(recruiter: ApiClient, make: Factories) -> None:
    reason = await make.rejection_reason(kind="withdrawn_by_candidate")

    [item] = await done(recruiter, "withdraw", [await make.application()], reason_id=reason["id"])

    assert outcome(item) == (200, "withdrawn")
    assert item["application"]["withdrawal"]["reason_id"] == reason["id"]


async def test_reopens_and_opens_the_job_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(openings=2)
    applications = [await make.application(job) for _ in range(2)]
    for application in applications:
        await make.command(application, "hire")
    await watched.begin()

    items = await done(recruiter, "reopen", applications, reopen_job=True)

    assert [outcome(item) for item in items] == [(200, "active")] * 2
    types = [type_ for type_, _ in await watched.effects()]
    assert (types.count("job.opened"), types.count("opening.reopened")) == (1, 2)
    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == "open"


async def test_opening_the_job_needs_its_scope(make: Factories, hiring_manager: ApiClient, watched: Watch) -> None:
    application = await in_status(make, "withdrawn")
    await make.grant("hiring_manager", {"id": application["job_id"]})
    await watched.begin()

    [item] = await done(hiring_manager, "reopen", [application], reopen_job=True)

    assert outcome(item) == (403, "missing_scope")
    await watched.expect_nothing()


async def test_what_fails_is_left_alone_and_the_others_are_done(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    job = await make.job(openings=2)
    stages = await make.stages(job)
    good, good_too = await make.application(job), await make.application(job)
    rejected, there = await in_status(make, "rejected", job=job), await make.application(job, stage_id=stages[1]["id"])
    elsewhere, other_job = await make_elsewhere.application(), await make.application()
    deleted = await make.application(job)
    await quarantine(recruiter, deleted)
    await watched.begin()

    items = await done(
        recruiter,
        "move",
        [good, rejected, there, elsewhere, {"id": NOWHERE}, other_job, deleted, good_too],
        to_stage_id=stages[1]["id"],
    )

    assert [outcome(item) for item in items] == [
        (200, "active"),
        (409, "application_not_active"),
        (409, "already_in_stage"),
        (404, "not_found"),
        (404, "not_found"),
        (409, "stage_of_other_job"),
        (409, "candidate_not_active"),
        (200, "active"),
    ]
    assert items[1]["problem"]["current_status"] == "rejected"
    assert items[1]["problem"]["allowed"] == ["reopen_application"]
    assert sorted(await watched.effects()) == sorted(("application.moved", each["id"]) for each in (good, good_too))
    for untouched in (rejected, there, other_job, deleted):
        assert await now(recruiter, untouched) == untouched
    stays = await recruiter.data("GET", f"{V1}/stage_history?stage_id={stages[1]['id']}")
    assert {stay["application_id"] for stay in stays} == {good["id"], good_too["id"], there["id"]}


async def test_what_fails_late_is_rolled_back_as_a_whole(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    """Of one candidate's two ended applications on a closed job, the second meets the first and takes its changes back."""
    job = await make.job(openings=3)
    first = await in_status(make, "hired", job=job)
    second = await in_status(make, "hired", job=job, candidate={"id": first["candidate_id"]})
    third = await in_status(make, "hired", job=job)
    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == "closed"
    await watched.begin()

    items = await done(recruiter, "reopen", [third, second, first], reopen_job=True)

    assert [outcome(item) for item in items] == [(200, "active"), (409, "duplicate_application"), (200, "active")]
    assert items[1]["problem"]["conflicting_id"] == first["id"]
    assert await now(recruiter, second) == second
    statuses = {opening["application_id"]: opening["status"] for opening in await make.openings(job)}
    assert statuses == {second["id"]: "filled", None: "open"}
    assert [type_ for type_, _ in await watched.effects()] == [
        "opening.reopened",
        "job.opened",
        "application.reopened",
        "opening.reopened",
        "application.reopened",
    ]


async def test_a_failure_at_the_first_item_undoes_what_it_did_to_the_job(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    """The job opens only when an application goes on with it."""
    job, other = await make.job(), await make.job()
    retiring = await in_status(make, "withdrawn", job=other)
    closed = await in_status(make, "withdrawn", job=job)
    await recruiter.data("POST", f"{V1}/jobs/{job['id']}/close", json={"reason": "budget", "applications": "keep"})
    await watched.begin()

    items = await done(recruiter, "reopen", [closed, retiring], reopen_job=True)

    assert [outcome(item) for item in items] == [(409, "job_has_no_open_opening"), (200, "active")]
    assert await watched.effects() == [("application.reopened", retiring["id"])]
    assert await now(recruiter, closed) == closed
    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == "closed"


async def test_all_may_fail(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    applications = [await in_status(make, "withdrawn") for _ in range(2)]
    await watched.begin()

    items = await done(recruiter, "withdraw", applications)

    assert [outcome(item) for item in items] == [(409, "application_not_active")] * 2
    await watched.expect_nothing()


async def test_two_hundred(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    stage = (await make.stages(job))[1]
    applications = [await make.application(job) for _ in range(200)]
    for application in applications[::50]:
        await make.command(application, "withdraw")
    await watched.begin()

    items = await done(recruiter, "move", applications, to_stage_id=stage["id"])

    outcomes = [outcome(item) for item in items]
    assert outcomes[::50] == [(409, "application_not_active")] * 4
    assert outcomes.count((200, "active")) == 196
    assert len(await watched.effects()) == 196


async def test_refuses_more_than_two_hundred_none_and_one_twice(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    too_many = [f"0198c0ff-ee00-7000-8000-{number:012x}" for number in range(201)]
    for application_ids in (too_many, [], [application["id"]] * 2):
        response = await recruiter.post(BULK, json={"action": "withdraw", "application_ids": application_ids})
        assert refused_at(response)[:2] == (422, "validation_failed")


@pytest.mark.parametrize("action", ["hire", "delete"])
async def test_refuses_other_actions(recruiter: ApiClient, make: Factories, watched: Watch, action: str) -> None:
    application = await make.application()
    await watched.begin()

    response = await recruiter.post(BULK, json={"action": action, "application_ids": [application["id"]]})

    assert refused_at(response)[:2] == (422, "validation_failed")
    await watched.expect_nothing()


async def test_a_reference_that_is_not_there_refuses_the_whole_request(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    application, foreign = await make.application(), await make_elsewhere.rejection_reason()
    await watched.begin()
    for action, field, unknown in [
        ("move", "to_stage_id", NOWHERE),
        ("reject", "reason_id", foreign["id"]),
        ("withdraw", "reason_id", NOWHERE),
    ]:
        body = {"action": action, "application_ids": [application["id"]], field: unknown}
        response = await recruiter.post(BULK, json=body)
        assert refused_at(response) == (404, "reference_not_found", [f"/{field}"])
    await watched.expect_nothing()


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    good, ended = await make.application(), await in_status(make, "withdrawn")
    body = {"action": "withdraw", "application_ids": [good["id"], ended["id"]]}

    items = await expect_dry_run(watched, recruiter, BULK, body, [("application.withdrawn", good["id"])])

    assert [outcome(item) for item in items] == [(200, "withdrawn"), (409, "application_not_active")]


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    body = {"action": "withdraw", "application_ids": [(await make.application())["id"]]}

    await expect_replay(watched, recruiter, BULK, body, {**body, "reason_id": None})


async def test_shows_nothing_of_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await watched.begin()

    [item] = await done(outsider, "withdraw", [application])

    assert outcome(item) == (404, "not_found")
    await watched.expect_nothing()


async def test_granted_actors_change_those_of_their_jobs(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    seen, hidden = await make.application(), await make.application()
    await make.grant("hiring_manager", {"id": seen["job_id"]})
    await watched.begin()

    items = await done(hiring_manager, "withdraw", [hidden, seen])

    assert [outcome(item) for item in items] == [(404, "not_found"), (200, "withdrawn")]
    assert await watched.effects() == [("application.withdrawn", seen["id"])]


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    body = {"action": "withdraw", "application_ids": [(await make.application())["id"]]}

    await expect_scope(interviewer, "POST", BULK, body, "applications:write")
