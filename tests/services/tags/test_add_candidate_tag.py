"""add_candidate_tag: one more tag for a candidate, whatever others do at the same time."""

import asyncio

from tests.services.candidates.habits import path_of
from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows


async def archived(make: Factories) -> Data:
    """A tag that is out of use."""
    tag: Data = await make.admin.data("PATCH", f"{V1}/tags/{(await make.tag())['id']}", json={"is_archived": True})
    return tag


async def test_works_and_records_its_event(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second = await make.tag(), await make.tag()
    candidate = await make.candidate(tag_ids=[first["id"]])
    await watched.begin()

    response = await recruiter.put(path_of(candidate, f"/tags/{second['id']}"))

    assert (response.status_code, response.content) == (204, b"")
    changed = await recruiter.data("GET", path_of(candidate))
    assert (changed["tag_ids"], changed["version"]) == ([first["id"], second["id"]], 2)
    [event] = await watched.events()
    assert (event["type"], str(event["candidate_id"])) == ("candidate.updated", candidate["id"])
    assert changes_of(event) == {"tag_ids": (first["id"], f"{first['id']}, {second['id']}")}


async def test_the_same_again_changes_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    tag = await make.tag()
    candidate = await make.candidate(tag_ids=[tag["id"]])
    await watched.begin()

    assert (await recruiter.put(path_of(candidate, f"/tags/{tag['id']}"))).status_code == 204

    await watched.expect_nothing()


async def test_several_at_once_lose_none(recruiter: ApiClient, make: Factories) -> None:
    candidate, tags = await make.candidate(), [await make.tag() for _ in range(6)]

    answers = await asyncio.gather(*(recruiter.put(path_of(candidate, f"/tags/{tag['id']}")) for tag in tags))

    assert {answer.status_code for answer in answers} == {204}
    changed = await recruiter.data("GET", path_of(candidate))
    assert (changed["tag_ids"], changed["version"]) == ([tag["id"] for tag in tags], 7)


async def test_refuses_an_archived_tag(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate, tag = await make.candidate(), await archived(make)
    await watched.begin()

    assert problem(await recruiter.put(path_of(candidate, f"/tags/{tag['id']}"))) == (409, "tag_archived")

    await watched.expect_nothing()


async def test_refuses_one_tag_too_many(recruiter: ApiClient, make: Factories, rows: Rows, watched: Watch) -> None:
    candidate, tag = await make.candidate(), await make.tag()
    await rows.connection.execute(
        """
        WITH made AS (
            INSERT INTO tags (organization_id, id, name, is_archived, created_at, updated_at, version)
            SELECT organization_id, gen_random_uuid(), 'Another tag ' || n, false, now(), now(), 1
            FROM candidates, generate_series(1, 50) n WHERE id = $1 RETURNING organization_id, id
        )
        INSERT INTO candidate_tags (organization_id, id, candidate_id, tag_id, created_at)
        SELECT organization_id, gen_random_uuid(), $1, id, now() FROM made
        """,
        candidate["id"],
    )
    await watched.begin()

    assert problem(await recruiter.put(path_of(candidate, f"/tags/{tag['id']}"))) == (409, "too_many_tags")

    await watched.expect_nothing()


async def test_refuses_what_is_not_there(recruiter: ApiClient, make: Factories, make_elsewhere: Factories) -> None:
    candidate, tag = await make.candidate(), await make.tag()
    foreign = await make_elsewhere.tag()

    for tag_id in (NOWHERE, foreign["id"]):
        assert problem(await recruiter.put(path_of(candidate, f"/tags/{tag_id}"))) == (404, "not_found")
    assert problem(await recruiter.put(path_of({"id": NOWHERE}, f"/tags/{tag['id']}"))) == (404, "not_found")
    await make.admin.data("DELETE", path_of(candidate))
    gone = await recruiter.put(path_of(candidate, f"/tags/{tag['id']}"))
    assert problem(gone) == (404, "candidate_quarantined")


async def test_hides_another_organizations_candidate(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    candidate, tag = await make.candidate(), await make.tag()

    await expect_hidden(watched, outsider, "PUT", path_of(candidate, f"/tags/{tag['id']}"))


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job, tag = await make.job(), await make.tag()
    application = await make.application(job=job)
    await make.grant("hiring_manager", job)
    path = path_of({"id": application["candidate_id"]}, f"/tags/{tag['id']}")

    await expect_scope(hiring_manager, "PUT", path, None, "candidates:write")


async def test_reaches_candidates_of_granted_jobs_only(make: Factories, watched: Watch) -> None:
    job, tag = await make.job(), await make.tag()
    application, other = await make.application(job=job), await make.application()
    narrow = await make.machine("candidates:write", job_ids=[job["id"]])

    path = f"/tags/{tag['id']}"
    assert (await narrow.put(path_of({"id": application["candidate_id"]}, path))).status_code == 204
    await expect_hidden(watched, narrow, "PUT", path_of({"id": other["candidate_id"]}, path))
