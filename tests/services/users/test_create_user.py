"""create_user: a new member of the staff."""

import asyncio
from typing import Any

import asyncpg
import pytest

from impl.lib import ids
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/users"
PASSWORD = "a rather long sentence"
BODY: dict[str, Any] = {"email": "Noor@Example.org", "name": "Noor Haddad", "role": "hiring_manager"}

pytestmark = pytest.mark.usefixtures("cheap_passwords")


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    job = await make.job()
    response = await admin.post(PATH, json=BODY | {"job_ids": [job["id"]]})

    user = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PATH}/{user['id']}"
    assert {**user, **BODY, "job_ids": [job["id"]]} == user
    assert (user["is_active"], user["last_signed_in_at"], user["version"]) == (True, None, 1)
    assert await admin.data("GET", f"{PATH}/{user['id']}") == user
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("user.created", user["id"])
    assert {change["field"]: change["after"] for change in event["changes"]} == {
        "role": "hiring_manager",
        "job_ids": job["id"],
    }


@pytest.mark.promise("H1")
async def test_keeps_nothing_personal_in_the_clear(
    admin: ApiClient, cast: Cast, rows: Rows, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await admin.data("POST", PATH, json=BODY | {"password": PASSWORD})

    kept = str(await rows.events(cast.organization_id))
    for row in await superuser.fetch("SELECT * FROM users WHERE organization_id = $1", cast.organization_id):
        kept += " ".join(bytes(value).decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)
    for secret in (BODY["name"], "Noor", "noor@", "example.org", PASSWORD):
        assert secret.casefold() not in kept.casefold()


async def test_a_password_signs_in(admin: ApiClient, anonymous: ApiClient, cast: Cast) -> None:
    address = f"noor@{cast.slug}.example.org"
    user = await admin.data("POST", PATH, json=BODY | {"email": address, "password": PASSWORD})

    session = await anonymous.data(
        "POST", "/api/v1/auth/sessions", json={"email": address.upper(), "password": PASSWORD}
    )

    assert session["user"]["id"] == user["id"]


async def test_without_a_password_nobody_signs_in(admin: ApiClient, anonymous: ApiClient, cast: Cast) -> None:
    address = f"noor@{cast.slug}.example.org"
    await admin.data("POST", PATH, json=BODY | {"email": address, "password": None})

    response = await anonymous.post("/api/v1/auth/sessions", json={"email": address, "password": PASSWORD})

    assert problem(response) == (401, "invalid_credentials")


@pytest.mark.parametrize("address", ["noor@example.org", "NOOR@EXAMPLE.ORG"])
async def test_refuses_an_address_that_is_taken(admin: ApiClient, cast: Cast, rows: Rows, address: str) -> None:
    there = await admin.data("POST", PATH, json=BODY)

    response = await admin.post(PATH, json=BODY | {"email": address, "name": "Another"})

    assert problem(response) == (409, "email_taken")
    assert response.json()["conflicting_id"] == there["id"]
    assert await rows.event_types(cast.organization_id) == ["user.created"]


async def test_one_of_several_at_once_takes_the_address(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    answers = await asyncio.gather(*(admin.post(PATH, json=BODY) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await rows.event_types(cast.organization_id) == ["user.created"]


async def test_an_address_may_belong_to_several_organizations(admin: ApiClient, outsider: ApiClient) -> None:
    assert (await admin.post(PATH, json=BODY)).status_code == 201
    assert (await outsider.post(PATH, json=BODY)).status_code == 201


@pytest.mark.parametrize("password", ["password1234", "123456789012", "\ufb00" * 70])
async def test_refuses_a_weak_password(admin: ApiClient, cast: Cast, rows: Rows, password: str) -> None:
    response = await admin.post(PATH, json=BODY | {"password": password})

    assert problem(response) == (422, "password_too_weak")
    assert {error["pointer"] for error in response.json()["errors"]} == {"/password"}
    assert await rows.count("users", cast.organization_id) == len(cast.people)


@pytest.mark.parametrize("kind", ["unknown", "another organization's"])
async def test_refuses_jobs_that_are_not_there(
    admin: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast, rows: Rows, kind: str
) -> None:
    job = await make.job()
    stranger = str(ids.new_id()) if kind == "unknown" else (await make_elsewhere.job())["id"]

    response = await admin.post(PATH, json=BODY | {"job_ids": [job["id"], stranger]})

    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/job_ids/1"]
    assert await rows.count("users", cast.organization_id) == len(cast.people)


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await recruiter.post(PATH, json=BODY)

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["users:write"]
    assert await rows.count("users", cast.organization_id) == len(cast.people)


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("users:write", job_ids=[job["id"]])

    assert problem(await narrow.post(PATH, json=BODY)) == (403, "missing_grant")


async def test_replays(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    key = {"Idempotency-Key": "once"}
    first = await admin.post(PATH, json=BODY | {"password": PASSWORD}, headers=key)
    again = await admin.post(PATH, json=BODY | {"password": PASSWORD}, headers=key)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert await rows.event_types(cast.organization_id) == ["user.created"]
    other = await admin.post(PATH, json=BODY | {"name": "Another"}, headers=key)
    assert problem(other) == (422, "idempotency_key_reused")


async def test_nobody_gives_a_role_with_more_rights_than_their_own(make: Factories, cast: Cast, rows: Rows) -> None:
    weak = await make.machine("users:write")
    before = await rows.event_types(cast.organization_id)

    response = await weak.post(PATH, json={"email": "new@example.org", "name": "New", "role": "admin"})

    assert problem(response) == (403, "scope_not_held")
    assert await rows.event_types(cast.organization_id) == before
