"""A virus scanner that speaks clamd's protocol over a real socket, and knows one virus: the test file of EICAR."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from struct import unpack

# Apart, so that no scanner finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = b"Eicar-Test-Signature"


@dataclass
class FakeClamd:
    """What it was sent, whole streams alone; `answer` is what it says in place of a verdict, `is_silent` that it never says anything."""

    port: int = 0
    scanned: list[bytes] = field(default_factory=list)
    answer: bytes | None = None
    is_silent: bool = False

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as clamd has it: a command that begins with `z` ends with a zero byte, and so does its answer."""
        try:
            assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
            content = b""
            while length := unpack(">I", await reader.readexactly(4))[0]:
                content += await reader.readexactly(length)
            self.scanned.append(content)
            if self.is_silent:
                await reader.read()
                return
            found = b"stream: " + NAME + b" FOUND" if EICAR in content else b"stream: OK"
            writer.write((self.answer or found) + b"\0")
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def fake_clamd(port: int = 0) -> AsyncIterator[FakeClamd]:
    """A scanner on a free port, or on one where another has been."""
    fake = FakeClamd()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", port, limit=1 << 20)
    fake.port = server.sockets[0].getsockname()[1]
    async with server:
        yield fake
