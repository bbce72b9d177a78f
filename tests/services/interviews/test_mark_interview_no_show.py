"""mark_interview_no_show: the candidate did not come."""

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
    concluded = await recruiter.data("POST", interview_path(interview, "/no_show"))
    now = instant(clock.now())
    assert concluded == interview | {"status": "no_show", "concluded_at": now, "updated_at": now, "version": 2}
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("interview.marked_no_show", {"status": ("scheduled", "no_show")})


async def test_scorecards_are_not_due(recruiter: ApiClient, make: Factories) -> None:
    interview = await make.interview(starts_in=timedelta(days=-1))
    await recruiter.data("POST", interview_path(interview, "/no_show"))
    assert [each["due_at"] for each in await make.scorecards(interview)] == [None]


async def test_refuses_what_is_not_scheduled(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview = await make.interview()
    await recruiter.data("POST", interview_path(interview, "/no_show"))
    await watched.begin()
    refused = await recruiter.post(interview_path(interview, "/no_show"))
    assert problem(refused) == (409, "interview_transition_refused")
    assert refused.json()["current_status"] == "no_show"
    await watched.expect_nothing()


async def test_habits(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second, third = [await make.interview() for _ in range(3)]
    effects = [("interview.marked_no_show", first["id"])]
    await expect_dry_run(watched, recruiter, interview_path(first, "/no_show"), None, effects)
    await expect_replay(watched, recruiter, interview_path(second, "/no_show"), None)
    path = interview_path(third)
    await expect_if_match(watched, recruiter, "POST", f"{path}/no_show", None, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    path = interview_path(interview, "/no_show")
    await expect_hidden(watched, outsider, "POST", path)
    await make.grant("interviewer", {"id": interview["job_id"]})
    await expect_scope(interviewer, "POST", path, None, "interviews:write")
