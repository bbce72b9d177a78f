"""A4: every operation against every kind of credential gives what the golden matrix says, and a refusal changes nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import httpx2
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from generated.operations import ROLES, SCOPES
from impl.core.runtime import Runtime
from impl.lib import clock, tokens
from tests.support import contract, matrix, world
from tests.support.cast import Cast, new_cast
from tests.support.clients import ApiClient
from tests.support.factories import V1
from tests.support.rows import Rows

GOLDEN: dict[str, matrix.Row] = json.loads(matrix.GOLDEN.read_text())
REFUSALS = [(name, [c for c, result in row.items() if result != "ok"]) for name, row in GOLDEN.items()]
ADMISSIONS = [(name, [c for c, result in row.items() if result == "ok"]) for name, row in GOLDEN.items()]

# Whoever manages users must hold what he gives, and what those hold whom he changes: no single scope does.
NEEDS_MORE = {"create_user", "update_user"}
# What only the author may do, and with the scope named, if there is one, others too; and what others hear.
AUTHORS_ONLY = {
    "update_note": None,
    "delete_note": "notes:admin",
    "put_scorecard": None,
    "submit_scorecard": None,
    "decide_approval": None,
}
NOT_THEIRS = {
    "put_scorecard": "409 not_the_interviewer",
    "submit_scorecard": "409 not_the_interviewer",
    "decide_approval": "403 not_an_approver",
}

pytestmark = pytest.mark.promise("A4")


def test_the_golden_matrix_is_the_contract() -> None:
    """Made by `python -m tests.support.matrix`, so that a changed permission is seen in the diff."""
    assert matrix.whole() == GOLDEN


class Credentials:
    """Makes one credential of each kind that the matrix names."""

    def __init__(self, cast: Cast, runtime: Runtime, superuser: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.cast = cast
        self.runtime = runtime
        self.superuser = superuser
        self.world = world.World(cast)
        self.make = self.world.make
        self._known: dict[str, str | None] = {}

    async def token(self, kind: str) -> str | None:
        """The bearer token; None for no credential."""
        if kind not in self._known:
            self._known[kind] = await self._made(kind)
        return self._known[kind]

    async def _made(self, kind: str) -> str | None:
        first, _, rest = kind.partition(" ")
        if first == "key" and rest in SCOPES:
            return str((await self.make.api_key(rest))["secret"])
        if first == "role":
            return self.cast.people[rest].token
        if kind == "key of one job":
            jobs = await self._jobs()
            key = await self.make.api_key(*sorted(SCOPES), job_ids=jobs or [(await self.make.job())["id"]])
            return str(key["secret"])
        return await self._refused(kind)

    async def _refused(self, kind: str) -> str | None:
        if kind in ("none", "anybody"):
            return None
        if kind == "garbage":
            return "ats_dev_garbage"
        if kind == "wrong_environment":
            return tokens.mint_api_key("prod").token
        if kind == "suspended":
            other = await new_cast(self.runtime, self.cast.app)
            await self.superuser.execute(
                "UPDATE organizations SET is_suspended = true WHERE id = $1", other.organization_id
            )
            return other.machine_token
        key = await self.make.api_key(*sorted(SCOPES))
        if kind == "revoked":
            await self.make.admin.data("POST", f"{V1}/api_keys/{key['id']}/revoke")
        else:
            assert kind == "expired"
            past = clock.now() - timedelta(seconds=1)
            await self.superuser.execute("UPDATE api_keys SET expires_at = $1 WHERE id = $2", past, UUID(key["id"]))
        return str(key["secret"])

    async def show_everything(self, kind: str, call: world.Call) -> None:
        """Grant an actor of granted jobs every job, and let the candidates of the call have applied for one."""
        role = ROLES.get(kind.removeprefix("role "))
        if kind != "key of one job" and (role is None or role.visibility == "organization"):
            return
        for candidate_id in self._candidates(call):
            await self.make.application(candidate={"id": candidate_id})
        if role is not None:
            await self.make.grant(role.name, *({"id": job_id} for job_id in await self._jobs()))

    def _candidates(self, call: world.Call) -> list[str]:
        body = call.body if isinstance(call.body, dict) else {}
        found = [call.path_values.get("candidate_id"), body.get("candidate_id")]
        return [candidate_id for candidate_id in found if candidate_id is not None]

    async def _jobs(self) -> list[str]:
        return [job["id"] for job in await self.make.admin.data("GET", f"{V1}/jobs?limit=200")]


@pytest.fixture
def credentials(cast: Cast, runtime: Runtime, superuser: "asyncpg.Connection[asyncpg.Record]") -> Credentials:
    return Credentials(cast, runtime, superuser)


@pytest_asyncio.fixture(scope="module")
async def refused(
    runtime: Runtime, application: ASGIApp, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> Credentials:
    """Credentials of one organization that many tests share: what is refused changes nothing."""
    return Credentials(await new_cast(runtime, application), runtime, superuser)


def told(response: httpx2.Response) -> str:
    """An answer in the words of the matrix."""
    return "ok" if response.is_success else f"{response.status_code} {response.json()['code']}"


@pytest.mark.parametrize(("operation_id", "kinds"), REFUSALS, ids=[name for name, _ in REFUSALS])
async def test_who_may_not_is_refused(refused: Credentials, rows: Rows, operation_id: str, kinds: list[str]) -> None:
    cast = refused.cast
    call = replace(await refused.world.call(operation_id), token=None)
    callers = {kind: ApiClient(cast.app, await refused.token(kind)) for kind in kinds}
    before = await rows.fingerprint(cast.organization_id)
    answers = {kind: told(await call.send(client)) for kind, client in callers.items()}
    assert answers == {kind: GOLDEN[operation_id][kind] for kind in kinds}
    assert await rows.fingerprint(cast.organization_id) == before


def _is_authors(operation_id: str, kind: str) -> bool:
    """The world's rows are its administrator's; a key of one job holds every scope."""
    return kind == "role admin" or (kind == "key of one job" and AUTHORS_ONLY[operation_id] is not None)


@pytest.mark.parametrize(("operation_id", "kinds"), ADMISSIONS, ids=[name for name, _ in ADMISSIONS])
async def test_who_may_is_admitted(cast: Cast, credentials: Credentials, operation_id: str, kinds: list[str]) -> None:
    """The administrator comes last: it makes the rows of the others, and one operation ends its session."""
    answers = {}
    for kind in sorted(kinds, key=lambda each: each == "role admin"):
        call = replace(await credentials.world.call(operation_id), token=None)
        if operation_id == "create_api_key" and kind.startswith("key "):
            call = replace(call, body={**call.body, "scopes": [kind.removeprefix("key ")]})
        await credentials.show_everything(kind, call)
        answers[kind] = told(await call.send(ApiClient(cast.app, await credentials.token(kind))))
    assert answers == {kind: _wanted(operation_id, kind) for kind in kinds}


def _wanted(operation_id: str, kind: str) -> str:
    """What an admitted actor hears: where more than a scope counts, who it is."""
    if operation_id == "delete_current_session" and kind.startswith("key "):
        return "409 not_a_session"
    if operation_id in NEEDS_MORE and kind.startswith("key "):
        return "403 scope_not_held"
    if operation_id in AUTHORS_ONLY and not _is_authors(operation_id, kind):
        return NOT_THEIRS.get(operation_id, "409 not_the_author")
    return "ok"


@pytest.mark.parametrize(
    "slot",
    [
        slot
        for operation in contract.operations().values()
        for slot in world.path_slots(operation)
        if slot.place == "path" and slot.resource in ("job", "opening", "candidate", "application")
    ],
    ids=str,
)
async def test_a_row_of_an_ungranted_job_is_like_an_unknown_one(cast: Cast, slot: world.Slot) -> None:
    """Row grants: whoever sees granted jobs only gets 404 (or 403 before any row is looked at) for all others."""
    call = await world.World(cast).call(slot.operation_id)
    response = await call.send(cast.client("hiring_manager"))
    wanted = GOLDEN[slot.operation_id]["role hiring_manager"]
    assert told(response) == ("404 not_found" if wanted == "ok" else wanted)
