"""create_custom_field: a new field, with a key that no other field of the same resource has."""

import asyncio
from typing import Any

import pytest

from tests.services.habits import Watch, changes_of, expect_replay, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows

PATH = "/api/v1/custom_fields"

BODY: dict[str, Any] = {"key": "notice_period", "name": "Notice period", "applies_to": "candidate", "type": "integer"}
OPTION: Data = {"key": "one", "name": "One"}


async def test_works_and_records_its_event(admin: ApiClient, watched: Watch) -> None:
    response = await admin.post(PATH, json=BODY)

    made = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PATH}/{made['id']}"
    assert {**made, **BODY, "description": None, "options": [], "is_private": False, "is_archived": False} == made
    assert await admin.data("GET", f"{PATH}/{made['id']}") == made
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("custom_field.created", made["id"])
    told = {"key", "name", "applies_to", "type", "is_private"}
    assert set(changes_of(event)) == told


async def test_a_choice_has_options(admin: ApiClient) -> None:
    body = BODY | {"type": "multi_select", "options": [OPTION, {"key": "two", "name": "Two"}], "is_private": True}

    made = await admin.data("POST", PATH, json=body)

    assert made["options"] == [{**OPTION, "is_archived": False}, {"key": "two", "name": "Two", "is_archived": False}]
    assert made["is_private"] is True


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"type": "single_select"}, "/options"),
        ({"type": "multi_select", "options": []}, "/options"),
        ({"type": "text_of_mine"}, "/type"),
        ({"options": [OPTION]}, "/options"),
        ({"type": "single_select", "options": [OPTION, OPTION]}, "/options/1/key"),
        ({"key": "Notice"}, "/key"),
        ({"applies_to": "opening"}, "/applies_to"),
    ],
)
async def test_refuses_what_makes_no_field(admin: ApiClient, watched: Watch, change: Data, pointer: str) -> None:
    status, code, pointers = refused_at(await admin.post(PATH, json=BODY | change))

    assert (status, pointers) == (422, [pointer])
    assert code in ("options_invalid", "validation_failed")
    await watched.expect_nothing()


async def test_refuses_a_key_that_is_taken(admin: ApiClient, make: Factories, watched: Watch) -> None:
    there = await make.custom_field(BODY["key"])
    await watched.begin()

    response = await admin.post(PATH, json=BODY)

    assert problem(response) == (409, "key_taken")
    assert response.json()["conflicting_id"] == there["id"]
    await watched.expect_nothing()
    assert (await admin.post(PATH, json=BODY | {"applies_to": "job"})).status_code == 201


async def test_one_of_several_at_once_takes_the_key(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    answers = await asyncio.gather(*(admin.post(PATH, json=BODY) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await rows.count("custom_fields", cast.organization_id) == 1


async def test_refuses_one_field_too_many(admin: ApiClient, make: Factories, rows: Rows) -> None:
    there = await make.custom_field()
    await rows.connection.execute(
        """
        INSERT INTO custom_fields
        SELECT organization_id, gen_random_uuid(), 'more_' || n, name, description, applies_to, type, options, is_private, true,
            created_at, updated_at, version
        FROM custom_fields, generate_series(1, 99) n WHERE id = $1
        """,
        there["id"],
    )

    assert problem(await admin.post(PATH, json=BODY)) == (409, "too_many_custom_fields")
    assert (await admin.post(PATH, json=BODY | {"applies_to": "application"})).status_code == 201


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await recruiter.post(PATH, json=BODY)

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["organization:write"]
    assert await rows.count("custom_fields", cast.organization_id) == 0


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.post(PATH, json=BODY)) == (403, "missing_grant")


async def test_replays(admin: ApiClient, watched: Watch) -> None:
    await expect_replay(watched, admin, PATH, BODY, BODY | {"key": "other"})
