"""submit_scorecard: the own draft, handed in for good."""

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
    refused_at,
)
from tests.services.scorecards.habits import DRAFT, panel, scorecard_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_hands_it_in(interviewer: ApiClient, make: Factories, cast: Cast, watched: Watch, hands: Hands) -> None:
    scorecard = (await panel(make, cast)).of_interviewer
    written = await interviewer.data("PUT", scorecard_path(scorecard), json=DRAFT)
    await watched.begin()
    handed_in = await interviewer.data("POST", scorecard_path(scorecard, "/submit"))
    now = instant(clock.now())
    assert handed_in == written | {"status": "submitted", "submitted_at": now, "updated_at": now, "version": 3}
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("scorecard.submitted", {"status": ("draft", "submitted")})


async def test_needs_a_recommendation(interviewer: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    scorecard = (await panel(make, cast)).of_interviewer
    await watched.begin()
    refused = await interviewer.post(scorecard_path(scorecard, "/submit"))
    assert refused_at(refused) == (409, "scorecard_incomplete", ["/recommendation"])
    await watched.expect_nothing()


async def test_once_and_by_nobody_else(hiring_manager: ApiClient, make: Factories, watched: Watch) -> None:
    scorecard = await make.scorecard(status="submitted")
    await make.grant("hiring_manager", {"id": scorecard["job_id"]})
    await watched.begin()
    again = await make.admin.post(scorecard_path(scorecard, "/submit"))
    assert (problem(again), again.json()["current_status"]) == ((409, "scorecard_submitted"), "submitted")
    other = await hiring_manager.post(scorecard_path(scorecard, "/submit"))
    assert problem(other) == (409, "not_the_interviewer")
    await watched.expect_nothing()


async def test_habits(make: Factories, watched: Watch) -> None:
    first, second, third = [await make.scorecard() for _ in range(3)]
    effects = [("scorecard.submitted", first["id"])]
    await expect_dry_run(watched, make.admin, scorecard_path(first, "/submit"), None, effects)
    await expect_replay(watched, make.admin, scorecard_path(second, "/submit"), None)
    path = scorecard_path(third)
    await expect_if_match(watched, make.admin, "POST", f"{path}/submit", None, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path = scorecard_path(await make.scorecard(), "/submit")
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "POST", path)
    await expect_scope(await make.machine("scorecards:read"), "POST", path, None, "scorecards:write")
