"""D2: a service killed at any point of a POST leaves nothing half-done, and a retry with the same key ends as a single run does."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from itertools import count
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio

from impl.db.embedded import Server
from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.forkserver import Child, ForkServer
from tests.support.proxy import FaultProxy, Trap
from tests.support.rows import Rows

# One row; savepoints; several rows that must change together; rows and a file.
SAMPLE = ["create_candidate", "bulk_applications", "hire_application", "create_public_application"]
KEYED = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.parameters)
]
Effect = tuple[dict[str, int], Counter[str]]

pytestmark = pytest.mark.promise("D2")


async def effect_since(rows: Rows, organization_id: UUID, before: dict[str, int], seen: int) -> Effect:
    now, types = await rows.counts(organization_id), await rows.event_types(organization_id)
    return {table: now[table] - before[table] for table in now if now[table] != before[table]}, Counter(types[seen:])


class Victim:
    """A process of the service that dies at a point of one request."""

    def __init__(self, child: Child, proxy: FaultProxy, token: str) -> None:
        self._child = child
        self._proxy = proxy
        self._token = token

    async def send(self, call: world.Call, key: str) -> httpx2.Response | None:
        """The answer, or None when it died before one came."""
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": key}
        async with httpx2.AsyncClient(base_url=self._child.base_url, timeout=30) as client:
            try:
                if call.operation.body is not None:
                    headers["Content-Type"], content = call.content
                else:
                    content = b""
                return await client.request(call.operation.method, call.path, content=content, headers=headers)
            except httpx2.TransportError:
                return None

    async def send_and_die(
        self, call: world.Call, key: str, point: int, marker: bytes | None
    ) -> httpx2.Response | None:
        """The same, killed at the `point`-th piece of its traffic with the database (counted from `marker`)."""
        self._proxy.trap = Trap(point, self._child.kill, marker=marker)
        try:
            return await self.send(call, key)
        finally:
            self._proxy.trap = None
            self._child.kill()


async def retried(call: world.Call, cast: Cast, key: str) -> httpx2.Response:
    """The same request, to another process of the service; again while the database still unwinds the dead one's transaction."""
    for _ in range(100):
        answer = await call.send(cast.client("admin"), headers={"Idempotency-Key": key})
        if answer.status_code != 409 or answer.json()["code"] != "idempotency_in_progress":
            return answer
        await asyncio.sleep(0.05)
    raise AssertionError("the dead process still holds the key")


class Story:
    """Kills one process after the other, and compares what is left with what a single run leaves."""

    def __init__(self, cast: Cast, rows: Rows, victims: AsyncIterator[Victim]) -> None:
        self.cast = cast
        self.rows = rows
        self.made = world.World(cast)
        self.victims = victims

    async def single_run(self, operation_id: str) -> Effect:
        """What the operation adds when nothing goes wrong."""
        call = await self.made.call(operation_id)
        before, seen = await self._state()
        assert (await call.send(self.cast.client("admin"), headers={"Idempotency-Key": "single"})).is_success
        return await effect_since(self.rows, self.cast.organization_id, before, seen)

    async def killed_at(
        self, operation_id: str, point: int, wanted: Effect, marker: bytes | None = None
    ) -> httpx2.Response | None:
        """One death and one retry: the retry's answer; None when the request was over before that point."""
        key, victim = f"kill-{point}", await anext(self.victims)
        warming = await self.made.call(operation_id)
        warmed = await victim.send(warming, f"warm-{point}")
        assert warmed is not None
        assert warmed.is_success, warmed.text
        call = await self.made.call(operation_id)
        before, seen = await self._state()
        answer = await victim.send_and_die(call, key, point, marker)
        if answer is not None:
            assert answer.is_success, answer.text
            return None
        retry = await retried(call, self.cast, key)
        assert retry.is_success, (point, retry.text)
        assert await effect_since(self.rows, self.cast.organization_id, before, seen) == wanted, f"killed at {point}"
        return retry

    async def _state(self) -> tuple[dict[str, int], int]:
        organization_id = self.cast.organization_id
        return await self.rows.counts(organization_id), len(await self.rows.events(organization_id))


@pytest_asyncio.fixture
async def story(
    cast: Cast, rows: Rows, fork_server: ForkServer, server: Server, database_name: str
) -> AsyncIterator[Story]:
    async def started() -> tuple[Child, FaultProxy]:
        proxy = FaultProxy(server.url("ats_app", database_name))
        await proxy.start()
        return await fork_server.start(proxy.url), proxy

    following = asyncio.ensure_future(started())

    async def victims() -> AsyncGenerator[Victim]:
        nonlocal following
        while True:
            (child, proxy), following = await following, asyncio.ensure_future(started())
            try:
                yield Victim(child, proxy, cast.people["admin"].token)
            finally:
                child.kill()
                await proxy.cut()

    async with aclosing(victims()) as each_in_turn:
        yield Story(cast, rows, each_in_turn)
    child, proxy = await following
    child.kill()
    await proxy.cut()


@pytest.mark.parametrize("operation_id", SAMPLE)
async def test_killed_at_every_point(story: Story, operation_id: str) -> None:
    wanted = await story.single_run(operation_id)
    for point in count(1):
        if await story.killed_at(operation_id, point, wanted) is None:
            break
    assert point > 10, "vacuous: the request has more traffic than that"


@pytest.mark.parametrize("operation_id", KEYED)
async def test_killed_around_the_commit(story: Story, operation_id: str) -> None:
    wanted = await story.single_run(operation_id)
    # The first COMMIT is of the transaction that looks the credential up; a warmed process has it in memory.
    before = await story.killed_at(operation_id, 1, wanted, marker=b"COMMIT\0")
    assert before is not None
    assert "idempotency-replayed" not in before.headers, "nothing was committed, so the retry did the work"
    after = await story.killed_at(operation_id, 2, wanted, marker=b"COMMIT\0")
    assert after is not None
    assert after.headers["idempotency-replayed"] == "true", "the effect and its answer were there already"
