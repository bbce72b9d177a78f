"""A virus scanner that speaks clamd's protocol: INSTREAM, over a socket of this machine or of another one.

The content goes there in pieces, each behind its length; an empty one ends it. Nothing is believed but a plain `OK` or a plain `FOUND`.
"""

import asyncio
from dataclasses import dataclass
from struct import pack
from typing import Final
from urllib.parse import urlsplit

PIECE_BYTES: Final = 64 * 1024
ANSWER_BYTES_MAX: Final = 4096
NAME_MAX: Final = 100
_STREAM: Final = b"stream: "


class ScannerAway(Exception):
    """The scanner could not be asked, or has not said whether the content is clean; the text says why, and nothing of the content."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it says: `finding` names what it has found, None when it has found nothing."""

    finding: str | None = None


@dataclass(frozen=True, slots=True)
class VirusScanner:
    """`address` is `unix:///run/clamav/clamd.ctl` or `tcp://host:3310`; the whole of a scan has `timeout_seconds`."""

    address: str
    timeout_seconds: float

    async def scan(self, content: bytes) -> Verdict:
        """What the scanner says of a content. Raises ScannerAway."""
        try:
            async with asyncio.timeout(self.timeout_seconds):
                return verdict_of(await self._asked(content))
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ScannerAway(type(error).__name__) from None

    async def _asked(self, content: bytes) -> bytes:
        reader, writer = await self._connected()
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE_BYTES):
                piece = content[start : start + PIECE_BYTES]
                writer.write(pack(">I", len(piece)) + piece)
                await writer.drain()
            writer.write(pack(">I", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0"))[:-1]
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        where = urlsplit(self.address)
        if where.scheme == "unix":
            return await asyncio.open_unix_connection(where.path, limit=ANSWER_BYTES_MAX)
        return await asyncio.open_connection(where.hostname, where.port, limit=ANSWER_BYTES_MAX)


def verdict_of(answer: bytes) -> Verdict:
    """What an answer means. Raises ScannerAway for one that is no verdict, such as that the content was too long."""
    if answer == _STREAM + b"OK":
        return Verdict()
    if answer.startswith(_STREAM) and answer.endswith(b" FOUND"):
        name = answer.removeprefix(_STREAM).removesuffix(b" FOUND").decode("ascii", "replace")
        return Verdict("".join(each if each.isprintable() else "?" for each in name)[:NAME_MAX] or "unnamed")
    raise ScannerAway("it gives no verdict")
