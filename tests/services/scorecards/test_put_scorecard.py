"""put_scorecard: the own draft, as a whole."""

from tests.services.habits import Watch, changes_of, expect_hidden, expect_if_match, expect_scope, refused_at
from tests.services.scorecards.habits import DRAFT, EMPTY, panel, scorecard_path, submitted
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_replaces_the_whole_draft_and_tells_no_word_of_it(
    interviewer: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    scorecard = (await panel(make, cast)).of_interviewer
    path = scorecard_path(scorecard)
    await watched.begin()
    written = await interviewer.data("PUT", path, json=DRAFT)
    assert written == scorecard | DRAFT | {"version": 2, "updated_at": written["updated_at"], "is_hidden": False}
    assert await interviewer.data("GET", path) == written
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("scorecard.updated", {})
    await watched.begin()
    assert await interviewer.data("PUT", path, json=DRAFT) == written
    await watched.expect_nothing()
    emptied = await interviewer.data("PUT", path, json=EMPTY)
    assert {name: emptied[name] for name in EMPTY} == EMPTY


async def test_nobody_else_writes_it(hiring_manager: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    scorecard = (await panel(make, cast)).of_interviewer
    await watched.begin()
    for client in (hiring_manager, make.admin, cast.machine()):
        refused = await client.put(scorecard_path(scorecard), json=DRAFT)
        assert problem(refused) == (409, "not_the_interviewer")
    await watched.expect_nothing()


async def test_what_is_submitted_stays(interviewer: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    scorecard = await submitted(make, interviewer, (await panel(make, cast)).of_interviewer)
    await watched.begin()
    refused = await interviewer.put(scorecard_path(scorecard), json=DRAFT)
    assert problem(refused) == (409, "scorecard_submitted")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("submitted", [])
    await watched.expect_nothing()


async def test_refuses_what_does_not_fit(make: Factories, watched: Watch) -> None:
    path = scorecard_path(await make.scorecard())
    await watched.begin()
    twice = DRAFT | {"ratings": [DRAFT["ratings"][0]] * 2}
    assert refused_at(await make.admin.put(path, json=twice)) == (422, "duplicate_items", ["/ratings/1/attribute"])
    wrong = DRAFT | {"recommendation": "maybe"}
    assert problem(await make.admin.put(path, json=wrong)) == (422, "validation_failed")
    assert refused_at(await make.admin.put(path, json={"notes": "x"}))[:2] == (422, "validation_failed")
    await watched.expect_nothing()


async def test_takes_if_match(make: Factories, watched: Watch) -> None:
    path = scorecard_path(await make.scorecard())
    await expect_if_match(watched, make.admin, "PUT", path, DRAFT, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path = scorecard_path(await make.scorecard())
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "PUT", path, DRAFT)
    await expect_scope(await make.machine("scorecards:read"), "PUT", path, DRAFT, "scorecards:write")
