"""One checked-out connection in one transaction, for statements and for the ORM alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import asyncpg
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.engine.interfaces import PoolProxiedConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from impl.db.errors import translated
from impl.db.query import Query


class TransactionSession(AsyncSession):
    """An ORM session inside a transaction that somebody else ends."""

    async def commit(self) -> NoReturn:
        raise RuntimeError("the transaction is committed by whoever opened it, not by the session")

    async def rollback(self) -> NoReturn:
        raise RuntimeError("raise, or set connection.rollback_only: the transaction is ended by whoever opened it")


class Connection:
    """Runs queries in the open transaction. Not for two tasks at once.

    Each method raises the errors of `impl.db.errors`. After one of them the transaction takes no more statements, unless
    it happened inside `savepoint()`.
    """

    __slots__ = ("_engine", "_fairy", "_session", "is_as_begun", "raw", "rollback_only")

    def __init__(self, engine: AsyncEngine, fairy: PoolProxiedConnection, raw: "asyncpg.Connection[asyncpg.Record]"):
        self._engine = engine
        self._fairy = fairy
        self._session: AsyncSession | None = None
        # The driver's connection, for what has no method here (COPY, a queue's own calls).
        self.raw = raw
        # Set it and the transaction is rolled back at its end although nothing failed.
        self.rollback_only = False
        # Nothing but queries ran, and none failed: the next reader of the organization can go on in this transaction.
        self.is_as_begun = True

    async def rows(self, query: Query, **values: object) -> list[asyncpg.Record]:
        """All rows. Columns by name or position; uuid as UUID, timestamptz as aware datetime, jsonb as Python values."""
        try:
            return await self.raw.fetch(query.sql, *query.arguments(values))
        except Exception as error:
            raise self._failed(error) from None

    async def row(self, query: Query, **values: object) -> asyncpg.Record | None:
        """The first row, or None."""
        try:
            return await self.raw.fetchrow(query.sql, *query.arguments(values))
        except Exception as error:
            raise self._failed(error) from None

    async def value(self, query: Query, **values: object) -> Any:
        """The first column of the first row, or None."""
        try:
            return await self.raw.fetchval(query.sql, *query.arguments(values))
        except Exception as error:
            raise self._failed(error) from None

    async def execute(self, query: Query, **values: object) -> int:
        """Run a change; the number of rows it touched."""
        self.is_as_begun = False
        try:
            status = await self.raw.execute(query.sql, *query.arguments(values))
        except Exception as error:
            raise self._failed(error) from None
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def execute_many(self, query: Query, values: list[dict[str, object]]) -> None:
        """Run a change once for each set of values, in few round trips."""
        self.is_as_begun = False
        try:
            await self.raw.executemany(query.sql, [query.arguments(each) for each in values])
        except Exception as error:
            raise self._failed(error) from None

    @property
    def session(self) -> AsyncSession:
        """The ORM in this transaction (made at first use). Flush before a query that has to see its changes."""
        if self._session is None:
            self.is_as_begun = False
            connection = SyncConnection(self._engine.sync_engine, connection=self._fairy)
            bind = AsyncConnection(self._engine, connection)
            self._session = TransactionSession(bind, expire_on_commit=False, autoflush=False)
        return self._session

    async def flush(self) -> None:
        """Send the session's changes, if there is a session."""
        if self._session is not None:
            try:
                await self._session.flush()
            except Exception as error:
                raise self._failed(error) from None

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What fails inside is undone, in the database and in the session, and the transaction goes on.

        Flushes the session before and after. The error is raised on, mapped.
        """
        try:
            async with self.session.begin_nested():
                # The session would send SAVEPOINT with its own first statement only.
                _ = await self.session.connection()
                yield
        except Exception as error:
            mapped = translated(error)
            if mapped is error:
                raise
            raise mapped from None

    def close_session(self) -> None:
        """Detach the session's objects; called when the transaction has ended."""
        if self._session is not None:
            self._session.sync_session.close()
            self._session = None

    def _failed(self, error: Exception) -> BaseException:
        # `from None` at the call: the driver's error carries row values, which must not reach a log by way of the chain.
        self.is_as_begun = False
        return translated(error)
