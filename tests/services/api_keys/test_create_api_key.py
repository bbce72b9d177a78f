"""create_api_key: a credential for a machine, whose secret is shown once."""

import hashlib
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from impl.lib import clock, ids, tokens
from impl.lib.clock import Hands
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/api_keys"
BODY: dict[str, Any] = {"name": "Nightly report", "scopes": ["jobs:read", "applications:read"]}


def instant(days: int) -> str:
    return (clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_works_and_records_its_event(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await admin.post(PATH, json=BODY)

    key = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PATH}/{key['id']}"
    assert (key["name"], key["scopes"]) == (BODY["name"], sorted(BODY["scopes"]))
    assert (key["job_ids"], key["expires_at"], key["revoked_at"], key["version"]) == (None, None, None, 1)
    assert key["created_by_user_id"] == str(admin.id)
    [event] = await rows.events(cast.organization_id)
    assert (event["type"], str(event["resource_id"])) == ("api_key.created", key["id"])


@pytest.mark.promise("H5")
async def test_keeps_only_a_hash_of_the_secret(
    admin: ApiClient, cast: Cast, rows: Rows, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    key = await admin.data("POST", PATH, json=BODY)

    parsed = tokens.parse(key["secret"])
    assert parsed is not None
    assert (parsed.kind, parsed.environment, parsed.public_id) == ("api_key", "dev", key["public_id"])
    row = await superuser.fetchrow("SELECT * FROM api_keys WHERE public_id = $1", key["public_id"])
    assert row is not None
    assert row["secret_hash"] == hashlib.sha256(parsed.secret.encode()).digest()
    assert parsed.secret not in str(dict(row)) + str(await rows.events(cast.organization_id))
    assert "secret" not in await admin.data("GET", f"{PATH}/{key['id']}")


async def test_the_key_does_what_its_scopes_say(admin: ApiClient, cast: Cast, make: Factories) -> None:
    job = await make.job()
    machine = await make.machine("jobs:read")

    assert [found["id"] for found in await machine.data("GET", "/api/v1/jobs")] == [job["id"]]
    assert problem(await machine.get("/api/v1/candidates")) == (403, "missing_scope")


async def test_a_key_with_jobs_sees_only_them(make: Factories) -> None:
    job, other = await make.job(), await make.job()
    machine = await make.machine("jobs:read", job_ids=[job["id"]])

    assert [found["id"] for found in await machine.data("GET", "/api/v1/jobs")] == [job["id"]]
    assert problem(await machine.get(f"/api/v1/jobs/{other['id']}")) == (404, "not_found")


async def test_a_key_with_an_empty_list_of_jobs_sees_none(make: Factories) -> None:
    await make.job()
    key = await make.api_key("jobs:read", job_ids=[])
    machine = await make.machine("jobs:read", job_ids=[])

    assert key["job_ids"] == []
    assert await machine.data("GET", "/api/v1/jobs") == []


async def test_one_job_named_twice_is_granted_once(make: Factories) -> None:
    job = await make.job()

    key = await make.api_key("jobs:read", job_ids=[job["id"], job["id"].upper()])

    assert key["job_ids"] == [job["id"]]


async def test_refuses_scopes_that_the_actor_does_not_hold(make: Factories, cast: Cast, rows: Rows) -> None:
    machine = await make.machine("api_keys:write", "jobs:read")

    response = await machine.post(PATH, json={"name": "More", "scopes": ["jobs:read", "users:write", "jobs:write"]})

    assert problem(response) == (403, "scope_not_held")
    assert response.json()["missing_scopes"] == ["jobs:write", "users:write"]
    assert await rows.event_types(cast.organization_id) == ["api_key.created"]


async def test_a_key_made_by_a_key_has_no_user(make: Factories) -> None:
    machine = await make.machine("api_keys:write", "jobs:read")

    key = await machine.data("POST", PATH, json={"name": "Less", "scopes": ["jobs:read"]})

    assert key["created_by_user_id"] is None


@pytest.mark.parametrize("kind", ["unknown", "another organization's"])
async def test_refuses_jobs_that_are_not_there(
    admin: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast, rows: Rows, kind: str
) -> None:
    job = await make.job()
    stranger = str(ids.new_id()) if kind == "unknown" else (await make_elsewhere.job())["id"]

    response = await admin.post(PATH, json=BODY | {"job_ids": [job["id"], stranger]})

    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/job_ids/1"]
    assert "api_key.created" not in await rows.event_types(cast.organization_id)


async def test_refuses_an_expiry_in_the_past(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await admin.post(PATH, json=BODY | {"expires_at": instant(-1)})

    assert problem(response) == (422, "instant_out_of_range")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/expires_at"]
    assert await rows.events(cast.organization_id) == []


async def test_a_key_is_refused_from_its_expiry_on(make: Factories, hands: Hands) -> None:
    machine = await make.machine("jobs:read", expires_at=instant(1))
    assert (await machine.get("/api/v1/jobs")).status_code == 200

    hands.advance(timedelta(days=1))

    assert problem(await machine.get("/api/v1/jobs")) == (401, "invalid_token")


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    assert problem(await recruiter.post(PATH, json=BODY)) == (403, "missing_scope")
    assert await rows.events(cast.organization_id) == []


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("api_keys:write", "jobs:read", job_ids=[job["id"]])

    assert problem(await narrow.post(PATH, json={"name": "Wide", "scopes": ["jobs:read"]})) == (403, "missing_grant")


async def test_replays(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    key = {"Idempotency-Key": "once"}
    first = await admin.post(PATH, json=BODY, headers=key)
    again = await admin.post(PATH, json=BODY, headers=key)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert await rows.event_types(cast.organization_id) == ["api_key.created"]
    other = await admin.post(PATH, json=BODY | {"name": "Another"}, headers=key)
    assert problem(other) == (422, "idempotency_key_reused")
