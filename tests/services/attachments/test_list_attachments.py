"""list_attachments: the files of a candidate, however they came."""

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
from tests.support.factories import V1, Factories


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/attachments"


async def test_lists_newest_first_page_by_page(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.attachment()
    files = [await make.attachment(application) for _ in range(5)]

    where = path(application["candidate_id"])
    assert await walk(recruiter, where) == ids_of(files)[::-1]
    assert await walk(recruiter, where, sort="created_at") == ids_of(files)


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    candidate = {"id": application["candidate_id"]}
    letter = await make.attachment(application, kind="cover_letter")
    resume = await make.attachment(candidate=candidate)

    where = path(candidate["id"])
    assert await recruiter.data("GET", f"{where}?application_id={application['id']}") == [letter]
    assert await recruiter.data("GET", f"{where}?kind=resume") == [resume]
    assert ids_of(await recruiter.data("GET", f"{where}?kind=resume,cover_letter,other")) == ids_of([resume, letter])
    assert await recruiter.data("GET", f"{where}?created_after=2199-01-01T00:00:00Z") == []
    assert await recruiter.data("GET", f"{where}?updated_after=2199-01-01T00:00:00Z") == []


async def test_what_came_with_an_application_is_there(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    """For who sees the job, too; not before it is somebody's."""
    waiting = await make.intake()
    assert problem(await recruiter.get(f"{V1}/attachments/{waiting['files'][0]['id']}")) == (404, "not_found")
    intake = await make.intake("processed")
    [file] = intake["files"]
    await make.grant("hiring_manager", {"id": intake["job_id"]})
    for reader in (recruiter, hiring_manager):
        [shown] = await reader.data("GET", path(intake["candidate_id"]))
        told = {name: shown[name] for name in ("id", "source", "kind", "name", "sha256", "created_by")}
        assert told == {
            "id": file["id"],
            "source": "intake",
            "kind": "resume",
            "name": file["name"],
            "sha256": file["sha256"],
            "created_by": None,
        }
        assert (shown["intake_id"], shown["application_id"]) == (intake["id"], intake["application_id"])


async def test_refuses_what_it_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    for _ in range(2):
        await make.attachment(application)
    where = path(application["candidate_id"])
    await expect_query_rules(recruiter, where, "kind=all", "application_id=x", "sort=name")
    await expect_cursor_rules(recruiter, where, "kind=resume", "sort=created_at")


async def test_follows_the_candidate(recruiter: ApiClient, make: Factories) -> None:
    deleted, erased, survivor = [await make.candidate() for _ in range(3)]
    await make.attachment(candidate=erased)
    await make.admin.data("DELETE", f"{V1}/candidates/{deleted['id']}")
    await make.admin.data("POST", f"{V1}/candidates/{erased['id']}/erase")
    merged = await make.merged(survivor)
    assert problem(await recruiter.get(path(deleted["id"]))) == (404, "candidate_quarantined")
    assert problem(await recruiter.get(path(erased["id"]))) == (410, "candidate_erased")
    moved = await recruiter.get(path(merged["id"]))
    assert (moved.status_code, moved.headers["Location"]) == (308, path(survivor["id"]))


async def test_hides_another_organizations_candidate(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    await expect_hidden(watched, outsider, "GET", path(attachment["candidate_id"]))


async def test_needs_its_permission(make: Factories) -> None:
    attachment = await make.attachment()
    other = await make.machine("candidates:read")
    await expect_scope(other, "GET", path(attachment["candidate_id"]), None, "attachments:read")
