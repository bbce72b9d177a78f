"""The tags of candidates in create_candidate, update_candidate and list_candidates."""

from tests.services.candidates.habits import path_of
from tests.services.habits import CANDIDATES, NOWHERE, Watch, changes_of, ids_of, refused_at
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_a_new_candidate_has_them(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second = await make.tag(), await make.tag()
    await watched.begin()
    body = {"profile": {"full_name": "Nova Quill"}, "tag_ids": [second["id"], first["id"], second["id"]]}

    candidate = await recruiter.data("POST", CANDIDATES, json=body)

    assert candidate["tag_ids"] == [first["id"], second["id"]]
    assert await recruiter.data("GET", path_of(candidate)) == candidate
    assert await recruiter.data("GET", CANDIDATES) == [candidate]
    [event] = await watched.events()
    assert changes_of(event) == {"tag_ids": (None, f"{first['id']}, {second['id']}")}


async def test_an_update_replaces_them(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second, third = await make.tag(), await make.tag(), await make.tag()
    candidate = await make.candidate(tag_ids=[first["id"], second["id"]])
    await make.admin.data("PATCH", f"{V1}/tags/{second['id']}", json={"is_archived": True})
    await watched.begin()

    changed = await recruiter.data("PATCH", path_of(candidate), json={"tag_ids": [third["id"], second["id"]]})

    assert changed["tag_ids"] == [second["id"], third["id"]]
    [event] = await watched.events()
    assert set(changes_of(event)) == {"tag_ids"}
    assert await recruiter.data("PATCH", path_of(candidate), json={"tag_ids": changed["tag_ids"]}) == changed
    assert (await recruiter.data("PATCH", path_of(candidate), json={"tag_ids": []}))["tag_ids"] == []
    assert len(await watched.events()) == 2


async def test_refuses_tags_that_are_not_there_or_archived(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    there, archived, foreign = await make.tag(), await make.tag(), await make_elsewhere.tag()
    await make.admin.data("PATCH", f"{V1}/tags/{archived['id']}", json={"is_archived": True})
    candidate = await make.candidate()
    await watched.begin()
    cases = (
        ([there["id"], NOWHERE, foreign["id"]], (404, "reference_not_found", ["/tag_ids/1", "/tag_ids/2"])),
        ([there["id"], archived["id"]], (409, "tag_archived", ["/tag_ids/1"])),
    )

    for tag_ids, refusal in cases:
        body = {"profile": {"full_name": "Nova Quill"}, "tag_ids": tag_ids}
        assert refused_at(await recruiter.post(CANDIDATES, json=body)) == refusal
        assert refused_at(await recruiter.patch(path_of(candidate), json={"tag_ids": tag_ids})) == refusal

    await watched.expect_nothing()


async def test_a_list_is_narrowed_by_a_tag(recruiter: ApiClient, make: Factories) -> None:
    tag, other = await make.tag(), await make.tag()
    mine = [await make.candidate(tag_ids=[tag["id"], other["id"]]), await make.candidate(tag_ids=[tag["id"]])]
    await make.candidate(tag_ids=[other["id"]])
    await make.candidate()

    assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?tag_id={tag['id']}&sort=created_at")) == ids_of(mine)
    assert await recruiter.data("GET", f"{CANDIDATES}?tag_id={NOWHERE}") == []
