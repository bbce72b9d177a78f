"""E1: an event stands there if, and only if, its change was committed; and the feed never skips a late commit."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated.operations import OPERATIONS
from impl import models
from impl.core.actor import user_actor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.db.engine import Transaction
from impl.db.errors import DatabaseUnavailable
from impl.lib import ids
from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

# These ask in a body, and change nothing.
READS = {"preview_message_template"}
WRITES = [name for name in contract.operations() if OPERATIONS[name].mutates and name not in READS]
DRY = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] == "dry_run" for parameter in operation.parameters)
]

pytestmark = pytest.mark.promise("E1")


@pytest.mark.parametrize("operation_id", WRITES)
async def test_a_change_and_its_event_come_together(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, organization_id = await world.World(cast).call(operation_id), cast.organization_id
    seen = len(await rows.events(organization_id))
    answer = await call.send(cast.client("admin"), headers={"X-Request-Id": f"told-{operation_id}"})
    assert answer.is_success
    added = (await rows.events(organization_id))[seen:]
    assert added, "a change without an event"
    assert {event["request_id"] for event in added} == {f"told-{operation_id}"}
    resources = [(event["type"], event["resource_id"]) for event in added]
    assert len(set(resources)) == len(resources), "one event for each changed resource"


@pytest.mark.parametrize("operation_id", WRITES)
async def test_no_commit_no_event(
    standing: world.Standing, rows: Rows, monkeypatch: pytest.MonkeyPatch, operation_id: str
) -> None:
    """The transaction fails at its very end, after everything was written."""
    cast, call = await standing.call(operation_id)
    organization_id = cast.organization_id
    client = ApiClient(cast.app, call.token or cast.people["admin"].token)
    assert (await client.get("/api/v1/me")).is_success
    before = await rows.fingerprint(organization_id)

    async def fail(self: Transaction) -> None:
        await self._connection.flush()
        await self._roll_back()
        raise DatabaseUnavailable(headers={"Retry-After": "1"})

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "_commit", fail)
        answer = await client.request(call.operation.method, call.path, **call.sent)
    assert answer.status_code == 503
    assert await rows.fingerprint(organization_id) == before


@pytest.mark.parametrize("operation_id", DRY)
async def test_a_dry_run_tells_what_the_real_run_does(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, client, organization_id = (
        await world.World(cast).call(operation_id),
        cast.client("admin"),
        cast.organization_id,
    )
    before, seen = await rows.fingerprint(organization_id), len(await rows.events(organization_id))
    dry = await client.request(call.operation.method, f"{call.path}?dry_run=true", **call.sent)
    assert dry.is_success, dry.text
    assert await rows.fingerprint(organization_id) == before
    assert (await call.send(client)).is_success
    added = (await rows.events(organization_id))[seen:]
    real = [_told(event) for event in added]
    told = [_told(effect) for effect in dry.json()["effects"]]
    assert told == real


def _told(event: dict[str, Any]) -> tuple[str, str, str]:
    """Type and resource of an event or an effect; what is made is made anew each time, under an id of its own."""
    made = event["type"].endswith(".created")
    return event["type"], event["resource_type"], "new" if made else str(event["resource_id"])


async def test_random_rollbacks(cast: Cast, rows: Rows, runtime: Runtime) -> None:
    """Hypothesis chooses which of the changes of a transaction fail, and whether the whole of it does."""
    plans: list[list[tuple[list[bool], bool]]] = []

    @given(st.lists(st.tuples(st.lists(st.booleans(), min_size=1, max_size=4), st.booleans()), min_size=1, max_size=6))
    def collect(plan: list[tuple[list[bool], bool]]) -> None:
        plans.append(plan)

    collect()
    expected: list[UUID] = []
    for plan in plans[:40]:
        for inner, commits in plan:
            kept = await _run(cast, runtime, inner, commits)
            expected += kept if commits else []
    recorded = [event["resource_id"] for event in await rows.events(cast.organization_id)]
    assert recorded == expected
    assert await rows.count("departments", cast.organization_id) == len(expected)


class Abandoned(Exception):
    """A change that was given up."""


async def _run(cast: Cast, runtime: Runtime, inner: list[bool], commits: bool) -> list[UUID]:
    """One transaction of several changes, each in a savepoint; the ids of those that were kept in it."""
    person = cast.people["admin"]
    kept = []
    try:
        async with runtime.database.transaction(cast.organization_id, timeout_seconds=5) as connection:
            ctx = Context(runtime, OPERATIONS["create_department"], connection, "random")
            await ctx.enter(user_actor(cast.organization_id, person.id, person.id, "admin"))
            for succeeds in inner:
                count = len(ctx.events)
                try:
                    async with connection.savepoint():
                        row = await ctx.insert(models.Department, name=f"D {ids.new_id()}", parent_id=None)
                        ctx.record("department.created", row)
                        if not succeeds:
                            raise Abandoned
                        kept.append(row.id)
                except Abandoned:
                    del ctx.events[count:]
            await ctx.flush()
            if not commits:
                raise Abandoned
    except Abandoned:
        pass
    return kept


async def feed(client: ApiClient, after: str | None) -> dict[str, Any]:
    params = {"limit": "200"} | ({"after": after} if after else {})
    page: dict[str, Any] = (await client.get(f"{V1}/events", params=params)).json()
    return page


async def feed_of(client: ApiClient, after: str | None, count: int) -> Any:
    """The feed once it tells of `count` events: transactions of other tests in the same server may hold them up for a moment."""
    async with asyncio.timeout(20):
        while len((found := await feed(client, after))["data"]) < count:  # noqa: ASYNC110 - what it waits for happens in the server
            await asyncio.sleep(0.02)
    return found


async def test_the_feed_waits_for_a_late_commit(
    cast: Cast, make: Factories, runtime: Runtime, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """A transaction that began first and commits last: readers see neither event before both can be told in order."""
    client = cast.client("admin")
    await make.department()
    start = (await feed_of(client, None, 1))["page"]["next_cursor"]
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=20) as early:
        event = {
            "organization_id": cast.organization_id,
            "id": ids.new_id(),
            "type": "department.created",
            "resource_type": "department",
            "resource_id": ids.new_id(),
            "actor_type": "system",
            "request_id": "late",
        }
        columns = ", ".join(event)
        values = ", ".join(f"${number}" for number in range(1, len(event) + 1))
        sql = f"INSERT INTO events ({columns}, changes, occurred_at) VALUES ({values}, '[]', now())"  # noqa: S608 - names above
        await early.raw.execute(sql, *event.values())
        for _ in range(3):
            await make.department()
        seen = await feed(client, start)
        assert seen["data"] == [], "events after the open transaction must wait for it"
        cursor = seen["page"]["next_cursor"]
    found = (await feed_of(client, cursor, 4))["data"]
    assert len(found) == 4
    assert found[0]["request_id"] == "late"


async def test_a_reader_meanwhile_misses_nothing(cast: Cast, make: Factories, rows: Rows) -> None:
    """Forty writers at once, and a reader that follows the cursor all the time: the same events, once each, in one order."""
    client, told = cast.client("admin"), []
    writing = asyncio.gather(*(make.department() for _ in range(40)))
    after = None
    while True:
        is_last = writing.done()
        page = await feed(client, after)
        told += [event["id"] for event in page["data"]]
        after = page["page"]["next_cursor"]
        if is_last and not page["page"]["has_more"] and len(told) >= 40:
            break
        await asyncio.sleep(0)
    await writing
    assert told == [str(event["id"]) for event in await rows.events(cast.organization_id)]
    assert len(told) == 40
