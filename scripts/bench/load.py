"""A closed-loop HTTP load: each of N connections sends its next request when it has the answer to the last one."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import uvloop

CONNECT_SECONDS = 10.0
DRAIN_SECONDS = 60.0
_HEAD_END = b"\r\n\r\n"


class UnexpectedAnswer(RuntimeError):
    """A peer did not answer as it must; a number for a wrong answer would mean nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a server listens and what its callers send along."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """One HTTP/1.1 request as it goes over the wire."""
        head = {"Host": f"127.0.0.1:{self.port}", "Accept": "application/json", **self.headers}
        if body:
            head |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        return "\r\n".join(lines).encode() + _HEAD_END + body


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard a load is: how many connections for how long, and how long each pauses behind an answer."""

    connections: int
    seconds: float
    pause_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Served:
    """What a load saw: how many answers, after how long."""

    count: int
    seconds: float
    latencies: list[float]

    def quantile(self, part: float) -> float:
        """A quantile of the latencies in seconds."""
        if len(self.latencies) < 2:
            return self.latencies[0] if self.latencies else 0.0
        return statistics.quantiles(self.latencies, n=1000, method="inclusive")[round(part * 1000) - 1]


class _Client(asyncio.Protocol):
    """One connection."""

    def __init__(
        self, next_request: Callable[[], bytes | None], status: bytes, latencies: list[float], pause_seconds: float
    ) -> None:
        self._next_request = next_request
        self._status = status
        self._latencies = latencies
        self._pause_seconds = pause_seconds
        self._transport: asyncio.Transport
        self._received = b""
        self._missing = 0
        self._sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def send_next(self) -> None:
        request = self._next_request()
        if request is None:
            self._finish(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._received += data
            end = self._received.find(_HEAD_END)
            if end < 0:
                return
            if self._received[9:12] != self._status:
                self._finish(UnexpectedAnswer(self._received.decode(errors="replace")[:2000]))
                return
            self._missing = end + len(_HEAD_END) + _content_length(self._received[:end]) - len(self._received)
        if self._missing <= 0:
            self._latencies.append(time.perf_counter() - self._sent_at)
            self._received, self._missing = b"", 0
            self._go_on()

    def _go_on(self) -> None:
        if self._pause_seconds:
            asyncio.get_running_loop().call_later(self._pause_seconds, self.send_next)
        else:
            self.send_next()

    def connection_lost(self, error: Exception | None) -> None:
        self._finish(error or UnexpectedAnswer("the server closed the connection"))

    def _finish(self, error: Exception | None) -> None:
        if not self.done.done():
            if error is None:
                self.done.set_result(None)
            else:
                self.done.set_exception(error)
        self._transport.abort()


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    raise UnexpectedAnswer("an answer without Content-Length")


def drive(
    target: Target,
    requests: Iterator[bytes],
    *,
    status: int,
    pace: Pace,
    on_start: Callable[[], None] = lambda: None,
) -> Served:
    """Load `target` at a pace and let the last answers come in. `on_start` is called when all connections stand.

    Raises UnexpectedAnswer for an answer with another status than `status`.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_drive(target, requests, status, pace, on_start))


async def _drive(  # `drive` is the door, where they have names
    target: Target,
    requests: Iterator[bytes],
    status: int,
    pace: Pace,
    on_start: Callable[[], None],
) -> Served:
    latencies: list[float] = []
    until = float("inf")

    def next_request() -> bytes | None:
        return next(requests) if time.perf_counter() < until else None

    loop = asyncio.get_running_loop()
    clients: list[_Client] = []
    async with asyncio.timeout(CONNECT_SECONDS):
        for _ in range(pace.connections):
            _, client = await loop.create_connection(
                lambda: _Client(next_request, str(status).encode(), latencies, pace.pause_seconds),
                "127.0.0.1",
                target.port,
            )
            clients.append(client)
    on_start()
    started = time.perf_counter()
    until = started + pace.seconds
    for client in clients:
        client.send_next()
    async with asyncio.timeout(pace.seconds + DRAIN_SECONDS):
        await asyncio.gather(*(client.done for client in clients))
    return Served(len(latencies), time.perf_counter() - started, latencies)
