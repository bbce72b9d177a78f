"""delete_current_session: sign out."""

import pytest

from tests.support.cast import PASSWORD, Cast
from tests.support.clients import ApiClient, problem
from tests.support.rows import Rows

PATH = "/api/v1/auth/sessions/current"
ME = "/api/v1/me"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


async def test_works_and_records_its_event(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    assert (await recruiter.get(ME)).status_code == 200

    assert (await recruiter.delete(PATH)).status_code == 204

    assert problem(await recruiter.get(ME)) == (401, "invalid_token")
    assert problem(await recruiter.delete(PATH)) == (401, "invalid_token")
    assert await rows.event_types(cast.organization_id) == ["session.ended"]


async def test_leaves_other_sessions_alone(recruiter: ApiClient, admin: ApiClient, cast: Cast) -> None:
    credentials = {"email": cast.people["recruiter"].email, "password": PASSWORD}
    other = ApiClient(cast.app, (await recruiter.data("POST", "/api/v1/auth/sessions", json=credentials))["token"])

    await recruiter.delete(PATH)

    assert (await other.get(ME)).status_code == 200
    assert (await admin.get(ME)).status_code == 200


async def test_refuses_an_api_key(machine: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await machine.delete(PATH)

    assert problem(response) == (409, "not_a_session")
    assert response.json()["allowed"] == ["revoke_api_key"]
    assert (await machine.get(ME)).status_code == 200
    assert await rows.events(cast.organization_id) == []


async def test_needs_a_credential(anonymous: ApiClient) -> None:
    assert problem(await anonymous.delete(PATH)) == (401, "unauthenticated")
