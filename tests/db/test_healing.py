"""The server goes away and comes back; the service heals by itself."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import text

from impl.db.embedded import Server
from impl.db.engine import Database
from impl.db.errors import DatabaseUnavailable
from impl.db.query import Query

ONE = Query(text("SELECT 1"))
HEAL_SECONDS = 5.0


@pytest_asyncio.fixture
async def healing(own_server: Server) -> AsyncIterator[Database]:
    opened = Database(own_server.app_url, pool_size=3, pool_timeout_seconds=1)
    await opened.start()
    yield opened
    await opened.close()


async def ask(database: Database) -> None:
    async with database.transaction(None, timeout_seconds=2) as connection:
        assert await connection.value(ONE) == 1


async def outage(database: Database, seconds: float) -> tuple[int, int, float]:
    """Good answers, refusals, and the time of the last refusal, of three clients asking all the while."""
    begun = time.monotonic()
    good = refused = 0
    last = 0.0

    async def client() -> None:
        nonlocal good, refused, last
        # Until the limit, or a second of good answers after the outage.
        while (now := time.monotonic() - begun) < seconds and not (refused and now > last + 1):
            try:
                await ask(database)
                good += 1
            except DatabaseUnavailable:
                refused += 1
                last = time.monotonic() - begun
            await asyncio.sleep(0.005)

    await asyncio.gather(*(client() for _ in range(3)))
    return good, refused, last


@pytest.mark.promise("I2")
@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL], ids=["immediate", "kill -9"])
async def test_heals_after_the_server_was_killed(own_server: Server, healing: Database, how: signal.Signals) -> None:
    await ask(healing)
    os.kill(int((own_server.data_folder / "postmaster.pid").read_text().split()[0]), how)
    _, refused, last = await outage(healing, HEAL_SECONDS + 1)
    assert refused > 0
    assert last < HEAL_SECONDS
    await ask(healing)


@pytest.mark.promise("I2")
async def test_listener_reconnects_and_says_so(own_server: Server, healing: Database) -> None:
    heard: list[str | None] = []
    listener = await healing.listen("changes", heard.append)
    await _until(lambda: heard == [None])
    _notify(own_server, "first")
    await _until(lambda: heard == [None, "first"])
    with psycopg.connect(own_server.superuser_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ats listener'")
    # None for the loss, None for the new connection.
    await _until(lambda: heard == [None, "first", None, None])
    _notify(own_server, "second")
    await _until(lambda: heard[4:] == ["second"])
    await listener.close()
    assert heard[5:] == [None]


async def test_listener_waits_for_a_server_that_is_down(own_server: Server) -> None:
    heard: list[str | None] = []
    database = Database(own_server.app_url.replace("@127.0.0.1:", "@127.0.0.1:1") + "?connect_timeout=1")
    listener = await database.listen("changes", heard.append)
    await asyncio.sleep(0.1)
    assert heard == []
    assert not listener.is_listening
    await database.close()


async def test_faulty_callback_does_not_end_the_listening(own_server: Server, healing: Database) -> None:
    heard: list[str | None] = []

    def faulty(payload: str | None) -> None:
        heard.append(payload)
        raise ValueError(payload)

    listener = await healing.listen("changes", faulty)
    await _until(lambda: heard == [None])
    _notify(own_server, "one")
    _notify(own_server, "two")
    await _until(lambda: heard == [None, "one", "two"])
    assert listener.is_listening
    await listener.close()


def _notify(server: Server, payload: str) -> None:
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_notify('changes', %s)", [payload])


async def _until(check: Callable[[], bool]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(8):
            while not check():  # noqa: ASYNC110 - what it waits for happens in the server
                await asyncio.sleep(0.01)
    assert check()
