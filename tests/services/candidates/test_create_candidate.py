"""create_candidate: a person is added, and the profile is sealed."""

import asyncio

import pytest

from tests.services.candidates.habits import EMPTY, PERSONAL, WHOLE, path_of, personal_in
from tests.services.habits import CANDIDATES, NOWHERE, Watch, changes_of, expect_replay, expect_scope, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows

NAMED: Data = {"profile": {"full_name": "Mira Okafor"}}


async def test_a_name_is_enough(recruiter: ApiClient, watched: Watch) -> None:
    response = await recruiter.post(CANDIDATES, json=NAMED)

    assert response.status_code == 201
    made = response.json()["data"]
    assert response.headers["Location"] == path_of(made)
    assert made["profile"] == {**EMPTY, "full_name": "Mira Okafor"}
    assert (made["status"], made["version"], made["purge_at"]) == ("active", 1, None)
    assert (made["source_id"], made["external_id"]) == (None, None)
    shown = await recruiter.get(path_of(made))
    assert (shown.json()["data"], shown.headers["ETag"]) == (made, response.headers["ETag"])
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("candidate.created", made["id"])
    assert (str(event["candidate_id"]), event["actor_id"]) == (made["id"], recruiter.id)
    assert changes_of(event) == {}


async def test_keeps_the_whole_profile_as_it_was_given(recruiter: ApiClient, make: Factories) -> None:
    source = await make.source()
    body = {"profile": WHOLE, "source_id": source["id"], "external_id": "C-1"}

    made = await recruiter.data("POST", CANDIDATES, json=body)

    assert {name: made[name] for name in body} == body
    assert await recruiter.data("GET", path_of(made)) == made


async def test_nothing_personal_stands_in_the_tables(recruiter: ApiClient, rows: Rows, cast: Cast) -> None:
    made = await recruiter.data("POST", CANDIDATES, json={"profile": WHOLE})

    for table, column in await rows.tables():
        sql = f'SELECT t::text FROM "{table}" t WHERE {column} = $1'  # noqa: S608 - names from the catalogue
        found = await rows.connection.fetch(sql, cast.organization_id)
        assert personal_in(found) == [], table
    stored = await rows.connection.fetchrow(
        "SELECT profile_sealed, email_hashes, phone_hashes, words::text FROM candidates WHERE organization_id = $1",
        cast.organization_id,
    )
    assert stored is not None
    assert [word for word in PERSONAL if word.encode() in stored["profile_sealed"]] == []
    assert [len(stored["email_hashes"]), len(stored["phone_hashes"])] == [2, 1]
    assert all(word.lower() not in stored["words"] for word in PERSONAL)
    assert made["profile"] == WHOLE


async def test_two_may_share_everything_but_the_external_id(recruiter: ApiClient) -> None:
    first, second = [await recruiter.data("POST", CANDIDATES, json={"profile": WHOLE}) for _ in range(2)]

    assert first["id"] != second["id"]
    assert first["profile"] == second["profile"]


async def test_refuses_an_external_id_that_is_taken(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    there = await make.candidate(external_id="C-1")
    await watched.begin()

    response = await recruiter.post(CANDIDATES, json={**NAMED, "external_id": "C-1"})

    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == there["id"]
    await watched.expect_nothing()


async def test_two_at_the_same_time_do_not_share_an_external_id(recruiter: ApiClient) -> None:
    body = {**NAMED, "external_id": "C-1"}

    answers = await asyncio.gather(*(recruiter.post(CANDIDATES, json=body) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["external_id_taken"]


async def test_another_organization_may_use_the_same_external_id(make: Factories, make_elsewhere: Factories) -> None:
    await make.candidate(external_id="C-1")

    assert (await make_elsewhere.candidate(external_id="C-1"))["external_id"] == "C-1"


async def test_names_a_source_that_is_not_there(
    recruiter: ApiClient, make_elsewhere: Factories, watched: Watch
) -> None:
    foreign = await make_elsewhere.source()
    for source_id in (NOWHERE, foreign["id"]):
        response = await recruiter.post(CANDIDATES, json={**NAMED, "source_id": source_id})
        assert refused_at(response) == (404, "reference_not_found", ["/source_id"])
    await watched.expect_nothing()


@pytest.mark.parametrize(
    ("profile", "pointer"),
    [
        ({}, "/profile/full_name"),
        ({"full_name": None}, "/profile/full_name"),
        ({"full_name": " "}, "/profile/full_name"),
        ({"full_name": "M", "nickname": "Mi"}, "/profile/nickname"),
        ({"full_name": "M", "emails": [{"address": "mira", "kind": "work"}]}, "/profile/emails/0/address"),
        ({"full_name": "M", "phones": [{"number": "call me", "kind": "work"}]}, "/profile/phones/0/number"),
        ({"full_name": "M", "links": [{"url": "ftp://mira.example", "kind": "other"}]}, "/profile/links/0/url"),
        ({"full_name": "M", "emails": [{"address": "m@example.org"}]}, "/profile/emails/0/kind"),
    ],
)
async def test_points_to_each_wrong_field(recruiter: ApiClient, watched: Watch, profile: Data, pointer: str) -> None:
    response = await recruiter.post(CANDIDATES, json={"profile": profile})

    assert refused_at(response) == (422, "validation_failed", [pointer])
    await watched.expect_nothing()


async def test_keeps_no_words_where_the_organization_does_not_want_them(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    await make.admin.data("PATCH", "/api/v1/organization", json={"settings": {"full_text_search": False}})

    await recruiter.data("POST", CANDIDATES, json={"profile": WHOLE})

    words = await rows.connection.fetchval(
        "SELECT words FROM candidates WHERE organization_id = $1", cast.organization_id
    )
    assert words is None


async def test_needs_its_scope(hiring_manager: ApiClient) -> None:
    await expect_scope(hiring_manager, "POST", CANDIDATES, NAMED, "candidates:write")


async def test_needs_the_whole_organization(make: Factories, watched: Watch) -> None:
    granted = await make.machine("candidates:read", "candidates:write", job_ids=[(await make.job())["id"]])
    await watched.begin()

    assert problem(await granted.post(CANDIDATES, json=NAMED)) == (403, "missing_grant")
    await watched.expect_nothing()


async def test_replays(recruiter: ApiClient, watched: Watch) -> None:
    await expect_replay(watched, recruiter, CANDIDATES, NAMED, {"profile": {"full_name": "Somebody Else"}})
