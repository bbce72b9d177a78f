"""remove_candidate_tag: one tag less, of those in use and of archived ones."""

from tests.services.candidates.habits import path_of
from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_works_and_records_its_event(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    kept, gone = await make.tag(), await make.tag()
    candidate = await make.candidate(tag_ids=[kept["id"], gone["id"]])
    await make.admin.data("PATCH", f"{V1}/tags/{gone['id']}", json={"is_archived": True})
    await watched.begin()

    response = await recruiter.delete(path_of(candidate, f"/tags/{gone['id']}"))

    assert (response.status_code, response.content) == (204, b"")
    changed = await recruiter.data("GET", path_of(candidate))
    assert (changed["tag_ids"], changed["version"]) == ([kept["id"]], 2)
    [event] = await watched.events()
    assert changes_of(event) == {"tag_ids": (f"{kept['id']}, {gone['id']}", kept["id"])}


async def test_a_tag_that_the_candidate_does_not_have_changes_nothing(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    candidate, tag = await make.candidate(), await make.tag()
    await watched.begin()

    assert (await recruiter.delete(path_of(candidate, f"/tags/{tag['id']}"))).status_code == 204

    await watched.expect_nothing()


async def test_refuses_what_is_not_there(recruiter: ApiClient, make: Factories, make_elsewhere: Factories) -> None:
    tag = await make.tag()
    candidate, foreign = await make.candidate(tag_ids=[tag["id"]]), await make_elsewhere.tag()

    for tag_id in (NOWHERE, foreign["id"]):
        assert problem(await recruiter.delete(path_of(candidate, f"/tags/{tag_id}"))) == (404, "not_found")
    await make.admin.data("DELETE", path_of(candidate))
    gone = await recruiter.delete(path_of(candidate, f"/tags/{tag['id']}"))
    assert problem(gone) == (404, "candidate_quarantined")


async def test_hides_another_organizations_candidate(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    tag = await make.tag()
    candidate = await make.candidate(tag_ids=[tag["id"]])

    await expect_hidden(watched, outsider, "DELETE", path_of(candidate, f"/tags/{tag['id']}"))


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job, tag = await make.job(), await make.tag()
    application = await make.application(job=job)
    await make.grant("hiring_manager", job)
    path = path_of({"id": application["candidate_id"]}, f"/tags/{tag['id']}")

    await expect_scope(hiring_manager, "DELETE", path, None, "candidates:write")
