"""get_scorecard: hidden from each other until the own one is in."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.scorecards.habits import EMPTY, panel, scorecard_path, submitted
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories


async def seen(client: ApiClient, scorecard: Data) -> bool:
    """Whether its content is shown; what is not shown leaves no trace but that it is there."""
    shown: Data = await client.data("GET", scorecard_path(scorecard))
    if shown["is_hidden"]:
        assert {name: shown[name] for name in EMPTY} == EMPTY
    assert (shown["id"], shown["interviewer_id"]) == (scorecard["id"], scorecard["interviewer_id"])
    return not shown["is_hidden"]


async def test_interviewers_read_each_other_once_they_have_submitted(
    interviewer: ApiClient, hiring_manager: ApiClient, recruiter: ApiClient, make: Factories, cast: Cast
) -> None:
    both = await panel(make, cast)
    theirs = await submitted(make, hiring_manager, both.of_manager)
    await make.write(interviewer, both.of_interviewer)

    assert await seen(hiring_manager, theirs)
    assert not await seen(interviewer, theirs)
    assert await seen(interviewer, both.of_interviewer)
    assert await seen(recruiter, theirs)
    assert not await seen(hiring_manager, both.of_interviewer)
    assert not await seen(recruiter, both.of_interviewer)

    await interviewer.data("POST", scorecard_path(both.of_interviewer, "/submit"))
    assert await seen(interviewer, theirs)
    assert await seen(hiring_manager, both.of_interviewer)
    assert await interviewer.data("GET", scorecard_path(theirs)) == theirs


async def test_an_interviewer_who_is_not_on_it_reads_none(
    interviewer: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    """Whoever may interview next is not to be led by what others found; who decides is."""
    scorecard = await make.scorecard(status="submitted")
    for client, role, reads in ((interviewer, "interviewer", False), (hiring_manager, "hiring_manager", True)):
        await make.grant(role, {"id": scorecard["job_id"]})
        assert await seen(client, scorecard) is reads


async def test_an_organization_may_show_them_at_once(
    interviewer: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    both = await panel(make, cast)
    theirs = await submitted(make, hiring_manager, both.of_manager)
    settings = {"settings": {"hide_scorecards_until_submitted": False}}
    assert (await make.admin.data("PATCH", f"{V1}/organization", json=settings))["settings"][
        "hide_scorecards_until_submitted"
    ] is False
    assert await seen(interviewer, theirs)
    await make.write(interviewer, both.of_interviewer)
    assert not await seen(hiring_manager, both.of_interviewer), "drafts are nobody else's business"


async def test_administrators_read_all(interviewer: ApiClient, make: Factories, cast: Cast) -> None:
    both = await panel(make, cast)
    draft = await make.write(interviewer, both.of_interviewer)
    for client in (make.admin, await make.machine("scorecards:read", "scorecards:admin")):
        assert await seen(client, draft)
    assert not await seen(await make.machine("scorecards:read"), draft)


async def test_the_tag_changes_with_what_is_shown(
    interviewer: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    both = await panel(make, cast)
    theirs = await submitted(make, hiring_manager, both.of_manager)
    hidden = await interviewer.get(scorecard_path(theirs))
    held = {"If-None-Match": hidden.headers["ETag"]}
    assert (await interviewer.get(scorecard_path(theirs), headers=held)).status_code == 304
    await submitted(make, interviewer, both.of_interviewer)
    assert (await interviewer.get(scorecard_path(theirs), headers=held)).status_code == 200


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path = scorecard_path(await make.scorecard())
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "GET", path)
    await expect_scope(await make.machine("interviews:read"), "GET", path, None, "scorecards:read")
