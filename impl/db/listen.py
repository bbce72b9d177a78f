"""Notifications of PostgreSQL, over a connection that comes back by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import asyncpg

log = logging.getLogger("ats.db")

OnNotification = Callable[[str | None], None]
Connect = Callable[[], Awaitable["asyncpg.Connection[asyncpg.Record]"]]

# A connection that is silently dead (a vanished host) is noticed after these two together.
PING_EVERY_SECONDS = 5.0
PING_SECONDS = 3.0
RECONNECT_SECONDS = 0.5


class Listener:
    """LISTENs on one channel until closed; made by `Database.listen`."""

    def __init__(self, connect: Connect, channel: str, callback: OnNotification) -> None:
        self._connect = connect
        self._channel = channel
        self._callback = callback
        self._task: asyncio.Task[None] | None = None
        # Whether notifications arrive just now.
        self.is_listening = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"listen {self._channel}")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("listening on %s was interrupted: %s", self._channel, type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        connection = await self._connect()
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(self._channel, lambda *args: self._tell(str(args[3])))
            self.is_listening = True
            self._tell(None)
            while not lost.is_set():
                try:
                    await asyncio.wait_for(lost.wait(), PING_EVERY_SECONDS)
                except TimeoutError:
                    await connection.execute("SELECT 1", timeout=PING_SECONDS)
        finally:
            connection.terminate()
            if self.is_listening:
                self.is_listening = False
                self._tell(None)

    def _tell(self, payload: str | None) -> None:
        try:
            self._callback(payload)
        except Exception:  # a faulty listener must not end the listening
            log.exception("a listener on %s failed", self._channel)
