"""B4, J3 and J5: what an operation answers when it is slow, broken, or without its database; and how the service heals."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from impl.core import call as seam
from impl.db.embedded import Server
from impl.settings import Settings
from tests.support import contract, world
from tests.support.application import another
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1
from tests.support.proxy import FaultProxy
from tests.support.rows import Rows

ALL = list(contract.operations())
IN_DATABASE = [name for name, each in contract.operations().items() if (503, "deadline_exceeded") in each.documented]
# Each of a batch has a connection of its own.
BATCHES = [IN_DATABASE[start : start + 5] for start in range(0, len(IN_DATABASE), 5)]
DEADLINE_SECONDS = 0.6
SECRET = "Traceback-canary-7f3a"


@pytest_asyncio.fixture(scope="module")
async def link(server: Server, database_name: str) -> AsyncIterator[FaultProxy]:
    proxy = FaultProxy(server.url("ats_app", database_name))
    await proxy.start()
    yield proxy
    proxy.flow()
    await proxy.cut()


@pytest_asyncio.fixture(scope="module")
async def linked(settings: Settings, link: FaultProxy) -> AsyncIterator[ASGIApp]:
    """The application on a link that can be cut."""
    async with another(settings, link.url) as app:
        yield app


@pytest_asyncio.fixture(scope="module")
async def hurried(settings: Settings, server: Server, database_name: str) -> AsyncIterator[ASGIApp]:
    """The application with short deadlines."""
    url = server.url("ats_app", database_name)
    async with another(settings, url, deadline_seconds=DEADLINE_SECONDS) as app:
        yield app


async def sent(call: world.Call, app: ASGIApp, cast: Cast) -> Any:
    client = ApiClient(app, call.token or cast.people["admin"].token)
    return await client.request(call.operation.method, call.path, **call.sent)


@pytest.mark.promise("J3")
@pytest.mark.parametrize("operation_id", ALL)
async def test_a_defect_is_a_plain_500(
    standing: world.Standing, rows: Rows, monkeypatch: pytest.MonkeyPatch, operation_id: str
) -> None:
    cast, call = await standing.call(operation_id)

    async def broken(*arguments: Any) -> Any:
        raise RuntimeError(f"SELECT FROM {SECRET} in /srv/app/file.py")

    before = await rows.fingerprint(cast.organization_id)
    if "service" in call.operation.node["tags"]:
        monkeypatch.setattr(seam, "admit", broken)
    else:
        monkeypatch.setattr(seam.Call, "answer", broken)
    answer = await sent(call, cast.app, cast)
    assert problem(answer) == (500, "internal_error")
    assert SECRET not in answer.text
    assert not any(
        word in answer.text for word in ("Traceback", "SELECT", ".py", "RuntimeError", "asyncpg", "sqlalchemy")
    )
    assert set(answer.json()) == {"type", "title", "status", "detail", "code", "request_id"}
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("B4")
@pytest.mark.parametrize("operation_ids", BATCHES, ids=lambda names: f"{names[0]}..{names[-1]}")
async def test_the_deadline_stops_the_query_in_the_database(
    standing: world.Standing,
    hurried: ASGIApp,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    server: Server,
    database_name: str,
    operation_ids: list[str],
) -> None:
    """Every table is locked, so that whatever the operations ask for takes for ever."""
    ready = [await standing.call(operation_id) for operation_id in operation_ids]
    for cast, call in ready:
        for token in filter(None, (cast.people["admin"].token, call.token)):
            assert (await ApiClient(hurried, token).get("/api/v1/me")).is_success
    blocker = await asyncpg.connect(server.url("postgres", database_name))
    try:
        await blocker.execute(f"BEGIN; {LOCK_ALL}")
        started = time.perf_counter()
        answering = asyncio.gather(*(sent(call, hurried, cast) for cast, call in ready))
        waited = await _until(lambda: _waiting(superuser), len(ready), answering)
        answers = dict(zip(operation_ids, await answering, strict=True))
        assert waited, "vacuous: not all of them waited in the database"
        for operation_id, answer in answers.items():
            assert problem(answer) == (503, "deadline_exceeded"), operation_id
            assert int(answer.headers["retry-after"]) >= 1
        assert time.perf_counter() - started < DEADLINE_SECONDS + 2
        for _ in range(40):
            if not await _waiting(superuser):
                break
            await asyncio.sleep(0.05)
        assert not await _waiting(superuser), "the queries are still running"
    finally:
        await blocker.close()
    for cast, _ in ready:
        assert (await ApiClient(hurried, cast.people["admin"].token).get("/api/v1/me")).is_success, (
            "the connection is back"
        )


LOCK_ALL = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', name);
    END LOOP;
END $$
"""


async def _waiting(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    """How many of the service's queries wait for a lock."""
    sql = """
        SELECT count(*) FROM pg_stat_activity
        WHERE usename = 'ats_app' AND datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
    """
    return int(await connection.fetchval(sql))


async def _until(counted: Callable[[], Awaitable[int]], wanted: int, answering: "asyncio.Future[Any]") -> bool:
    """Whether so many were counted while the requests were on their way."""
    while not answering.done():
        if await counted() >= wanted:
            return True
        await asyncio.sleep(0.01)
    return False


@pytest.mark.promise("J5")
@pytest.mark.parametrize("operation_id", ALL)
async def test_without_a_database(
    standing: world.Standing, linked: ASGIApp, link: FaultProxy, rows: Rows, operation_id: str
) -> None:
    cast, call = await standing.call(operation_id)
    before = await rows.fingerprint(cast.organization_id)
    await link.cut()
    try:
        answer = await sent(call, linked, cast)
    finally:
        await link.start()
    if operation_id in IN_DATABASE:
        assert problem(answer) == (503, "database_unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    elif operation_id == "get_readiness":
        assert problem(answer) == (503, "not_ready")
    else:
        assert answer.is_success
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("J5")
async def test_alive_is_not_ready_and_it_heals_by_itself(cast: Cast, linked: ASGIApp, link: FaultProxy) -> None:
    client = ApiClient(linked, cast.people["admin"].token)
    assert (await client.get("/readyz")).status_code == 200
    await link.cut()
    assert (await client.get("/healthz")).status_code == 200
    assert problem(await client.get("/readyz")) == (503, "not_ready")
    assert problem(await client.get(f"{V1}/jobs")) == (503, "database_unavailable")
    await asyncio.sleep(1.5)
    await link.start()
    started = time.perf_counter()
    while (await client.get("/readyz")).status_code != 200 or (await client.get(f"{V1}/jobs")).status_code != 200:
        assert time.perf_counter() - started < 5, "not healed in time"
        await asyncio.sleep(0.1)


@pytest.mark.promise("J5")
async def test_it_starts_without_a_database_and_heals(cast: Cast, settings: Settings, link: FaultProxy) -> None:
    await link.cut()
    async with another(settings, link.url) as app:
        client = ApiClient(app, cast.people["admin"].token)
        assert (await client.get("/healthz")).status_code == 200
        assert problem(await client.get("/readyz")) == (503, "not_ready")
        assert problem(await client.get(f"{V1}/jobs")) == (503, "database_unavailable")
        await link.start()
        started = time.perf_counter()
        while (await client.get("/readyz")).status_code != 200 or (await client.get(f"{V1}/jobs")).status_code != 200:
            assert time.perf_counter() - started < 5, "not healed in time"
            await asyncio.sleep(0.1)
