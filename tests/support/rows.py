"""What stands in the tables: the events of an organization, a fingerprint of everything it has, the queries of a block."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
import pytest_asyncio
from sqlalchemy import event

from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.db.engine import Connection
from impl.db.query import Query

# What a request that changes nothing may leave behind: nobody's data.
UNCOUNTED = frozenset({"alembic_version", "deployment_keys"})


@pytest_asyncio.fixture(scope="session")
async def superuser(server: Server, database_name: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection that sees every row of every organization."""
    connection = await asyncpg.connect(server.url("postgres", database_name))
    await connection.set_type_codec("jsonb", encoder=str, decoder=orjson.loads, schema="pg_catalog")
    yield connection
    await connection.close()


class Rows:
    """Reads the tables past the service."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection
        self._tables: list[tuple[str, str]] = []

    async def events(self, organization_id: UUID) -> list[dict[str, Any]]:
        """The organization's events, in the order of the feed."""
        sql = "SELECT * FROM events WHERE organization_id = $1 ORDER BY transaction_id, sequence"
        return [dict(row) for row in await self.connection.fetch(sql, organization_id)]

    async def event_types(self, organization_id: UUID) -> list[str]:
        """Their types alone: `assert await rows.event_types(cast.organization_id) == ["job.created"]`."""
        return [event["type"] for event in await self.events(organization_id)]

    async def count(self, table: str, organization_id: UUID) -> int:
        """How many rows an organization has in a table."""
        sql = f'SELECT count(*) FROM "{table}" WHERE organization_id = $1'  # noqa: S608 - the name is a test's own
        return int(await self.connection.fetchval(sql, organization_id))

    async def tables(self) -> list[tuple[str, str]]:
        """Every table of the service with the column that names its organization."""
        sql = """
            SELECT c.relname, CASE c.relname WHEN 'organizations' THEN 'id' ELSE 'organization_id' END
            FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            ORDER BY 1
        """
        if not self._tables:
            found = await self.connection.fetch(sql)
            self._tables = [(name, column) for name, column in found if name not in UNCOUNTED]
        return self._tables

    async def fingerprint(self, organization_id: UUID, *, without: frozenset[str] = frozenset()) -> dict[str, str]:
        """A hash of all rows of an organization, table by table: equal before and after means that nothing changed."""
        parts = [
            f"""SELECT '{table}' AS name, coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '-') AS hash FROM "{table}" t WHERE {column} = $1"""  # noqa: S608 - names from the catalogue
            for table, column in await self.tables()
            if table not in without
        ]
        found = await self.connection.fetch(" UNION ALL ".join(parts), organization_id)
        return {row["name"]: row["hash"] for row in found}

    async def counts(self, organization_id: UUID) -> dict[str, int]:
        """How many rows an organization has, by table."""
        parts = [
            f"""SELECT '{table}' AS name, count(*) FROM "{table}" WHERE {column} = $1"""  # noqa: S608 - names from the catalogue
            for table, column in await self.tables()
        ]
        found = await self.connection.fetch(" UNION ALL ".join(parts), organization_id)
        return {row["name"]: row["count"] for row in found}

    async def digest(self, organization_id: UUID) -> str:
        """`fingerprint` as one short text."""
        return hashlib.sha256(orjson.dumps(await self.fingerprint(organization_id))).hexdigest()


@pytest.fixture(scope="session")
def rows(superuser: "asyncpg.Connection[asyncpg.Record]") -> Rows:
    """Reads the tables past the service."""
    return Rows(superuser)


@contextmanager
def queries_of(runtime: Runtime) -> Iterator[list[str]]:
    """The statements that the service sends inside the block, transaction control left out: a list that issues more of them for
    more rows has a loop in it."""
    sent: list[str] = []

    def keep_orm(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    def keeping(name: str) -> Any:
        method = getattr(Connection, name)

        async def kept(self: Connection, query: Query, *values: Any, **named: Any) -> Any:
            sent.append(query.sql)
            return await method(self, query, *values, **named)

        return kept

    engine = runtime.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", keep_orm)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("rows", "row", "value", "execute", "execute_many"):
                patch.setattr(Connection, name, keeping(name))
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep_orm)
