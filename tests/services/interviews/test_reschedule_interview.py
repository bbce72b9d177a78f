"""reschedule_interview: another time, also for one that was called off."""

import asyncio
from datetime import timedelta

import pytest

from tests.services.habits import (
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
    refused_at,
)
from tests.services.interviews.habits import interview_path, times
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

LATER = times(timedelta(days=9))


@pytest.mark.parametrize("command", [None, "cancel", "no_show"])
async def test_gives_it_another_time(
    recruiter: ApiClient, make: Factories, watched: Watch, command: str | None
) -> None:
    interview = await make.interview()
    before = interview
    if command is not None:
        body = {"reason": "other", "note": "Ill"} if command == "cancel" else None
        before = await recruiter.data("POST", interview_path(interview, f"/{command}"), json=body)
        assert [each["due_at"] for each in await make.scorecards(interview)] == [None]
    await watched.begin()

    asked = LATER | {"time_zone": "Asia/Tokyo"}
    changed = await recruiter.data("POST", interview_path(interview, "/reschedule"), json=asked)

    own = {"version": before["version"] + 1, "updated_at": changed["updated_at"]}
    assert changed == interview | asked | own
    assert [each["due_at"] for each in await make.scorecards(interview)] == [LATER["ends_at"]]
    [event] = await watched.events()
    told = changes_of(event)
    assert (event["type"], told["starts_at"]) == (
        "interview.rescheduled",
        (interview["starts_at"], LATER["starts_at"]),
    )
    assert told.get("status") == (None if command is None else (before["status"], "scheduled"))


async def test_refuses_what_took_place_or_ended(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    completed = await recruiter.data("POST", interview_path(await make.interview(), "/complete"))
    cancelled = await make.interview()
    reason = await make.rejection_reason()
    await make.command({"id": cancelled["application_id"]}, "reject", {"reason_id": reason["id"]})
    orphaned = await make.interview()
    await make.admin.data("DELETE", f"{V1}/candidates/{orphaned['candidate_id']}")
    await watched.begin()
    refused = await recruiter.post(interview_path(completed, "/reschedule"), json=LATER)
    assert problem(refused) == (409, "interview_transition_refused")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("completed", [])
    for interview, code in ((cancelled, "application_not_active"), (orphaned, "candidate_not_active")):
        refused = await recruiter.post(interview_path(interview, "/reschedule"), json=LATER)
        assert problem(refused) == (409, code)
    await watched.expect_nothing()


async def test_refuses_times_that_are_none(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = interview_path(await make.interview(), "/reschedule")
    await watched.begin()
    refused = await recruiter.post(path, json=times(timedelta(days=1), timedelta(0)))
    assert refused_at(refused) == (422, "instant_out_of_range", ["/ends_at"])
    refused = await recruiter.post(path, json=LATER | {"time_zone": "Mars/Olympus"})
    assert refused_at(refused) == (422, "unknown_time_zone", ["/time_zone"])
    await watched.expect_nothing()


async def test_rejecting_meanwhile_leaves_nothing_scheduled(recruiter: ApiClient, make: Factories) -> None:
    reason = await make.rejection_reason()
    for _ in range(5):
        interview = await make.interview()
        rejected, moved = await asyncio.gather(
            recruiter.post(f"{V1}/applications/{interview['application_id']}/reject", json={"reason_id": reason["id"]}),
            recruiter.post(interview_path(interview, "/reschedule"), json=LATER),
        )
        assert (rejected.status_code, moved.status_code in (200, 409)) == (200, True), moved.text
        assert (await recruiter.data("GET", interview_path(interview)))["status"] == "cancelled"


async def test_habits(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview = await make.interview()
    path = interview_path(interview, "/reschedule")
    await expect_dry_run(watched, recruiter, path, LATER, [("interview.rescheduled", interview["id"])])
    await expect_replay(watched, recruiter, path, LATER, times(timedelta(days=3)))
    await expect_if_match(watched, recruiter, "POST", path, times(timedelta(days=4)), interview_path(interview))


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    path = interview_path(interview, "/reschedule")
    await expect_hidden(watched, outsider, "POST", path, LATER)
    await make.grant("interviewer", {"id": interview["job_id"]})
    await expect_scope(interviewer, "POST", path, LATER, "interviews:write")
