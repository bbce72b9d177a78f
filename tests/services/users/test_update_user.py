"""update_user: name, role, job grants, password, and whether the user can sign in. It holds from the next request on."""

import asyncio

import pytest

from generated.operations import ROLES
from impl.lib import ids
from tests.support.cast import PASSWORD, Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/users"
SESSIONS = "/api/v1/auth/sessions"
ME = "/api/v1/me"
NEW_PASSWORD = "a rather long sentence"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def path_of(cast: Cast, role: str) -> str:
    return f"{PATH}/{cast.people[role].id}"


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    user, job = await make.user("interviewer"), await make.job()

    changed = await admin.data(
        "PATCH", f"{PATH}/{user['id']}", json={"role": "hiring_manager", "job_ids": [job["id"]], "name": "Noor Haddad"}
    )

    new = {"role": "hiring_manager", "job_ids": [job["id"]], "name": "Noor Haddad", "version": 2}
    assert changed == user | new | {"updated_at": changed["updated_at"]}
    assert await admin.data("GET", f"{PATH}/{user['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("user.updated", user["id"])
    assert {change["field"]: (change["before"], change["after"]) for change in event["changes"]} == {
        "role": ("interviewer", "hiring_manager"),
        "job_ids": (None, job["id"]),
    }
    assert "Noor" not in str(event)


async def test_changes_nothing_when_nothing_is_new(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    user = await make.user("recruiter")

    same = {"name": user["name"], "role": "recruiter", "is_active": True, "job_ids": []}
    assert await admin.data("PATCH", f"{PATH}/{user['id']}", json=same) == user
    assert await rows.event_types(cast.organization_id) == ["user.created"]


async def test_a_role_holds_from_the_next_request_on(admin: ApiClient, recruiter: ApiClient, cast: Cast) -> None:
    assert (await recruiter.get("/api/v1/events")).status_code == 200

    await admin.data("PATCH", path_of(cast, "recruiter"), json={"role": "interviewer"})

    assert problem(await recruiter.get("/api/v1/events")) == (403, "missing_scope")


async def test_grants_replace_those_before(
    admin: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    one, two, three = await make.job(), await make.job(), await make.job()

    await admin.data("PATCH", path_of(cast, "hiring_manager"), json={"job_ids": [one["id"], two["id"]]})
    seen = await hiring_manager.data("GET", "/api/v1/jobs?sort=created_at")
    assert [job["id"] for job in seen] == [one["id"], two["id"]]

    changed = await admin.data(
        "PATCH", path_of(cast, "hiring_manager"), json={"job_ids": [three["id"], two["id"], two["id"].upper()]}
    )
    assert changed["job_ids"] == [two["id"], three["id"]]
    seen = await hiring_manager.data("GET", "/api/v1/jobs?sort=created_at")
    assert [job["id"] for job in seen] == [two["id"], three["id"]]

    await admin.data("PATCH", path_of(cast, "hiring_manager"), json={"job_ids": []})
    assert await hiring_manager.data("GET", "/api/v1/jobs") == []


async def test_nobody_inactive_gets_in(
    admin: ApiClient, recruiter: ApiClient, anonymous: ApiClient, cast: Cast, rows: Rows
) -> None:
    assert (await recruiter.get(ME)).status_code == 200
    credentials = {"email": cast.people["recruiter"].email, "password": PASSWORD}

    await admin.data("PATCH", path_of(cast, "recruiter"), json={"is_active": False})

    assert problem(await recruiter.get(ME)) == (401, "invalid_token")
    assert problem(await anonymous.post(SESSIONS, json=credentials)) == (401, "invalid_credentials")
    assert sorted(await rows.event_types(cast.organization_id)) == ["session.ended", "user.updated"]

    await admin.data("PATCH", path_of(cast, "recruiter"), json={"is_active": True})
    assert problem(await recruiter.get(ME)) == (401, "invalid_token")
    assert (await anonymous.post(SESSIONS, json=credentials)).status_code == 201


async def test_a_new_password_ends_every_session(
    admin: ApiClient, recruiter: ApiClient, anonymous: ApiClient, cast: Cast
) -> None:
    address = cast.people["recruiter"].email

    await admin.data("PATCH", path_of(cast, "recruiter"), json={"password": NEW_PASSWORD})

    assert problem(await recruiter.get(ME)) == (401, "invalid_token")
    old = await anonymous.post(SESSIONS, json={"email": address, "password": PASSWORD})
    assert problem(old) == (401, "invalid_credentials")
    assert (await anonymous.post(SESSIONS, json={"email": address, "password": NEW_PASSWORD})).status_code == 201


async def test_ones_own_new_password_ends_only_the_other_sessions(
    admin: ApiClient, anonymous: ApiClient, cast: Cast
) -> None:
    credentials = {"email": cast.people["admin"].email, "password": PASSWORD}
    other = ApiClient(cast.app, (await anonymous.data("POST", SESSIONS, json=credentials))["token"])

    await admin.data("PATCH", path_of(cast, "admin"), json={"password": NEW_PASSWORD})

    assert (await admin.get(ME)).status_code == 200
    assert problem(await other.get(ME)) == (401, "invalid_token")


async def test_no_password_lets_nobody_sign_in(
    admin: ApiClient, recruiter: ApiClient, anonymous: ApiClient, cast: Cast
) -> None:
    await admin.data("PATCH", path_of(cast, "recruiter"), json={"password": None})

    assert problem(await recruiter.get(ME)) == (401, "invalid_token")
    credentials = {"email": cast.people["recruiter"].email, "password": PASSWORD}
    assert problem(await anonymous.post(SESSIONS, json=credentials)) == (401, "invalid_credentials")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "recruiter"}])
async def test_refuses_to_lose_the_last_administrator(
    admin: ApiClient, make: Factories, cast: Cast, rows: Rows, change: dict[str, object]
) -> None:
    inactive = await make.user("admin")
    await admin.data("PATCH", f"{PATH}/{inactive['id']}", json={"is_active": False})
    before = await rows.digest(cast.organization_id)

    assert problem(await admin.patch(path_of(cast, "admin"), json=change)) == (409, "last_admin")

    assert await rows.digest(cast.organization_id) == before
    await make.user("admin", password=NEW_PASSWORD)
    assert (await admin.patch(path_of(cast, "admin"), json=change)).status_code == 200


async def test_two_at_once_do_not_lose_both_administrators(machine: ApiClient, make: Factories, cast: Cast) -> None:
    one, two = str(cast.people["admin"].id), (await make.user("admin"))["id"]
    for _ in range(5):
        answers = await asyncio.gather(
            machine.patch(f"{PATH}/{one}", json={"role": "recruiter"}),
            machine.patch(f"{PATH}/{two}", json={"is_active": False}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        for user_id in (one, two):
            await machine.data("PATCH", f"{PATH}/{user_id}", json={"role": "admin", "is_active": True})


async def test_refuses_a_weak_password(admin: ApiClient, recruiter: ApiClient, cast: Cast) -> None:
    response = await admin.patch(path_of(cast, "recruiter"), json={"password": "password1234"})

    assert problem(response) == (422, "password_too_weak")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/password"]
    assert (await recruiter.get(ME)).status_code == 200


@pytest.mark.parametrize("kind", ["unknown", "another organization's"])
async def test_refuses_jobs_that_are_not_there(
    admin: ApiClient, make_elsewhere: Factories, cast: Cast, kind: str
) -> None:
    stranger = str(ids.new_id()) if kind == "unknown" else (await make_elsewhere.job())["id"]

    response = await admin.patch(path_of(cast, "interviewer"), json={"job_ids": [stranger]})

    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/job_ids/0"]


async def test_refuses_a_stale_version(admin: ApiClient, cast: Cast) -> None:
    path = path_of(cast, "recruiter")
    tag = (await admin.get(path)).headers["ETag"]

    assert (await admin.patch(path, json={"name": "First"}, headers={"If-Match": tag})).status_code == 200
    stale = await admin.patch(path, json={"name": "Late"}, headers={"If-Match": tag})
    assert problem(stale) == (412, "precondition_failed")
    await admin.data("PATCH", "/api/v1/organization", json={"settings": {"require_if_match": True}})
    assert problem(await admin.patch(path, json={"name": "Blind"})) == (428, "precondition_required")


async def test_hides_another_organizations_row(outsider: ApiClient, admin: ApiClient, cast: Cast) -> None:
    before = await admin.data("GET", path_of(cast, "recruiter"))

    response = await outsider.patch(path_of(cast, "recruiter"), json={"is_active": False})

    assert problem(response) == (404, "not_found")
    assert await admin.data("GET", path_of(cast, "recruiter")) == before


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast) -> None:
    response = await recruiter.patch(path_of(cast, "recruiter"), json={"role": "admin"})

    assert problem(response) == (403, "missing_scope")


async def test_needs_the_whole_organization(make: Factories, cast: Cast) -> None:
    job = await make.job()
    narrow = await make.machine("users:write", job_ids=[job["id"]])

    assert problem(await narrow.patch(path_of(cast, "admin"), json={"name": "X"})) == (403, "missing_grant")


@pytest.mark.parametrize(
    ("role", "change"),
    [
        ("interviewer", {"role": "admin"}),
        ("admin", {"password": NEW_PASSWORD}),
        ("admin", {"is_active": False}),
        ("admin", {"name": "Somebody Else"}),
    ],
)
async def test_nobody_changes_who_has_more_rights_or_gives_more_than_they_have(
    make: Factories, cast: Cast, rows: Rows, role: str, change: dict[str, object]
) -> None:
    weak = await make.machine("users:write", *ROLES["interviewer"].scopes)
    before = await rows.event_types(cast.organization_id)

    response = await weak.patch(path_of(cast, role), json=change)

    assert problem(response) == (403, "scope_not_held")
    assert "api_keys:write" in response.json()["missing_scopes"]
    assert await rows.event_types(cast.organization_id) == before
    assert (await weak.patch(path_of(cast, "interviewer"), json={"name": "Somebody Else"})).status_code == 200


async def test_the_last_administrator_keeps_a_password(admin: ApiClient, cast: Cast) -> None:
    assert problem(await admin.patch(path_of(cast, "admin"), json={"password": None})) == (409, "last_admin")
