"""list_candidate_timeline: everything that happened to one person, newest first, as far as the reader may see it."""

from tests.services.habits import (
    Watch,
    expect_cursor_rules,
    expect_hidden,
    expect_query_rules,
    expect_scope,
    settled,
    walk,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/timeline"


async def test_tells_the_story_backwards(recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    application = await make.application()
    await make.command(application, "move")
    await make.note(application)
    await make.application()

    where = path(application["candidate_id"])
    told = await recruiter.data("GET", where)
    assert [event["type"] for event in told] == [
        "note.created",
        "application.moved",
        "application.created",
        "candidate.created",
    ]
    stored = [
        str(event["id"])
        for event in await rows.events(cast.organization_id)
        if str(event["candidate_id"]) == application["candidate_id"]
    ]
    assert await walk(recruiter, where) == stored[::-1]
    moved = await recruiter.data("GET", f"{where}?type=application.moved,application.hired")
    assert moved == [told[1]]
    assert told[1] in await settled(recruiter, len(told), candidate_id=application["candidate_id"])


async def test_shows_events_of_granted_jobs_alone(hiring_manager: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.application(candidate={"id": application["candidate_id"]})
    await make.grant("hiring_manager", {"id": application["job_id"]})

    told = await hiring_manager.data("GET", path(application["candidate_id"]))
    assert [(event["type"], event["application_id"]) for event in told] == [("application.created", application["id"])]


async def test_refuses_what_it_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    where = path(application["candidate_id"])
    await expect_query_rules(recruiter, where, "type=application.flown", "sort=created_at")
    await expect_cursor_rules(recruiter, where, "type=application.created")


async def test_not_of_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await make.admin.data("DELETE", f"{V1}/candidates/{candidate['id']}")
    assert problem(await recruiter.get(path(candidate["id"]))) == (404, "candidate_quarantined")


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await expect_hidden(watched, outsider, "GET", path(candidate["id"]))


async def test_needs_its_permission(make: Factories) -> None:
    candidate = await make.candidate()
    await expect_scope(await make.machine("candidates:read"), "GET", path(candidate["id"]), None, "events:read")
