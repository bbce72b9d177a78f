"""A5: a change of rights bites at once: in the process that made it from the next request on, in every other one as soon as it is told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx2
import pytest
import pytest_asyncio

from impl.core.authentication import REMEMBERED_SECONDS
from impl.db.embedded import Server
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.forkserver import ForkServer

# Well below the time for which another process would go on believing what it has looked up, if nobody told it.
TOLD_SECONDS = REMEMBERED_SECONDS / 2
Change = Callable[[Cast, Factories], Awaitable[tuple[str, Callable[[], Awaitable[object]]]]]
Refused = tuple[int, str]

pytestmark = [pytest.mark.promise("A5"), pytest.mark.usefixtures("cheap_passwords")]


@dataclass(frozen=True)
class Case:
    """`prepare` gives a token that may read `path`, and what takes that right away; then it gets `refused`."""

    prepare: Change
    path: str
    refused: Refused


async def _revoked_key(cast: Cast, make: Factories) -> tuple[str, Callable[[], Awaitable[object]]]:
    key = await make.api_key("events:read")
    return key["secret"], lambda: make.admin.data("POST", f"{V1}/api_keys/{key['id']}/revoke")


async def _ended_session(cast: Cast, make: Factories) -> tuple[str, Callable[[], Awaitable[object]]]:
    recruiter = cast.client("recruiter")
    return str(recruiter.token), lambda: recruiter.data("DELETE", f"{V1}/auth/sessions/current")


async def _deactivated_user(cast: Cast, make: Factories) -> tuple[str, Callable[[], Awaitable[object]]]:
    return _changing(cast, make, is_active=False)


async def _changed_password(cast: Cast, make: Factories) -> tuple[str, Callable[[], Awaitable[object]]]:
    return _changing(cast, make, password="a rather long sentence")


async def _lower_role(cast: Cast, make: Factories) -> tuple[str, Callable[[], Awaitable[object]]]:
    return _changing(cast, make, role="interviewer")


def _changing(cast: Cast, make: Factories, **fields: object) -> tuple[str, Callable[[], Awaitable[object]]]:
    recruiter = cast.people["recruiter"]
    return recruiter.token, lambda: make.admin.data("PATCH", f"{V1}/users/{recruiter.id}", json=fields)


CASES = {
    "revoked_key": Case(_revoked_key, f"{V1}/events", (401, "invalid_token")),
    "ended_session": Case(_ended_session, f"{V1}/events", (401, "invalid_token")),
    "deactivated_user": Case(_deactivated_user, f"{V1}/events", (401, "invalid_token")),
    "changed_password": Case(_changed_password, f"{V1}/events", (401, "invalid_token")),
    "lower_role": Case(_lower_role, f"{V1}/events", (403, "missing_scope")),
}


@pytest_asyncio.fixture
async def elsewhere(fork_server: ForkServer, server: Server, database_name: str) -> AsyncIterator[str]:
    """The address of another process of the service on the same database."""
    child = await fork_server.start(server.url("ats_app", database_name))
    yield child.base_url
    child.kill()


EACH = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))


@EACH
async def test_the_next_request_is_refused(cast: Cast, make: Factories, case: Case) -> None:
    token, take_away = await case.prepare(cast, make)
    caller = ApiClient(cast.app, token)
    assert (await caller.get(case.path)).status_code == 200

    await take_away()

    assert problem(await caller.get(case.path)) == case.refused


@EACH
async def test_another_process_is_told(cast: Cast, make: Factories, case: Case, elsewhere: str) -> None:
    token, take_away = await case.prepare(cast, make)
    async with httpx2.AsyncClient(base_url=elsewhere, headers={"Authorization": f"Bearer {token}"}) as caller:
        assert (await caller.get(case.path)).status_code == 200

        await take_away()

        assert problem(await _as_soon_as_told(caller, case.path)) == case.refused


async def _as_soon_as_told(caller: httpx2.AsyncClient, path: str) -> httpx2.Response:
    """The first answer that is another one than before; after `TOLD_SECONDS` the last."""
    for _ in range(round(TOLD_SECONDS / 0.02)):
        answer = await caller.get(path)
        if answer.status_code != 200:
            break
        await asyncio.sleep(0.02)
    return await caller.get(path)


async def test_a_grant_that_was_taken_away_hides_the_next_page(cast: Cast, make: Factories) -> None:
    """Also in the middle of a long walk: a cursor carries a place, never a right."""
    manager = cast.people["hiring_manager"]
    jobs = [await make.job(), await make.job()]
    grants = f"{V1}/users/{manager.id}"
    await make.admin.data("PATCH", grants, json={"job_ids": [job["id"] for job in jobs]})
    walk = cast.client("hiring_manager")
    first = (await walk.get(f"{V1}/jobs?limit=1&sort=created_at")).json()
    assert [job["id"] for job in first["data"]] == [jobs[0]["id"]]

    await make.admin.data("PATCH", grants, json={"job_ids": [jobs[0]["id"]]})

    rest = await walk.get(f"{V1}/jobs?limit=1&sort=created_at&cursor={first['page']['next_cursor']}")
    assert rest.json()["data"] == []
    assert problem(await walk.get(f"{V1}/jobs/{jobs[1]['id']}")) == (404, "not_found")
