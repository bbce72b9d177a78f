"""The service in processes of its own that may be killed: imported once, forked for each.

The parent (`ForkServer`) writes one JSON order per line; each order forks a child that answers with `{"pid", "port"}` when it is
ready. A child serves on a free port of 127.0.0.1 by uvicorn, or makes one attempt at a task, as a worker does, once it is told to.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest_asyncio

from impl.settings import Settings, load

ROOT = Path(__file__).parents[2]


class Child:
    """One process of the service."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.base_url = f"http://127.0.0.1:{port}"

    def begin(self) -> None:
        """Let a child that makes an attempt at a task go."""
        os.kill(self.pid, signal.SIGUSR1)

    async def ended(self) -> None:
        """Wait until there is no such process any more."""
        with suppress(ProcessLookupError):
            while True:
                os.kill(self.pid, 0)
                await asyncio.sleep(0.005)

    def kill(self) -> None:
        """SIGKILL: it gets no chance to end anything."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class ForkServer:
    """Starts children."""

    def __init__(self, process: asyncio.subprocess.Process, settings: Settings) -> None:
        self._process = process
        self._settings = settings
        self._turn = asyncio.Lock()

    async def start(self, database_url: str) -> Child:
        """A new process of the service on this database, ready to serve."""
        return await self._forked(database_url)

    async def start_attempt(self, database_url: str, organization_id: UUID, task_id: UUID, **email: Any) -> Child:
        """A new process that makes one attempt at a task when it is told to `begin`, and is over then; `email` are settings."""
        attempt = {"organization_id": str(organization_id), "task_id": str(task_id), "email": email}
        return await self._forked(database_url, attempt=attempt)

    async def _forked(self, database_url: str, **more: Any) -> Child:
        key = self._settings.security.master_key
        assert key is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "database_url": database_url,
            "master_key": key.get_secret_value(),
            "data_dir": str(self._settings.data_dir),
            **more,
        }
        async with self._turn:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        answer = json.loads(line)
        return Child(answer["pid"], answer["port"])


@pytest_asyncio.fixture(scope="session")
async def fork_server(settings: Settings) -> AsyncIterator[ForkServer]:
    """Starts processes of the service for tests that kill them."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.forkserver",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    yield ForkServer(process, settings)
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()


def main() -> None:
    # Imported before the fork, so that a child starts in milliseconds.
    import uvicorn.protocols.http.httptools_impl  # noqa: F401, PLC0415

    import impl.app  # noqa: PLC0415
    import impl.db.migrate  # noqa: F401, PLC0415

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    children = []
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            order = json.loads(line)
            asyncio.run(attempt(order) if "attempt" in order else serve(order))
            os._exit(0)
        children.append(pid)
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def serve(order: dict[str, Any]) -> None:
    """Serve until killed."""
    import uvicorn  # noqa: PLC0415 - only this process serves

    from impl.app import build  # noqa: PLC0415

    settings = _settings(order)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build(settings, order["database_url"]), log_config=None, access_log=False))
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.005)
    _answer(listening.getsockname()[1])
    await serving


async def attempt(order: dict[str, Any]) -> None:
    """Wait for the word, then make one attempt at a task."""
    from impl.app import runtime_of  # noqa: PLC0415 - only this process works
    from impl.core import tasks  # noqa: PLC0415
    from impl.services import background  # noqa: PLC0415

    background.load()
    wanted = order["attempt"]
    runtime = runtime_of(_settings(order, email=wanted["email"]), order["database_url"])
    await runtime.keys.start(runtime.database)
    word = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, word.set)
    _answer(0)
    await word.wait()
    await tasks.perform(runtime, UUID(wanted["organization_id"]), UUID(wanted["task_id"]))


def _settings(order: dict[str, Any], **sections: Any) -> Settings:
    return load(
        env_file=None,
        environment="dev",
        data_dir=Path(order["data_dir"]),
        security={"master_key": order["master_key"]},
        limits={"rate_factor": 0},
        **sections,
    )


def _answer(port: int) -> None:
    # stdout is the parent's ear; the service's own log lines must not get in between.
    os.write(ANSWERS, json.dumps({"pid": os.getpid(), "port": port}).encode() + b"\n")


if __name__ == "__main__":
    ANSWERS = os.dup(1)
    os.dup2(2, 1)
    main()
