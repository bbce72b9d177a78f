"""complete_interview: it took place."""

from datetime import timedelta

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import (
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
from tests.support.factories import Factories


async def test_says_so_and_records_it(recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands) -> None:
    interview = await make.interview()
    await watched.begin()
    concluded = await recruiter.data("POST", interview_path(interview, "/complete"))
    now = instant(clock.now())
    assert concluded == interview | {"status": "completed", "concluded_at": now, "updated_at": now, "version": 2}
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("interview.completed", {"status": ("scheduled", "completed")})


async def test_scorecards_are_due_at_once_or_since_its_end(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    for starts_in, due_at in (
        (timedelta(days=1), clock.now()),
        (timedelta(days=-1), clock.now() - timedelta(hours=23)),
    ):
        interview = await make.interview(starts_in=starts_in)
        await recruiter.data("POST", interview_path(interview, "/complete"))
        assert [each["due_at"] for each in await make.scorecards(interview)] == [instant(due_at)]


async def test_refuses_what_is_not_scheduled(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview = await make.interview()
    await recruiter.data("POST", interview_path(interview, "/complete"))
    await watched.begin()
    refused = await recruiter.post(interview_path(interview, "/complete"))
    assert problem(refused) == (409, "interview_transition_refused")
    assert refused.json()["current_status"] == "completed"
    await watched.expect_nothing()


async def test_habits(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second, third = [await make.interview() for _ in range(3)]
    effects = [("interview.completed", first["id"])]
    await expect_dry_run(watched, recruiter, interview_path(first, "/complete"), None, effects)
    await expect_replay(watched, recruiter, interview_path(second, "/complete"), None)
    path = interview_path(third)
    await expect_if_match(watched, recruiter, "POST", f"{path}/complete", None, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    path = interview_path(interview, "/complete")
    await expect_hidden(watched, outsider, "POST", path)
    await make.grant("interviewer", {"id": interview["job_id"]})
    await expect_scope(interviewer, "POST", path, None, "interviews:write")
