"""list_scorecards: one for each interviewer, so that the missing ones can be counted."""

from datetime import timedelta

from impl.lib import clock
from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, instant, walk
from tests.services.scorecards.habits import SCORECARDS, panel, submitted
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_filters_and_pages(
    recruiter: ApiClient, interviewer: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast
) -> None:
    both = await panel(make, cast)
    other = await make.scorecard(status="submitted")
    await make_elsewhere.scorecard()
    own = [both.of_interviewer["id"], both.of_manager["id"]]

    async def found(query: str) -> list[str]:
        return ids_of(await recruiter.data("GET", f"{SCORECARDS}?sort=created_at&{query}"))

    assert await walk(recruiter, SCORECARDS) == [other["id"], *reversed(own)]
    assert await walk(recruiter, SCORECARDS, sort="created_at") == [*own, other["id"]]
    for name in ("application_id", "job_id", "candidate_id"):
        assert await found(f"{name}={both.interview[name]}") == own
    assert await found(f"interview_id={both.interview['id']}") == own
    assert await found(f"interviewer_id={interviewer.id}") == own[:1]
    assert await found("status=submitted") == [other["id"]]
    assert await found(f"created_after={both.of_manager['created_at']}") == [other["id"]]
    assert await found(f"updated_after={other['updated_at']}") == []


async def test_counts_what_is_missing(recruiter: ApiClient, make: Factories, cast: Cast) -> None:
    """Drafts whose interview is over or was completed; not of one that was called off or not attended."""
    over = await make.interview(starts_in=timedelta(hours=-2))
    running = await make.interview(starts_in=timedelta(minutes=-30))
    completed, cancelled, missed = [await make.interview(starts_in=timedelta(hours=-2)) for _ in range(3)]
    early = await make.interview()
    await make.scorecard(await make.interview(starts_in=timedelta(hours=-2)), status="submitted")
    for interview, command, body in (
        (completed, "complete", None),
        (early, "complete", None),
        (cancelled, "cancel", {"reason": "other"}),
        (missed, "no_show", None),
    ):
        await recruiter.data("POST", f"{V1}/interviews/{interview['id']}/{command}", json=body)

    now = instant(clock.now() + timedelta(seconds=1))
    missing = await recruiter.data("GET", f"{SCORECARDS}?status=draft&due_before={now}&sort=created_at")

    assert sorted(each["interview_id"] for each in missing) == sorted(ids_of([over, completed, early]))
    later = instant(clock.now() + timedelta(days=1))
    soon = await recruiter.data("GET", f"{SCORECARDS}?status=draft&due_before={later}")
    assert {each["interview_id"] for each in soon} == set(ids_of([over, completed, early, running]))


async def test_hides_the_content_row_by_row(
    interviewer: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    both, free = await panel(make, cast), await panel(make, cast)
    for client, role in ((interviewer, "interviewer"), (hiring_manager, "hiring_manager")):
        await make.grant(role, *({"id": each.interview["job_id"]} for each in (both, free)))
        await submitted(make, client, free.of_interviewer if client is interviewer else free.of_manager)
    await submitted(make, hiring_manager, both.of_manager)
    rows = await interviewer.data("GET", SCORECARDS)
    hidden = {each["id"] for each in rows if each["is_hidden"]}
    assert (len(rows), hidden) == (4, {both.of_manager["id"]})
    assert all(
        each["notes"] is None for each in rows if each["id"] in {both.of_manager["id"], both.of_interviewer["id"]}
    )


async def test_shows_only_granted_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen = await make.scorecard()
    await make.scorecard()
    assert await interviewer.data("GET", SCORECARDS) == []
    await make.grant("interviewer", {"id": seen["job_id"]})
    assert ids_of(await interviewer.data("GET", SCORECARDS)) == [seen["id"]]


async def test_refuses_strange_questions(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.scorecard()
    await expect_cursor_rules(recruiter, SCORECARDS, "status=draft", "sort=created_at")
    await expect_query_rules(recruiter, SCORECARDS, "status=gone", "job_id=x", "sort=name", "due_before=now")
    await expect_scope(await make.machine("jobs:read"), "GET", SCORECARDS, None, "scorecards:read")
