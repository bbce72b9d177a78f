"""create_session: sign in with an address and a password."""

import hashlib
from datetime import timedelta
from typing import Any

import asyncpg
import httpx2
import pytest
from starlette.types import ASGIApp

from generated.operations import RATE_CLASSES
from impl.app import build
from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.lib import passwords, tokens
from impl.lib.clock import Hands
from impl.settings import Settings
from tests.support.application import started
from tests.support.cast import PASSWORD, Cast
from tests.support.clients import ApiClient, problem
from tests.support.exercise import Checked
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/auth/sessions"
ME = "/api/v1/me"
SHARED = "violet-anchor-quietly-ten"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def credentials(cast: Cast, role: str = "recruiter", **more: Any) -> dict[str, Any]:
    return {"email": cast.people[role].email, "password": PASSWORD, **more}


async def test_works_and_records_its_event(anonymous: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await anonymous.post(PATH, json=credentials(cast))

    session = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == ME
    assert session["organization_id"] == str(cast.organization_id)
    assert session["user"]["id"] == str(cast.people["recruiter"].id)
    assert session["user"]["last_signed_in_at"] is not None
    me = await ApiClient(cast.app, session["token"]).data("GET", ME)
    assert me["user"] == session["user"]
    [event] = await rows.events(cast.organization_id)
    assert (event["type"], str(event["resource_id"])) == ("session.created", session["id"])
    assert (event["actor_type"], event["actor_id"]) == ("user", cast.people["recruiter"].id)


@pytest.mark.promise("H5")
async def test_keeps_only_a_hash_of_the_secret(
    anonymous: ApiClient, cast: Cast, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    session = await anonymous.data("POST", PATH, json=credentials(cast))

    parsed = tokens.parse(session["token"])
    assert parsed is not None
    assert parsed.kind == "session"
    row = await superuser.fetchrow("SELECT * FROM sessions WHERE public_id = $1", parsed.public_id)
    assert row is not None
    assert row["secret_hash"] == hashlib.sha256(parsed.secret.encode()).digest()
    assert parsed.secret not in str(dict(row))


async def test_a_session_ends_by_itself(anonymous: ApiClient, cast: Cast, runtime: Runtime, hands: Hands) -> None:
    session = await anonymous.data("POST", PATH, json=credentials(cast))
    client = ApiClient(cast.app, session["token"])

    hands.advance(timedelta(hours=runtime.settings.security.session_hours, seconds=-1))
    assert (await client.get(ME)).status_code == 200
    hands.advance(timedelta(seconds=1))
    assert problem(await client.get(ME)) == (401, "invalid_token")


async def test_the_spelling_of_the_address_does_not_matter(anonymous: ApiClient, cast: Cast) -> None:
    address = cast.people["recruiter"].email.upper()

    assert (await anonymous.post(PATH, json={"email": address, "password": PASSWORD})).status_code == 201


@pytest.mark.promise("A9")
async def test_refuses_everything_that_does_not_fit_in_the_same_words(
    anonymous: ApiClient, admin: ApiClient, cast: Cast, other_cast: Cast, rows: Rows, make: Factories
) -> None:
    without_password = await make.user("recruiter")
    inactive = cast.people["interviewer"]
    await admin.data("PATCH", f"/api/v1/users/{inactive.id}", json={"is_active": False})
    before = await rows.digest(cast.organization_id)

    refused = [
        credentials(cast, email="nobody@example.org"),
        credentials(cast, password="not the password"),
        credentials(cast, organization="no-such-organization"),
        credentials(cast, organization=other_cast.slug),
        credentials(cast, email=without_password["email"]),
        credentials(cast, email=inactive.email),
    ]
    answers = [await anonymous.post(PATH, json=body) for body in refused]

    assert {problem(answer) for answer in answers} == {(401, "invalid_credentials")}
    assert all(answer.headers["WWW-Authenticate"].startswith("Bearer") for answer in answers)
    documents = [{name: value for name, value in answer.json().items() if name != "request_id"} for answer in answers]
    assert all(document == documents[0] for document in documents)
    assert await rows.digest(cast.organization_id) == before


@pytest.mark.promise("A9")
async def test_an_unknown_address_costs_a_hash_too(
    anonymous: ApiClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []
    verify = passwords.verify_password

    async def counting(password: str, stored: str | None) -> bool:
        checked.append(stored)
        return await verify(password, stored)

    monkeypatch.setattr(passwords, "verify_password", counting)
    await anonymous.post(PATH, json=credentials(cast, password="not the password"))
    await anonymous.post(PATH, json=credentials(cast, email="nobody@example.org"))
    await anonymous.post(PATH, json=credentials(cast, organization="no-such-organization"))

    assert [stored is None for stored in checked] == [False, True, True]


async def test_asks_for_the_organization_where_several_fit(
    anonymous: ApiClient, admin: ApiClient, outsider: ApiClient, cast: Cast, other_cast: Cast
) -> None:
    user = {"email": f"both@{cast.slug}.example.org", "name": "Both", "role": "recruiter", "password": SHARED}
    one = await admin.data("POST", "/api/v1/users", json=user)
    two = await outsider.data("POST", "/api/v1/users", json=user)
    body = {"email": user["email"], "password": SHARED}

    assert problem(await anonymous.post(PATH, json=body)) == (409, "organization_required")
    for slug, made in ((cast.slug, one), (other_cast.slug, two)):
        session = await anonymous.data("POST", PATH, json=body | {"organization": slug})
        assert session["user"]["id"] == made["id"]


async def test_finds_the_organization_where_one_fits(
    anonymous: ApiClient, admin: ApiClient, outsider: ApiClient, cast: Cast
) -> None:
    user = {"email": f"both@{cast.slug}.example.org", "name": "Both", "role": "recruiter"}
    await admin.data("POST", "/api/v1/users", json=user | {"password": SHARED})
    two = await outsider.data("POST", "/api/v1/users", json=user | {"password": f"{SHARED} indeed"})

    session = await anonymous.data("POST", PATH, json={"email": user["email"], "password": f"{SHARED} indeed"})

    assert session["user"]["id"] == two["id"]


async def test_refuses_a_suspended_organization(
    anonymous: ApiClient, cast: Cast, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await superuser.execute("UPDATE organizations SET is_suspended = true WHERE id = $1", cast.organization_id)

    assert problem(await anonymous.post(PATH, json=credentials(cast))) == (401, "invalid_credentials")


async def test_hashes_anew_when_hashing_has_become_costlier(
    anonymous: ApiClient, cast: Cast, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    of_user = "SELECT password_hash FROM users WHERE organization_id = $1 AND id = $2"
    key = (cast.organization_id, cast.people["recruiter"].id)
    before = await superuser.fetchval(of_user, *key)

    with passwords.use(passwords.Cost(2, 16)):
        assert (await anonymous.post(PATH, json=credentials(cast))).status_code == 201
        after = await superuser.fetchval(of_user, *key)
        assert (before != after, passwords.needs_rehash(after)) == (True, False)
        assert (await anonymous.post(PATH, json=credentials(cast))).status_code == 201
        assert await superuser.fetchval(of_user, *key) == after


async def test_a_credential_that_is_sent_along_does_not_matter(admin: ApiClient, cast: Cast) -> None:
    session = await admin.data("POST", PATH, json=credentials(cast))

    assert session["user"]["role"] == "recruiter"


@pytest.mark.promise("A9")
async def test_limits_how_often_an_address_is_tried_from_anywhere(
    settings: Settings, server: Server, database_name: str, cast: Cast
) -> None:
    limited = settings.model_copy(update={"limits": settings.limits.model_copy(update={"rate_factor": 1})})
    allowed = RATE_CLASSES["sign_in"].limit
    async with started(Checked(build(limited, server.url("ats_app", database_name)))) as app:
        answers = [await tried(app, f"10.0.0.{number}", cast) for number in range(allowed + 1)]
        other = await tried(app, "10.0.0.1", cast, email="nobody@example.org")

    assert {problem(answer) for answer in answers[:-1]} == {(401, "invalid_credentials")}
    assert problem(answers[-1]) == (429, "rate_limited")
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert problem(other) == (401, "invalid_credentials")


async def tried(app: ASGIApp, address: str, cast: Cast, **more: Any) -> httpx2.Response:
    """One try with a wrong password, from a client at `address`."""
    transport = httpx2.ASGITransport(app=app, client=(address, 40000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
        return await client.post(PATH, json=credentials(cast, password="not the password", **more))


async def test_a_password_that_changes_meanwhile_begins_nothing(
    anonymous: ApiClient, admin: ApiClient, cast: Cast, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = passwords.verify_password

    async def overtaken(password: str, stored: str | None) -> bool:
        path = f"/api/v1/users/{cast.people['recruiter'].id}"
        await admin.data("PATCH", path, json={"password": SHARED})
        return await verify(password, stored)

    monkeypatch.setattr(passwords, "verify_password", overtaken)

    assert problem(await anonymous.post(PATH, json=credentials(cast))) == (401, "invalid_credentials")
    assert "session.created" not in await rows.event_types(cast.organization_id)
