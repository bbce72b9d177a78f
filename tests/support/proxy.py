"""A TCP proxy before the database whose link a test can cut, hang or watch."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

CHUNK_BYTES = 1 << 20
TURNS_OF_ACCEPTING = 4
"""How often the event loop turns, with one to spare, until a connection that was taken is handed over."""


class Trap:
    """Springs at the `at`-th piece of traffic, in either direction, before the piece is passed on.

    With `marker`, pieces are counted from the first one that holds these bytes on its way to the database: 1 is that one, 2 its
    answer.
    """

    def __init__(self, at: int, spring: Callable[[], None], *, marker: bytes | None = None) -> None:
        self._left = at
        self._spring = spring
        self._marker = marker
        self.is_sprung = False

    def passes(self, piece: bytes) -> bool:
        """Whether this piece goes through."""
        if self._marker is not None:
            if self._marker not in piece:
                return True
            self._marker = None
        self._left -= 1
        if self._left == 0:
            self.is_sprung = True
            self._spring()
        return not self.is_sprung


class FaultProxy:
    """Stands before the database at `url`; `self.url` is the way through it."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._links: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self.trap: Trap | None = None

    @property
    def url(self) -> str:
        """The same database by way of the proxy."""
        account, _, _ = self._parts.netloc.rpartition("@")
        return urlunsplit(self._parts._replace(netloc=f"{account}@127.0.0.1:{self._port}"))

    async def start(self) -> None:
        """Take connections, on the same port each time."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port, limit=CHUNK_BYTES)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Close every connection and refuse new ones, as a database that is down does. `start` undoes it."""
        if self._server is not None:
            await self._stop_listening(self._server)
            self._server = None
        for link in self._links:
            link.cancel()
        await asyncio.gather(*self._links, return_exceptions=True)

    async def _stop_listening(self, server: asyncio.Server) -> None:
        # A connection that was taken but is not yet handed over would be left open by close(): let those arrive first.
        for listening in server.sockets:
            asyncio.get_running_loop().remove_reader(listening.fileno())
        for _ in range(TURNS_OF_ACCEPTING):
            await asyncio.sleep(0)
        server.close()

    def hang(self) -> None:
        """Let nothing through any more, without a word, until `flow`."""
        self._flowing.clear()

    def flow(self) -> None:
        self._flowing.set()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = asyncio.get_running_loop().create_task(self._link(reader, writer))
        self._links.add(link)
        link.add_done_callback(self._links.discard)

    async def _link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            there = await asyncio.open_connection(self._parts.hostname, self._parts.port, limit=CHUNK_BYTES)
            ends.append(there[1])
            await asyncio.gather(self._pump(reader, there[1]), self._pump(there[0], writer))
        except OSError:
            pass  # No database behind the proxy: the client sees its connection close.
        finally:
            for end in ends:
                end.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                await self._flowing.wait()
                if self.trap is not None and not self.trap.passes(data):
                    break
                writer.write(data)
                await writer.drain()
        writer.close()
