"""list_resume_parses: how often the resumes of a candidate were read, and with what result."""

from tests.services.habits import (
    Watch,
    expect_cursor_rules,
    expect_hidden,
    expect_query_rules,
    expect_scope,
    ids_of,
    walk,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

INSIDE = {"text", "profile", "evidence", "hidden", "instructions", "accepted_profile", "corrected", "taken_over"}


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/resume_parses"


def brief(parse: Data) -> Data:
    return {name: value for name, value in parse.items() if name not in INSIDE}


async def test_lists_newest_first_page_by_page(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.parse()
    parses = [await make.parse(application, status="queued") for _ in range(5)]

    where = path(application["candidate_id"])
    assert await walk(recruiter, where) == ids_of(parses)[::-1]
    assert await walk(recruiter, where, sort="created_at") == ids_of(parses)


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    parsed = await make.parse(application)
    failed = await make.parse(application, status="failed")
    accepted = await make.parse(application, take_over=[])
    again = await recruiter.data("POST", f"{V1}/attachments/{parsed['attachment_id']}/resume_parses")

    where = path(application["candidate_id"])
    of_one = await recruiter.data("GET", f"{where}?attachment_id={parsed['attachment_id']}")
    assert of_one == [brief(again), brief(parsed)]
    assert await recruiter.data("GET", f"{where}?status=failed") == [brief(failed)]
    assert await recruiter.data("GET", f"{where}?status=failed,queued") == [brief(again), brief(failed)]
    assert await recruiter.data("GET", f"{where}?is_accepted=true") == [brief(accepted)]
    assert ids_of(await recruiter.data("GET", f"{where}?is_accepted=false&status=parsed")) == [parsed["id"]]
    assert await recruiter.data("GET", f"{where}?created_after=2199-01-01T00:00:00Z") == []
    assert await recruiter.data("GET", f"{where}?updated_after=2199-01-01T00:00:00Z") == []


async def test_each_sees_those_of_its_jobs(interviewer: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    mine, other = [await make.parse(await make.application(candidate=candidate)) for _ in range(2)]
    await make.grant("interviewer", {"id": mine["job_id"]})
    assert await interviewer.data("GET", path(candidate["id"])) == [brief(mine)]
    assert problem(await interviewer.get(f"{V1}/resume_parses/{other['id']}")) == (404, "not_found")


async def test_refuses_what_it_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    for _ in range(2):
        await make.parse(application)
    where = path(application["candidate_id"])
    await expect_query_rules(recruiter, where, "status=done", "attachment_id=x", "is_accepted=maybe", "sort=status")
    await expect_cursor_rules(recruiter, where, "status=parsed", "sort=created_at")


async def test_follows_the_candidate(recruiter: ApiClient, make: Factories) -> None:
    deleted, erased, survivor = [await make.candidate() for _ in range(3)]
    await make.admin.data("DELETE", f"{V1}/candidates/{deleted['id']}")
    await make.admin.data("POST", f"{V1}/candidates/{erased['id']}/erase")
    merged = await make.merged(survivor)
    assert problem(await recruiter.get(path(deleted["id"]))) == (404, "candidate_quarantined")
    assert problem(await recruiter.get(path(erased["id"]))) == (410, "candidate_erased")
    moved = await recruiter.get(path(merged["id"]))
    assert (moved.status_code, moved.headers["Location"]) == (308, path(survivor["id"]))


async def test_hides_another_organizations_candidate(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await expect_hidden(watched, outsider, "GET", path(parse["candidate_id"]))


async def test_needs_its_permission(make: Factories) -> None:
    parse = await make.parse()
    other = await make.machine("candidates:read")
    await expect_scope(other, "GET", path(parse["candidate_id"]), None, "attachments:read")
