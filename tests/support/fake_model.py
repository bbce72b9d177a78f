"""A server that speaks OpenAI's protocol over a real socket, in both its forms, and does what a test says: right, wrong, or not at all.

    async with fake_model() as fake:
        fake.script = [refuses(429, retry_after="3"), says(answer)]

Each request takes the next behaviour; the last one stays. What was asked is kept in `requests`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from impl.lib.breaker import Breaker
from impl.lib.language_model import Endpoint, Flavour
from impl.lib.language_model.asking import LanguageModel, Policy
from impl.lib.language_model.wire import OpenAIWire

USAGE = (1200, 300)


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """Its JSON."""
        return json.loads(self.raw)

    @property
    def flavour(self) -> Flavour:
        """Which form of the protocol it speaks."""
        return "responses" if self.path.endswith("/responses") else "chat"

    @property
    def instructions(self) -> str:
        """What the model is told to do."""
        found: str = self.body["instructions"] if self.flavour == "responses" else self.body["messages"][0]["content"]
        return found

    @property
    def data(self) -> str:
        """What it is told to do that with."""
        [*_, last] = self.body["input"] if self.flavour == "responses" else self.body["messages"]
        found: str = last["content"]
        return found

    @property
    def texts(self) -> list[str]:
        """What is to be turned into vectors."""
        found: list[str] = self.body["input"]
        return found


Behaviour = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Fake:
    """The server under a test's hands."""

    script: list[Behaviour] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """What `base_url` is set to."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: requests until the other side goes, or a behaviour closes it."""
        try:
            while not writer.is_closing():
                asked = await _read(reader)
                self.requests.append(asked)
                behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                await behaviour(asked, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, path, headers, body)


@asynccontextmanager
async def fake_model(*script: Behaviour) -> AsyncIterator[Fake]:
    """A fake that listens until the block ends."""
    fake = Fake(list(script))
    connections: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.ensure_future(fake.serve(reader, writer))
        connections.add(serving)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=1 << 24)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        for each in connections:
            each.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


def answered(
    writer: asyncio.StreamWriter,
    status: int,
    body: bytes,
    headers: dict[str, str] | None = None,
    *,
    length: int | None = None,
) -> None:
    """Write one answer; a `length` other than the body's is announced for it."""
    given = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body) if length is None else length),
        **(headers or {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)


def enveloped(flavour: Flavour, text: str, *, refusal: str | None = None, is_cut: bool = False) -> dict[str, Any]:
    """The protocol's answer around a model's words."""
    if flavour == "responses":
        part: dict[str, Any] = {"type": "output_text", "text": text, "annotations": []}
        if refusal:
            part = {"type": "refusal", "refusal": refusal}
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1_780_000_000,
            "status": "incomplete" if is_cut else "completed",
            "incomplete_details": {"reason": "max_output_tokens"} if is_cut else None,
            "model": "fake",
            "output": [
                {"type": "reasoning", "id": "rs_1", "summary": []},
                {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]},
            ],
            "usage": {"input_tokens": USAGE[0], "output_tokens": USAGE[1], "total_tokens": sum(USAGE)},
        }
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "chatcmpl_1",
        "object": "chat.completion",
        "created": 1_780_000_000,
        "model": "fake",
        "choices": [{"index": 0, "message": message, "finish_reason": "length" if is_cut else "stop"}],
        "usage": {"prompt_tokens": USAGE[0], "completion_tokens": USAGE[1], "total_tokens": sum(USAGE)},
    }


def says(text: str | Callable[[Asked], str], **changes: Any) -> Behaviour:
    """A model that answers these words; `changes` go to `enveloped`."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        words = text if isinstance(text, str) else text(asked)
        answered(writer, 200, json.dumps(enveloped(asked.flavour, words, **changes)).encode())

    return behave


def embeds(meaning: Callable[[str], list[float]], *, is_counted: bool = True) -> Behaviour:
    """A server that answers each text with this vector, the last text first."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        found = [
            {"object": "embedding", "index": at, "embedding": meaning(text)} for at, text in enumerate(asked.texts)
        ]
        tokens = 5 * len(found)
        usage = {"usage": {"prompt_tokens": tokens, "total_tokens": tokens}} if is_counted else {}
        answered(writer, 200, json.dumps({"object": "list", "model": "fake", "data": found[::-1], **usage}).encode())

    return behave


def sends(body: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> Behaviour:
    """A server that sends these bytes; when it announces more, it then closes."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        answered(
            writer, status, body, {name.replace("_", "-"): value for name, value in headers.items()}, length=length
        )
        if length is not None:
            writer.close()

    return behave


def refuses(status: int, code: str | None = None, *, retry_after: str | None = None) -> Behaviour:
    """A server that answers an error as OpenAI does."""
    error = {"error": {"message": "a word about it", "type": code or "server_error", "param": None, "code": code}}
    body = json.dumps(error).encode()
    return sends(body, status=status) if retry_after is None else sends(body, status=status, Retry_After=retry_after)


def envelopes(change: Callable[[dict[str, Any]], None], text: str = "{}") -> Behaviour:
    """An answer whose envelope is changed."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        envelope = enveloped(asked.flavour, text)
        change(envelope)
        answered(writer, 200, json.dumps(envelope).encode())

    return behave


async def hangs(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A server that takes the question and says nothing."""
    await asyncio.sleep(3600)


async def drips(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A server that sends a byte now and then, for ever."""
    answered(writer, 200, b"", length=100_000)
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


async def floods(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A server that sends ten megabytes, without a length."""
    writer.write(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(160):
        writer.write(b"10000\r\n" + b" " * 65_536 + b"\r\n")
        await writer.drain()
    writer.write(b"0\r\n\r\n")


async def hangs_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A server that closes without an answer."""
    writer.close()


@dataclass
class Pace:
    """A clock that only waiting moves, and what was waited for."""

    at: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Wait no time at all, and note it."""
        self.waits.append(seconds)
        self.at += seconds

    def now(self) -> float:
        """The moment."""
        return self.at


def model_at(
    url: str,
    *,
    flavour: Flavour = "responses",
    tries_max: int = 4,
    deadline_seconds: float = 90.0,
    timeout_seconds: float = 5.0,
    pace: Pace | None = None,
    breaker: Breaker | None = None,
) -> LanguageModel:
    """A model at an address, whose waits take no time."""
    pace = pace or Pace()
    endpoint = Endpoint("sk-fake-key", "fake", url, flavour, connect_seconds=1.0, timeout_seconds=timeout_seconds)
    return LanguageModel(
        OpenAIWire(endpoint),
        Policy(tries_max, deadline_seconds),
        breaker or Breaker(failures_max=100, now=pace.now),
        sleep=pace.sleep,
        now=pace.now,
    )
