"""One raw ASGI call in this process: exact bytes in headers and body, and no client in between."""

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.types import ASGIApp, Message

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Answer:
    """What the application sent: status 0 when it sent nothing."""

    status: int
    headers: Headers
    body: bytes
    complete: bool

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value.decode("latin-1") for key, value in self.headers if key == name.lower().encode()]

    def one(self, name: str) -> str:
        """The value of a header that must stand there exactly once."""
        [value] = self.all(name)
        return value

    def json(self) -> Any:
        """The body, parsed."""
        return orjson.loads(self.body)


async def call(
    app: ASGIApp,
    method: str = "GET",
    path: str = "/",
    *,
    raw_path: bytes | None = None,
    headers: Headers | None = None,
    query: bytes = b"",
    content: bytes = b"",
    client: tuple[str, int] | None = ("127.0.0.1", 5000),
) -> Answer:
    """Send one request, and stay connected until it is answered."""
    sent: list[Message] = []
    is_taken, is_answered = False, asyncio.Event()
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode() if raw_path is None else raw_path,
        "query_string": query,
        "root_path": "",
        "headers": headers or [],
        "client": client,
        "server": ("127.0.0.1", 80),
        "state": {},
    }

    async def receive() -> Message:
        nonlocal is_taken
        if is_taken:
            await is_answered.wait()
            return {"type": "http.disconnect"}
        is_taken = True
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            is_answered.set()

    await app(scope, receive, send)
    return _answer(sent)


def _answer(sent: list[Message]) -> Answer:
    starts = [message for message in sent if message["type"] == "http.response.start"]
    bodies = [message for message in sent if message["type"] == "http.response.body"]
    assert len(starts) <= 1, "an application may start one answer"
    complete = bool(bodies) and not bodies[-1].get("more_body", False)
    body = b"".join(message.get("body", b"") for message in bodies)
    return Answer(starts[0]["status"] if starts else 0, list(starts[0]["headers"]) if starts else [], body, complete)
