"""A1 and A2: no operation shows or changes another organization's data, behind both walls and behind each of them alone."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from generated.enums import Visibility
from generated.operations import OPERATIONS
from impl import models
from impl.core.access import mine
from impl.core.runtime import Runtime
from impl.db.query import Query
from impl.lib import ids
from tests.support import contract, world
from tests.support.application import runtime_of
from tests.support.cast import Cast, new_cast
from tests.support.clients import ApiClient
from tests.support.layers import Walls
from tests.support.rows import Rows

SLOTS = [slot for operation in contract.operations().values() for slot in world.slots(operation)]
LISTS = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] in ("cursor", "after") for parameter in operation.parameters)
]
KEYED = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.parameters)
]
CANARY = "Xq7canary"
pytestmark = [pytest.mark.promise("A1"), pytest.mark.promise("A2")]


@pytest.fixture
async def ours(cast: Cast, walled_application: ASGIApp) -> Cast:
    """The organization that calls."""
    return replace(cast, app=walled_application)


@pytest.fixture
async def theirs(runtime: Runtime, application: ASGIApp) -> Cast:
    """The organization whose data must not be seen: each of its names holds the canary."""
    return await new_cast(runtime, application, canary=CANARY)


class Neighbour:
    """Another organization, whose rows serve many tests: none of them changes any."""

    def __init__(self, cast: Cast) -> None:
        self.organization_id = cast.organization_id
        self._cast = cast
        self._world = world.World(cast)
        self._rows: dict[str, str] = {}
        self._cursors: dict[str, str] = {}

    async def row(self, resource: str) -> str:
        """The id of a row of a resource."""
        if resource not in self._rows:
            self._rows[resource] = await self._world.row(resource)
        return self._rows[resource]

    async def cursor(self, operation_id: str) -> str:
        """The cursor of the first page of a list."""
        if operation_id not in self._cursors:
            listed = await _listed(self._world, operation_id)
            self._cursors[operation_id] = await _cursor(listed, self._cast.client("admin"))
        return self._cursors[operation_id]


@pytest_asyncio.fixture(scope="module")
async def neighbour(runtime: Runtime, application: ASGIApp) -> Neighbour:
    """One whose data must not be seen, either: each name in it holds the canary."""
    return Neighbour(await new_cast(runtime, application, canary=CANARY))


def seen(response: httpx2.Response, asked_for: str) -> tuple[int, str, frozenset[str]]:
    """What a caller can tell of an answer, without what is different each time."""
    text = response.text.replace(response.headers["x-request-id"], "").replace(asked_for, "")
    # A cursor of the feed holds a fingerprint of the caller's own filters.
    # A report names the moment that it was made.
    text = re.sub(r'"(next_cursor|as_of)":"[^"]+"', "", text)
    return response.status_code, text, frozenset(response.headers)


def is_refused(response: httpx2.Response, slot: world.Slot) -> bool:
    """Whether the answer is that of an id which is not there: 404, no rows, or an item that says so."""
    if response.status_code == 404:
        return slot.place != "query"
    if response.headers["content-type"].startswith("text/calendar"):
        return slot.place == "query" and "BEGIN:VCALENDAR" in response.text and "BEGIN:VEVENT" not in response.text
    content = response.json()["data"]
    if isinstance(content, dict):
        content = next((content[name] for name in ("rows", "hits") if name in content), content)
    if slot.place == "query" or not OPERATIONS[slot.operation_id].mutates:
        return response.status_code == 200 and content == []
    return response.status_code == 200 and [item["status"] for item in content] == [404]


@pytest.mark.parametrize("slot", SLOTS, ids=str)
async def test_a_foreign_id_is_like_an_unknown_one(
    ours: Cast, neighbour: Neighbour, rows: Rows, slot: world.Slot
) -> None:
    foreign_id, unknown_id = await neighbour.row(slot.resource), str(ids.new_id())
    call = await world.World(ours).call(slot.operation_id, slot=slot)
    before, mine_before = (
        await rows.fingerprint(neighbour.organization_id),
        await rows.fingerprint(ours.organization_id),
    )

    unknown = await call.with_id(slot, unknown_id).send(ours.client("admin"))
    foreign = await call.with_id(slot, foreign_id).send(ours.client("admin"))

    assert seen(foreign, foreign_id) == seen(unknown, unknown_id)
    assert is_refused(foreign, slot), foreign.text
    assert CANARY not in foreign.text
    assert await rows.fingerprint(neighbour.organization_id) == before
    assert await rows.fingerprint(ours.organization_id) == mine_before
    control = await call.send(ours.client("admin"))
    assert control.is_success, f"vacuous: {control.text}"


@pytest.mark.parametrize("operation_id", LISTS)
async def test_a_foreign_cursor_leads_nowhere(ours: Cast, neighbour: Neighbour, operation_id: str) -> None:
    own = await _listed(world.World(ours), operation_id)
    client = ours.client("admin")
    name = "after" if operation_id == "list_events" else "cursor"
    control = await replace(own, query={"limit": "1", name: await _cursor(own, client)}).send(client)
    assert control.status_code == 200, f"vacuous: {control.text}"

    cursor = await neighbour.cursor(operation_id)
    answer = await replace(own, query={"limit": "200", name: cursor}).send(client)

    assert answer.status_code in (200, 400), answer.text
    assert CANARY not in answer.text
    if answer.status_code == 200:
        everything = (await replace(own, query={"limit": "200"}).send(client)).json()["data"]
        assert {row["id"] for row in answer.json()["data"]} <= {row["id"] for row in everything}


async def _listed(made: world.World, operation_id: str) -> world.Call:
    """The call of a list that has two rows at least."""
    call = await made.call(operation_id)
    for _ in range(2):
        await made.one_more(call)
    return call


async def _cursor(call: world.Call, client: ApiClient) -> str:
    page: dict[str, Any] = (await replace(call, query={"limit": "1"}).send(client)).json()["page"]
    assert page["next_cursor"] is not None, "vacuous: the list has one page"
    return str(page["next_cursor"])


@pytest.mark.parametrize("operation_id", KEYED)
async def test_an_idempotency_key_belongs_to_one_organization(ours: Cast, theirs: Cast, operation_id: str) -> None:
    key = {"Idempotency-Key": f"same-{ids.new_id()}"}
    first = await (await world.World(theirs).call(operation_id)).send(theirs.client("admin"), headers=key)
    assert first.is_success, f"vacuous: {first.text}"

    answer = await (await world.World(ours).call(operation_id)).send(ours.client("admin"), headers=key)

    assert answer.status_code == first.status_code, answer.text
    assert "idempotency-replayed" not in answer.headers
    assert CANARY not in answer.text


async def test_the_wall_that_is_said_to_be_down_is_down(
    walls: Walls, walled_application: ASGIApp, runtime: Runtime, cast: Cast, theirs: Cast, unbound_url: str
) -> None:
    """Otherwise the tests above would prove both walls together three times."""
    statement = Query(mine(models.User, Visibility.ORGANIZATION))
    has_predicate = "organization_id = " in statement.sql
    assert has_predicate == (walls is not Walls.WITHOUT_PREDICATE)
    if walls is Walls.WITHOUT_RLS:
        assert await _sees(walled_application, cast.organization_id, theirs.organization_id)
    else:
        assert not await _sees(walled_application, cast.organization_id, theirs.organization_id)


async def _sees(app: ASGIApp, organization_id: UUID, other_id: UUID) -> bool:
    database = runtime_of(app).database
    async with database.transaction(organization_id, timeout_seconds=5) as connection:
        sql = "SELECT count(*) FROM users WHERE organization_id = $1"
        return bool(await connection.raw.fetchval(sql, other_id))
