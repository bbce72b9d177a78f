"""cancel_interview: called off by itself, or because its application has ended."""

from datetime import timedelta
from typing import Any

import pytest

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import (
    APPLICATIONS,
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
    instant,
)
from tests.services.interviews.habits import interview_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

WHY = {"reason": "candidate_request"}


async def test_says_why_and_no_event_repeats_the_note(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    interview = await make.interview()
    await watched.begin()
    cancelled = await recruiter.data("POST", interview_path(interview, "/cancel"), json=WHY | {"note": "Has the flu"})
    now = instant(clock.now())
    why = {"cancellation": WHY | {"note": "Has the flu"}, "concluded_at": now, "updated_at": now}
    assert cancelled == interview | {"status": "cancelled", "version": 2} | why
    [event] = await watched.events()
    told = {"status": ("scheduled", "cancelled"), "cancel_reason": (None, "candidate_request")}
    assert (event["type"], changes_of(event)) == ("interview.cancelled", told)
    assert [each["due_at"] for each in await make.scorecards(interview)] == [None]


async def test_refuses_what_is_not_scheduled(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview = await make.interview()
    await recruiter.data("POST", interview_path(interview, "/cancel"), json=WHY)
    await watched.begin()
    refused = await recruiter.post(interview_path(interview, "/cancel"), json=WHY)
    assert problem(refused) == (409, "interview_transition_refused")
    allowed = ["reschedule_interview"]
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("cancelled", allowed)
    await watched.expect_nothing()


async def ended(make: Factories, how: str, interviews: list[Data]) -> tuple[str, Any, list[str]]:
    """The command that ends the application of these interviews: path, body, and the events beside theirs."""
    application_id, job_id = interviews[0]["application_id"], interviews[0]["job_id"]
    reason_id = (await make.rejection_reason())["id"]
    one = f"{APPLICATIONS}/{application_id}"
    job = f"{V1}/jobs/{job_id}"
    close = {"reason": "other", "applications": "reject", "reason_id": reason_id}
    bulk = {"action": "withdraw", "application_ids": [application_id]}
    return {
        "reject": (f"{one}/reject", {"reason_id": reason_id}, ["application.rejected"]),
        "withdraw": (f"{one}/withdraw", {}, ["application.withdrawn"]),
        "hire": (f"{one}/hire", {}, ["application.hired", "opening.filled", "job.closed"]),
        "bulk": (f"{APPLICATIONS}/bulk", bulk, ["application.withdrawn"]),
        "close": (f"{job}/close", close, ["application.rejected", "opening.cancelled", "job.closed"]),
    }[how]


@pytest.mark.parametrize("how", ["reject", "withdraw", "hire", "bulk", "close"])
async def test_the_end_of_an_application_cancels_what_has_not_begun(
    recruiter: ApiClient, make: Factories, watched: Watch, how: str
) -> None:
    application = await make.application()
    upcoming = [await make.interview(application, starts_in=timedelta(days=days)) for days in (1, 2)]
    begun = await make.interview(application, starts_in=timedelta(minutes=-5))
    other = await make.interview()
    missed = await recruiter.data("POST", interview_path(await make.interview(application), "/no_show"))
    path, body, beside = await ended(make, how, upcoming)
    await watched.begin()

    tried = await recruiter.post(f"{path}?dry_run=true", json=body)
    await watched.expect_nothing()
    await recruiter.data("POST", path, json=body)

    told = await watched.effects()
    assert [(effect["type"], effect["resource_id"]) for effect in tried.json()["effects"]] == told
    cancelled = [("interview.cancelled", each["id"]) for each in upcoming]
    assert sorted(effect for effect in told if effect[0] == "interview.cancelled") == sorted(cancelled)
    assert [effect[0] for effect in told if effect[0] != "interview.cancelled"] == beside
    for each in upcoming:
        now = await recruiter.data("GET", interview_path(each))
        assert (now["status"], now["version"]) == ("cancelled", 2)
        assert now["cancellation"] == {"reason": "application_ended", "note": None}
    for same in (begun, other, missed):
        assert await recruiter.data("GET", interview_path(same)) == same


async def test_an_interview_of_an_earlier_job_is_cancelled_too(
    hiring_manager: ApiClient, recruiter: ApiClient, make: Factories
) -> None:
    interview, job = await make.interview(), await make.job()
    await make.command({"id": interview["application_id"]}, "move", {"to_job_id": job["id"]})
    await make.grant("hiring_manager", job)
    await hiring_manager.data("POST", f"{APPLICATIONS}/{interview['application_id']}/withdraw", json={})
    assert (await recruiter.data("GET", interview_path(interview)))["status"] == "cancelled"


async def test_habits(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second, third = [await make.interview() for _ in range(3)]
    effects = [("interview.cancelled", first["id"])]
    await expect_dry_run(watched, recruiter, interview_path(first, "/cancel"), WHY, effects)
    await expect_replay(watched, recruiter, interview_path(second, "/cancel"), WHY, {"reason": "other"})
    await expect_if_match(watched, recruiter, "POST", interview_path(third, "/cancel"), WHY, interview_path(third))


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    path = interview_path(interview, "/cancel")
    await expect_hidden(watched, outsider, "POST", path, WHY)
    await make.grant("interviewer", {"id": interview["job_id"]})
    await expect_scope(interviewer, "POST", path, WHY, "interviews:write")
