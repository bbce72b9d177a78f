"""create_tag: a new row of the list, with a name that no sibling has."""

import asyncio
from typing import Any

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/tags"

BODY: dict[str, Any] = {"name": "Speaks at conferences"}


async def test_works_and_records_its_event(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await admin.post(PATH, json=BODY)

    made = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PATH}/{made['id']}"
    assert {**made, **BODY} == made
    assert (made["is_archived"], made["version"]) == (False, 1)
    assert await admin.data("GET", f"{PATH}/{made['id']}") == made
    [event] = await rows.events(cast.organization_id)
    assert (event["type"], str(event["resource_id"])) == ("tag.created", made["id"])
    assert sorted(change["field"] for change in event["changes"]) == sorted(BODY)


async def test_refuses_a_name_that_is_taken(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.tag(**BODY)

    response = await admin.post(PATH, json=BODY)

    assert problem(response) == (409, "name_taken")
    assert response.json()["conflicting_id"] == there["id"]
    assert await rows.count("tags", cast.organization_id) == 1


async def test_one_of_several_at_once_takes_the_name(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    answers = await asyncio.gather(*(admin.post(PATH, json=BODY) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await rows.count("tags", cast.organization_id) == 1


async def test_a_name_is_taken_in_its_own_organization_only(outsider: ApiClient, make: Factories) -> None:
    await make.tag(**BODY)

    assert (await outsider.post(PATH, json=BODY)).status_code == 201


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await recruiter.post(PATH, json=BODY)

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["organization:write"]
    assert await rows.count("tags", cast.organization_id) == 0


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.post(PATH, json=BODY)) == (403, "missing_grant")


async def test_replays(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    key = {"Idempotency-Key": "once"}
    first = await admin.post(PATH, json=BODY, headers=key)
    again = await admin.post(PATH, json=BODY, headers=key)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert await rows.event_types(cast.organization_id) == ["tag.created"]
    other = await admin.post(PATH, json=BODY | {"name": "Another"}, headers=key)
    assert problem(other) == (422, "idempotency_key_reused")
