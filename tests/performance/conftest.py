"""The application over a database with some thousand applications, and every statement that it sends."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import orjson
import pytest
import pytest_asyncio
from asyncpg.connection import LoggedQuery
from starlette.types import ASGIApp, Message

from impl.app import build
from impl.db.embedded import Server
from impl.lib.crypto import MasterKey
from impl.settings import load
from scripts.bench.seed import seed
from scripts.bench.workload import PATH
from scripts.bench.world import World
from tests.support.application import started
from tests.support.database import TEMPLATE

WORLD = World(5000)


@dataclass(frozen=True)
class Seeded:
    """A database that holds `WORLD`, and an API key of its organization."""

    url: str
    token: str
    master_key: str


@dataclass
class Statements:
    """What the server was asked, in order, since the last `clear`."""

    sent: list[str] = field(default_factory=list)

    def note(self, query: LoggedQuery) -> None:
        self.sent.append(query.query)

    def clear(self) -> None:
        self.sent.clear()


class Caller:
    """Calls the application with the world's API key and counts what that asks of the database."""

    def __init__(self, app: ASGIApp, token: str, statements: Statements) -> None:
        self._app = app
        self._token = token
        self._statements = statements

    async def __call__(self, method: str, path: str, query: str = "", body: Any = None) -> tuple[Any, list[str]]:
        """The answer's content and the statements."""
        content = b"" if body is None else orjson.dumps(body)
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        self._statements.clear()
        await self._app(self._scope(method, path, query, content), receive, send)
        await asyncio.sleep(0)  # the driver tells its loggers of a statement one turn of the loop later
        answer = orjson.loads(b"".join(message.get("body", b"") for message in sent))
        assert sent[0]["status"] < 300, answer
        return answer, list(self._statements.sent)

    def _scope(self, method: str, path: str, query: str, content: bytes) -> dict[str, Any]:
        headers = [(b"authorization", f"Bearer {self._token}".encode())]
        if content:
            headers += [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 80),
            "state": {},
        }


@pytest.fixture(scope="session")
def seeded(server: Server) -> Iterator[Seeded]:
    name = f"performance_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.create_database(name, TEMPLATE)
    master_key = MasterKey.generate()
    token = seed(server.url("postgres", name), WORLD, MasterKey.parse(master_key))
    yield Seeded(server.url("ats_app", name), token, master_key)
    server.drop_database(name)


@pytest.fixture(scope="session")
def statements() -> Statements:
    return Statements()


@pytest_asyncio.fixture(scope="session")
async def service(
    seeded: Seeded, statements: Statements, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[ASGIApp]:
    """The whole application, without a test client's checks around it."""
    settings = load(
        env_file=None,
        environment="prod",
        data_dir=tmp_path_factory.mktemp("performance"),
        security={"master_key": seeded.master_key},
        limits={"rate_factor": 0},
        server={"base_url": "https://ats.example"},
        database={"url": seeded.url, "pool_size": 2},
    )
    connect: Any = asyncpg.connect

    async def connect_and_note(*arguments: object, **options: object) -> object:
        connection = await connect(*arguments, **options)
        connection.add_query_logger(statements.note)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncpg, "connect", connect_and_note)
        async with started(build(settings, seeded.url)) as app:
            yield app


@pytest.fixture
async def call(service: ASGIApp, seeded: Seeded, statements: Statements) -> Caller:
    """A caller whose key and whose organization's keys are known already, as after the first request."""
    caller = Caller(service, seeded.token, statements)
    _, sent = await caller("GET", PATH, "limit=1")
    for _ in range(100):
        # The listener for changed credentials has just begun to listen, which forgets the remembered ones.
        if not any("find_credential" in statement for statement in sent):
            break
        await asyncio.sleep(0.02)
        _, sent = await caller("GET", PATH, "limit=1")
    return caller
