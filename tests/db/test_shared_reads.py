"""Reads share transactions for a moment, and never somebody else's."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from impl.db import engine
from impl.db.engine import Database
from impl.db.query import Query
from tests.db.playground import ACME, BETA, COUNT, IDLE_IN, ONE, TENANT, TWO, Admin, add, eventually, value

SPEAK_FOR = Query(text("SELECT set_config('app.organization_id', CAST(:organization_id AS text), true)"))
NOW = Query(text("SELECT now()"))


async def test_a_reads_transaction_ends_with_the_next_one_or_soon_by_itself(db: Database, admin: Admin) -> None:
    await add(db, ACME, (ONE, "one"))
    for organization, count in ((ACME, 1), (BETA, 0), (ACME, 1)):
        async with db.transaction(organization, timeout_seconds=5, read_only=True) as connection:
            assert await connection.value(COUNT) == count
    await add(db, BETA, (TWO, "two"))  # what a reading transaction would refuse

    async with db.transaction(ACME, timeout_seconds=5, read_only=True) as connection:
        assert await connection.value(COUNT) == 1
    await eventually(lambda: value(admin, IDLE_IN) == 0)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine however slow does not see the moment pass."""
    monkeypatch.setattr(engine, "LINGER_SECONDS", 30.0)


async def _began(db: Database, organization: UUID | None, *, seconds: float = 5, read_only: bool = True) -> Any:
    """When the transaction began in which such a read finds itself."""
    async with db.transaction(organization, timeout_seconds=seconds, read_only=read_only) as connection:
        return await connection.value(NOW)


@pytest.mark.usefixtures("patient")
async def test_an_organizations_next_read_goes_on_in_the_transaction_of_the_last(db: Database, admin: Admin) -> None:
    async with db.transaction(ACME, timeout_seconds=5, read_only=True) as connection:
        began, count = await connection.value(NOW), await connection.value(COUNT)
    admin.execute("INSERT INTO things (organization_id, id, name) VALUES (%s, %s, 'new')", [ACME, ONE])
    async with db.transaction(ACME, timeout_seconds=5, read_only=True) as connection:
        assert await connection.value(NOW) == began
        assert (count, await connection.value(COUNT)) == (0, 1)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("other", [(BETA, 5, True), (None, 5, True), (ACME, 4, True), (ACME, 5, False)])
async def test_nobody_else_goes_on_in_it(db: Database, other: tuple[UUID | None, float, bool]) -> None:
    organization, seconds, read_only = other
    began = await _began(db, ACME)
    between = await _began(db, organization, seconds=seconds, read_only=read_only)

    assert len({began, between, await _began(db, ACME)}) == 3


@pytest.mark.usefixtures("patient")
async def test_nobody_goes_on_in_a_transaction_that_is_not_as_it_began(db: Database) -> None:
    for organization, wanted in ((None, ""), (ACME, str(ACME))):
        async with db.transaction(organization, timeout_seconds=5, read_only=True) as connection:
            await connection.execute(SPEAK_FOR, organization_id=str(BETA))
        async with db.transaction(organization, timeout_seconds=5, read_only=True) as connection:
            assert await connection.value(TENANT) == wanted


@pytest.mark.usefixtures("patient")
async def test_nobody_goes_on_in_a_transaction_in_which_something_failed(db: Database) -> None:
    async with db.transaction(ACME, timeout_seconds=5, read_only=True) as connection:
        with pytest.raises(asyncpg.UndefinedColumnError):
            await connection.rows(Query(text("SELECT nonsense FROM things")))

    assert await _began(db, ACME) is not None


async def test_a_transaction_of_reads_grows_no_older_than_a_moment(db: Database) -> None:
    began = await _began(db, ACME)
    async with asyncio.timeout(5):
        while await _began(db, ACME) == began:
            pass


async def test_a_reads_transaction_does_not_linger_behind_a_pooler(
    playground_urls: dict[str, str], admin: Admin
) -> None:
    pooled = Database(playground_urls["ats_app"], pooler="transaction", pool_size=1)
    async with pooled.transaction(ACME, timeout_seconds=5, read_only=True) as connection:
        await connection.value(COUNT)
    assert value(admin, IDLE_IN) == 0
    await pooled.close()
