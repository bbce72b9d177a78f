"""B2 and L6: how large, how slow and how often; for every operation."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from starlette.types import ASGIApp, Message

from generated.operations import SCOPES
from impl.core import body as body_module
from impl.core.body import JSON_BYTES_MAX
from impl.db.embedded import Server
from impl.settings import Settings
from tests.support import contract, world
from tests.support.application import another
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.matrix import scopes_of
from tests.support.rows import Rows

WITH_BODY = [
    name for name, operation in contract.operations().items() if operation.body and operation.body[0].endswith("json")
]
CHUNK = 65_536
MEBIBYTE = 1 << 20


class Sender:
    """A caller that sends a body piece by piece, and counts what is taken off it."""

    def __init__(self, call: world.Call, token: str | None, pieces: Iterator[bytes], length: int | None = None) -> None:
        assert call.operation.body is not None
        headers = [(b"content-type", call.operation.body[0].encode())]
        if token:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        else:
            headers.append((b"transfer-encoding", b"chunked"))
        path = call.path
        self.scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": call.operation.method,
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        self._pieces = pieces
        self.bytes_taken = 0
        self.status = 0
        self.body = b""

    async def receive(self) -> Message:
        await asyncio.sleep(0)
        piece = next(self._pieces, None)
        self.bytes_taken += len(piece or b"")
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    async def call(self, app: ASGIApp) -> tuple[int, str]:
        """Status and problem code."""
        await app(self.scope, self.receive, self.send)
        return self.status, orjson.loads(self.body).get("code", "") if self.body else ""


def pieces_of(content: bytes, total: int) -> Iterator[bytes]:
    """The content, followed by white space up to `total` bytes."""
    yield content
    left = total - len(content)
    while left > 0:
        yield b" " * min(left, CHUNK)
        left -= CHUNK


@pytest.mark.promise("B2")
@pytest.mark.parametrize("operation_id", WITH_BODY)
@pytest.mark.parametrize("announced", [True, False], ids=["content-length", "chunked"])
async def test_a_body_may_have_a_mebibyte(cast: Cast, rows: Rows, operation_id: str, announced: bool) -> None:
    call, token = await world.World(cast).call(operation_id), cast.people["admin"].token
    content = orjson.dumps(call.body)
    before = await rows.fingerprint(cast.organization_id)
    over = JSON_BYTES_MAX + 1
    sender = Sender(call, call.token or token, pieces_of(content, 5 * over), 5 * over if announced else None)
    assert await sender.call(cast.app) == (413, "body_too_large")
    assert sender.bytes_taken <= (0 if announced else JSON_BYTES_MAX + CHUNK)
    assert await rows.fingerprint(cast.organization_id) == before

    just_over = Sender(call, call.token or token, pieces_of(content, over), over if announced else None)
    assert await just_over.call(cast.app) == (413, "body_too_large")
    length = JSON_BYTES_MAX if announced else None
    just_fits = Sender(call, call.token or token, pieces_of(content, JSON_BYTES_MAX), length)
    assert (await just_fits.call(cast.app))[0] < 300


@pytest.mark.promise("B2")
@pytest.mark.parametrize("operation_id", [name for name in WITH_BODY if name != "create_session"])
async def test_a_stranger_is_answered_before_the_body(standing: world.Standing, operation_id: str) -> None:
    cast, call = await standing.call(operation_id)
    sender = Sender(call, None, pieces_of(b"{", 10 * MEBIBYTE))
    assert await sender.call(cast.app) == (401, "unauthenticated")
    assert sender.bytes_taken == 0
    other = next(scope for scope in sorted(SCOPES) if scope not in (scopes_of(call.operation) or ()))
    powerless = Sender(call, (await Factories(cast).api_key(other))["secret"], pieces_of(b"{", 10 * MEBIBYTE))
    assert await powerless.call(cast.app) == (403, "missing_scope")
    assert powerless.bytes_taken == 0


@pytest.mark.promise("B2")
@pytest.mark.parametrize("operation_id", WITH_BODY)
async def test_a_body_that_drips_is_given_up(
    standing: world.Standing, monkeypatch: pytest.MonkeyPatch, operation_id: str
) -> None:
    monkeypatch.setattr(body_module, "ARRIVAL_SECONDS", 0.05)
    cast, call = await standing.call(operation_id)

    class Dripping(Sender):
        async def receive(self) -> Message:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b" ", "more_body": True}

    sender = Dripping(call, call.token or cast.people["admin"].token, iter(()))
    assert await sender.call(cast.app) == (408, "request_timeout")


@pytest.mark.promise("B2")
async def test_large_bodies_leave_no_memory_behind(cast: Cast) -> None:
    call, token = await world.World(cast).call("create_department"), cast.people["admin"].token

    async def try_one() -> None:
        assert (await Sender(call, token, pieces_of(b"{", 4 * MEBIBYTE)).call(cast.app))[0] == 413

    for _ in range(20):
        await try_one()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(300):
        await try_one()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


@pytest_asyncio.fixture(scope="module")
async def limited(settings: Settings, server: Server, database_name: str) -> AsyncIterator[ASGIApp]:
    """One request per window and class."""
    async with another(settings, server.url("ats_app", database_name), limits={"rate_factor": 1e-9}) as app:
        yield app


@pytest.mark.promise("L6")
@pytest.mark.parametrize("operation_id", list(contract.operations()))
async def test_too_often_is_told_with_the_time_to_wait(cast: Cast, limited: ASGIApp, operation_id: str) -> None:
    call = await world.World(cast).call(operation_id)
    client = ApiClient(limited, call.token or cast.people["admin"].token)
    # A request counts whatever becomes of it.
    await client.request(call.operation.method, call.path, **call.sent, headers={"Accept": "image/png"})
    answer = await client.request(call.operation.method, call.path, **call.sent)
    assert problem(answer) == (429, "rate_limited")
    headers = answer.headers
    assert 1 <= int(headers["retry-after"]) <= 60
    name = call.operation.node["x-rate-class"]
    assert headers["ratelimit-policy"].startswith(f'"{name}";q=1;w=')
    assert headers["ratelimit"].startswith(f'"{name}";r=0;t=')
