"""The service as the fuzzer meets it: seeded clock and ids, two planted organizations, a log of every request.

    python -m scripts.fuzz.server --url postgresql://ats_app:…@… --port 8123 --log build/fuzz-requests.log [--defect NAME]

The database must be migrated and empty. With `--defect` one of the defects of `tests.contract.planted` is applied first.
"""

import argparse
import asyncio
import hashlib
import importlib
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Final
from unittest import mock

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impl.app import build, runtime_of, start
from impl.lib import clock, ids, logs, passwords, tokens
from impl.settings import Settings, load
from scripts.fuzz import world

SEED: Final = 20261123
START: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Each run of schemathesis names its cases anew; the port is whatever was free.
UNSEEDED_HEADERS: Final = frozenset({b"host", b"x-schemathesis-testcaseid"})
CHEAP: Final = passwords.Cost(1, 8)


class RequestLog:
    """Writes a line for each request, in order, so that two runs can be compared byte by byte."""

    def __init__(self, app: ASGIApp, file: IO[str]) -> None:
        self._app = app
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole request, write its line, and let the application read it again."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        messages = await _whole(receive)
        self._file.write(f"{_line(scope, messages)}\n")
        self._file.flush()
        again = iter(messages)

        async def replay() -> Message:
            return next(again, None) or await receive()

        await self._app(scope, replay, send)


async def _whole(receive: Receive) -> list[Message]:
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    return messages


def _line(scope: Scope, messages: list[Message]) -> str:
    path, query = scope["raw_path"], scope["query_string"]
    digest = hashlib.sha256()
    for name, value in scope["headers"]:
        if name not in UNSEEDED_HEADERS:
            digest.update(name + b":" + value + b"\n")
    digest.update(b"".join(message.get("body", b"") for message in messages))
    return f"{scope['method']} {path.decode('latin-1')}?{query.decode('latin-1')} {digest.hexdigest()}"


@contextmanager
def seeded() -> Iterator[None]:
    """The same times, ids and secrets in each run."""
    chance = SimpleNamespace(randbits=random.Random(SEED).getrandbits)  # noqa: S311 - repeatable is the point
    with ExitStack() as stack:
        stack.enter_context(clock.ticking(START))
        stack.enter_context(ids.use(ids.seeded(SEED)))
        stack.enter_context(passwords.use(CHEAP))
        stack.enter_context(mock.patch.object(tokens, "secrets", chance))
        yield


async def prepare(settings: Settings, url: str) -> None:
    """Plant the two organizations through the service's own role."""
    runtime = runtime_of(settings, url)
    await start(runtime)
    await world.plant(runtime.database, runtime.keys)
    await world.store(runtime.database, runtime.keys, runtime.storage)
    await runtime.database.close()


async def serve(url: str, port: int, log: Path, plant: Callable[[], Callable[[ASGIApp], ASGIApp]]) -> None:
    """Serve until the process is told to stop. `plant` is called once the database is prepared, and gives what to put around the
    application."""
    settings = load(env_file=None)
    logs.configure(level=settings.logs.level, pretty=False)
    await prepare(settings, url)
    wrap = plant()
    with log.open("w") as file:
        app = RequestLog(wrap(build(settings, url)), file)
        config = uvicorn.Config(
            app, port=port, log_config=None, access_log=False, server_header=False, timeout_keep_alive=75
        )
        await uvicorn.Server(config).serve()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--url", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--defect")
    parser.add_argument("--superuser-url")
    given = parser.parse_args()

    def plant() -> Callable[[ASGIApp], ASGIApp]:
        if given.defect is None:
            return lambda app: app
        wrap: Callable[[ASGIApp], ASGIApp] = importlib.import_module("tests.contract.planted").apply(
            given.defect, given.superuser_url
        )
        return wrap

    # The end of a run is an interrupt.
    with seeded(), suppress(KeyboardInterrupt):
        asyncio.run(serve(given.url, given.port, given.log, plant))


if __name__ == "__main__":
    main()
