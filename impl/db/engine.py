"""The service's database: a pool of connections, transactions of one organization each, notifications."""

import asyncio
import logging
import time
from types import TracebackType
from typing import Any, Literal, cast
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy import QueuePool
from sqlalchemy.engine.interfaces import DBAPIConnection, PoolProxiedConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util.concurrency import greenlet_spawn

from impl.db.connection import Connection
from impl.db.errors import is_lost, translated, unavailable
from impl.db.listen import Listener, OnNotification
from impl.db.query import dumps
from impl.lib.metrics import PoolStats

__all__ = ["Connection", "Database", "Transaction"]

log = logging.getLogger("ats.db")

Pooler = Literal["session", "transaction"]

CONNECT_SECONDS = 5.0
ROLLBACK_SECONDS = 2.0
LINGER_SECONDS = 0.05
RECYCLE_SECONDS = 1800
IDLE_IN_TRANSACTION_SECONDS = 60
STATEMENT_CACHE_SIZE = 500
BEGUN = (
    "begun"  # where the pool's connection remembers how its transaction began, and until when others may go on in it
)


class Database:
    """Owns the engine and its pool.

    `app_url` is a libpq URL (`postgresql://…`, with `sslmode` and the like) of the role without rights of ownership.
    `pooler="transaction"` is for a PgBouncer in transaction mode between: no prepared statements are kept. Notifications
    need a session, so they then take `direct_url`.
    """

    def __init__(
        self,
        app_url: str,
        *,
        pool_size: int = 10,
        pooler: Pooler = "session",
        pool_timeout_seconds: float = 5.0,
        lock_timeout_seconds: float = 3.0,
        direct_url: str | None = None,
    ) -> None:
        self._url = app_url
        self._direct_url = direct_url or app_url
        self._pooler = pooler
        self._lock_timeout_seconds = lock_timeout_seconds
        self._attempts = pool_size + 1
        self._waiting = 0
        self._at_hand: list[PoolProxiedConnection] = []
        # A read's transaction holds no snapshot once it is answered. The organization's next read goes on in it, which saves a round
        # trip; otherwise its end travels with the next BEGIN on the connection, or comes by itself a moment later. Behind a pooler
        # the server's connection is wanted back at once.
        self.lets_reads_linger = pooler == "session"
        self._sweep: asyncio.TimerHandle | None = None
        self._endings: set[asyncio.Task[None]] = set()
        self._listeners: list[Listener] = []
        self.engine: AsyncEngine = create_async_engine(
            "postgresql+asyncpg://",
            creator=self._connect_for_pool,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            pool_size=pool_size,
            # Nothing above the pool's size: then giving a connection back never has to close one.
            max_overflow=0,
            pool_timeout=pool_timeout_seconds,
            pool_recycle=RECYCLE_SECONDS,
            pool_use_lifo=True,
            hide_parameters=True,
            json_serializer=dumps,
            json_deserializer=orjson.loads,
        )

    async def start(self) -> None:
        """Open the first connection. Raises DatabaseUnavailable; the pool heals later without another start."""
        async with self.transaction(None, timeout_seconds=CONNECT_SECONDS):
            pass

    async def close(self) -> None:
        """End the listeners and close all pooled connections."""
        await asyncio.gather(*(listener.close() for listener in self._listeners))
        self._listeners.clear()
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        await asyncio.gather(*self._endings)
        for fairy in self._at_hand:
            fairy.invalidate()
        self._at_hand.clear()
        await self.engine.dispose()

    def transaction(
        self, organization_id: UUID | None, *, timeout_seconds: float, read_only: bool = False
    ) -> "Transaction":
        """`async with database.transaction(id, timeout_seconds=2) as connection`: commits on a clean exit.

        Row-level security shows the rows of `organization_id` alone; None shows none, and serves the look-up functions.
        Each statement is stopped after `timeout_seconds` (DeadlineExceeded), a wait for a lock earlier (ResourceLocked).
        Entering raises DatabaseUnavailable; leaving raises the mapped form of what the body or the COMMIT raised.
        """
        if organization_id is not None and not isinstance(organization_id, UUID):
            raise TypeError("organization_id is a UUID: it is written into the statement")
        begin = _begin(organization_id, timeout_seconds, self._lock_timeout_seconds, read_only)
        lingers = read_only and self.lets_reads_linger
        # Without an organization a look-up may put one into the transaction: nobody goes on in that.
        return Transaction(self, begin, lingers=lingers, resumes=lingers and organization_id is not None)

    async def listen(self, channel: str, callback: OnNotification) -> Listener:
        """Call `callback(payload)` for each NOTIFY on `channel`, on a connection of its own that reconnects by itself.

        `callback(None)` says that notifications may have been missed (connection made or lost): forget what was cached.
        Returns at once; the first `None` tells that it listens. End it with `await listener.close()`.
        """
        listener = Listener(self._connect_to_listen, channel, callback)
        self._listeners.append(listener)
        listener.start()
        return listener

    async def acquire(self) -> PoolProxiedConnection:
        """A connection. Raises DatabaseUnavailable: none free in time, or none can be made."""
        if self._at_hand:
            return self._at_hand.pop()
        self._waiting += 1
        try:
            return await greenlet_spawn(self.engine.sync_engine.raw_connection)
        except Exception as error:
            raise unavailable(error) from error
        finally:
            self._waiting -= 1

    def release(self, fairy: PoolProxiedConnection) -> None:
        """Keep the connection at hand for the next transaction: going through the pool costs as much as a small query. It does
        go back there when somebody waits for one, or when it is old."""
        if self._waiting or time.monotonic() - fairy.info.setdefault("since", time.monotonic()) > RECYCLE_SECONDS:
            fairy.close()
            return
        self._at_hand.append(fairy)
        if self._sweep is None and self.lets_reads_linger:
            self._sweep = asyncio.get_running_loop().call_later(LINGER_SECONDS, self._end_lingering)

    def _end_lingering(self) -> None:
        """End the read-only transactions of connections that nobody has taken up since they were given back."""
        self._sweep = None
        open_ones = [fairy for fairy in self._at_hand if _raw(fairy).is_in_transaction()]
        for fairy in open_ones:
            self._at_hand.remove(fairy)
            ending = asyncio.create_task(self._end(fairy))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)

    async def _end(self, fairy: PoolProxiedConnection) -> None:
        try:
            await _raw(fairy).execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except Exception as failed:
            log.warning("connection discarded: ROLLBACK failed with %s", type(failed).__name__)
            fairy.invalidate()
        else:
            self.release(fairy)

    def pool_stats(self) -> PoolStats:
        """The pool at this moment."""
        pool = cast("QueuePool", self.engine.pool)
        out = pool.checkedout()
        return PoolStats(size=out + pool.checkedin(), in_use=out - len(self._at_hand), waiting=self._waiting)

    @property
    def attempts(self) -> int:
        """How many connections a BEGIN tries: after a restart of the server all idle ones are dead."""
        return self._attempts

    def _connect_for_pool(self) -> DBAPIConnection:
        dbapi: Any = self.engine.sync_engine.dialect.loaded_dbapi
        statements = STATEMENT_CACHE_SIZE if self._pooler == "session" else 0
        connection: DBAPIConnection = dbapi.connect(
            async_creator_fn=self._connect, prepared_statement_cache_size=statements
        )
        return connection

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        settings = {"application_name": "ats"}
        if self._pooler == "session":
            settings |= {
                "jit": "off",
                "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
                # The server stops a long query soon after its client has vanished.
                "client_connection_check_interval": "1s",
            }
        return await asyncpg.connect(
            self._url,
            timeout=CONNECT_SECONDS,
            statement_cache_size=STATEMENT_CACHE_SIZE if self._pooler == "session" else 0,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=65536,
            server_settings=settings,
        )

    async def _connect_to_listen(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(
            self._direct_url, timeout=CONNECT_SECONDS, server_settings={"application_name": "ats listener"}
        )


def _raw(fairy: PoolProxiedConnection) -> "asyncpg.Connection[asyncpg.Record]":
    return cast("asyncpg.Connection[asyncpg.Record]", fairy.driver_connection)


class Transaction:
    """The context manager of `Database.transaction`."""

    __slots__ = ("_begin", "_connection", "_database", "_fairy", "_lingers", "_resumes")

    def __init__(self, database: Database, begin: str, *, lingers: bool, resumes: bool) -> None:
        self._database = database
        self._begin = begin
        self._lingers = lingers
        self._resumes = resumes
        self._fairy: PoolProxiedConnection
        self._connection: Connection

    async def __aenter__(self) -> Connection:
        for attempt in range(self._database.attempts, 0, -1):
            fairy = self._fairy = await self._database.acquire()
            raw: Any = fairy.driver_connection
            self._connection = Connection(self._database.engine, fairy, raw)
            if self._goes_on():
                return self._connection
            try:
                await raw.execute(f"ROLLBACK; {self._begin}" if raw.is_in_transaction() else self._begin)
            except Exception as error:
                await self._roll_back()
                if attempt == 1 or not is_lost(error):
                    raise translated(error) from None
            except BaseException:
                await self._roll_back()
                raise
            else:
                self._note_beginning()
                return self._connection
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _goes_on(self) -> bool:
        """Whether the connection is in a transaction that began as this one would, a moment ago."""
        begin, until = self._fairy.info.get(BEGUN, ("", 0.0))
        raw = self._connection.raw
        return begin == self._begin and time.monotonic() < until and raw.is_in_transaction() and not raw.is_closed()

    def _note_beginning(self) -> None:
        if self._resumes:
            self._fairy.info[BEGUN] = (self._begin, time.monotonic() + LINGER_SECONDS)
        else:
            self._fairy.info.pop(BEGUN, None)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None and self._lingers:
            if not self._connection.is_as_begun:
                self._fairy.info.pop(BEGUN, None)
            self._release()
            return
        if error is None and not self._connection.rollback_only:
            await self._commit()
            return
        await self._roll_back()
        mapped = translated(error) if error is not None else None
        if mapped is not error and mapped is not None:
            raise mapped from None

    async def _commit(self) -> None:
        try:
            await self._connection.flush()
            status = await self._connection.raw.execute("COMMIT")
        except BaseException as error:
            await self._roll_back()
            raise translated(error) from None
        self._release()
        if status != "COMMIT":
            raise RuntimeError("nothing was committed: a statement had failed and its error was swallowed")

    async def _roll_back(self) -> None:
        # If our task was cancelled, the driver has asked PostgreSQL to stop the query and ROLLBACK waits for that.
        raw = self._connection.raw
        try:
            if not raw.is_closed():
                await raw.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except BaseException as failed:
            self._discard()
            if not isinstance(failed, Exception):
                raise
            log.warning("connection discarded: ROLLBACK failed with %s", type(failed).__name__)
        else:
            self._release()

    def _release(self) -> None:
        raw = self._connection.raw
        if raw.is_closed() or (raw.is_in_transaction() and not self._lingers):
            self._discard()
            return
        self._connection.close_session()
        self._database.release(self._fairy)

    def _discard(self) -> None:
        self._connection.close_session()
        if self._fairy.is_valid:
            self._fairy.invalidate()
        else:
            self._fairy.close()


def _begin(organization_id: UUID | None, timeout_seconds: float, lock_seconds: float, read_only: bool) -> str:
    milliseconds = max(1, round(timeout_seconds * 1000))
    lock_milliseconds = max(1, min(round(lock_seconds * 1000), milliseconds))
    tenant = "" if organization_id is None else str(organization_id)
    return (
        f"BEGIN{' READ ONLY' if read_only else ''}; SELECT set_config('statement_timeout', '{milliseconds}', true), "
        f"set_config('lock_timeout', '{lock_milliseconds}', true), set_config('app.organization_id', '{tenant}', true)"
    )
