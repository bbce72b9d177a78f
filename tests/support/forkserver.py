"""The service in processes of its own that may be killed: imported once, forked for each.

The parent (`ForkServer`) writes one JSON order per line; each order forks a child that serves on a free port of 127.0.0.1 by
uvicorn and answers with `{"pid", "port"}` when it is ready.
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

import pytest_asyncio

from impl.settings import Settings, load

ROOT = Path(__file__).parents[2]


class Child:
    """One process of the service."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.base_url = f"http://127.0.0.1:{port}"

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
        key = self._settings.security.master_key
        assert key is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "database_url": database_url,
            "master_key": key.get_secret_value(),
            "data_dir": str(self._settings.data_dir),
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
            asyncio.run(serve(json.loads(line)))
            os._exit(0)
        children.append(pid)
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def serve(order: dict[str, Any]) -> None:
    """Serve until killed."""
    import uvicorn  # noqa: PLC0415 - only this process serves

    from impl.app import build  # noqa: PLC0415

    settings = load(
        env_file=None,
        environment="dev",
        data_dir=Path(order["data_dir"]),
        security={"master_key": order["master_key"]},
        limits={"rate_factor": 0},
    )
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build(settings, order["database_url"]), log_config=None, access_log=False))
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.005)
    # stdout is the parent's ear; the service's own log lines must not get in between.
    os.write(ANSWERS, json.dumps({"pid": os.getpid(), "port": listening.getsockname()[1]}).encode() + b"\n")
    await serving


if __name__ == "__main__":
    ANSWERS = os.dup(1)
    os.dup2(2, 1)
    main()
