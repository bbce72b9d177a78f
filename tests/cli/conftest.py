"""The command line, on databases of its own."""

import io
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import httpx2
import pytest
import pytest_asyncio

from impl.cli import main, serving
from impl.db.embedded import Server
from impl.db.embedded.postmaster import free_port
from impl.lib.crypto import MasterKey
from tests.support.database import TEMPLATE
from tests.support.rows import Rows

START_SECONDS = 60.0
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Ats:
    """Runs `ats` with an environment of its own: nothing of the developer's settings reaches it."""

    environment: Mapping[str, str]

    def __call__(self, *arguments: str, **environment: str) -> Done:
        """Run a command to its end, in this process, which has everything loaded already; `environment` is added to what it sees."""
        stdout, stderr = io.StringIO(), io.StringIO()
        before = signal.getsignal(signal.SIGTERM)
        try:
            with (
                mock.patch.dict(os.environ, {**self.environment, **environment}, clear=True),
                mock.patch.object(sys, "argv", ["ats", *arguments]),
                mock.patch.object(serving, "configure_logs"),
                redirect_stdout(stdout),
                redirect_stderr(stderr),
            ):
                main()
        except SystemExit as ended:
            return Done(int(ended.code or 0), stdout.getvalue(), stderr.getvalue())
        finally:
            signal.signal(signal.SIGTERM, before)
        raise AssertionError("the command line came back without an exit code")

    def output(self) -> bytes:
        """What the command that was started last has written so far."""
        logs = sorted(
            Path(self.environment["ATS_DATA_DIR"]).glob("output-*.log"), key=lambda log: log.stat().st_mtime_ns
        )
        return logs[-1].read_bytes() if logs else b""

    @contextmanager
    def running(self, *arguments: str, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Run a command in the background until the block ends."""
        log = Path(self.environment["ATS_DATA_DIR"]) / f"output-{next(_numbers)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "impl.cli", *arguments],
                env={**self.environment, **environment},
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
            try:
                yield process
            except BaseException:
                print(log.read_text(errors="replace"))
                raise
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                    process.wait(START_SECONDS)


def await_ready(process: "subprocess.Popen[bytes]", base_url: str) -> None:
    """Wait until the server says that it is ready."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"{base_url}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{base_url} did not become ready (exit code {process.poll()})")


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """This process's environment without any setting of the service."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ATS_")}


@pytest.fixture
def ats(plain_environment: dict[str, str], tmp_path: Path) -> Ats:
    """The command line without a database, with a data folder of its own."""
    return Ats({**plain_environment, "ATS_DATA_DIR": str(tmp_path), "ATS_DATABASE__EMBEDDED": "false"})


@pytest.fixture(scope="session")
def installation(
    server: Server, plain_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ats]:
    """The command line with a migrated database and a master key: for tests that leave each other's rows alone."""
    name = f"cli_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.create_database(name, TEMPLATE)
    yield Ats(
        {
            **plain_environment,
            "ATS_DATA_DIR": str(tmp_path_factory.mktemp("installation")),
            "ATS_DATABASE_URL": server.url("ats_app", name),
            "ATS_DATABASE_OWNER_URL": server.url("ats_owner", name),
            "ATS_MASTER_KEY": MasterKey.generate(),
        }
    )
    server.drop_database(name)


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """The name of a database without any table."""
    name = f"cli_empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.create_database(name)
    yield name
    server.drop_database(name)


@pytest.fixture
def port() -> int:
    """A free port."""
    return free_port()


@pytest_asyncio.fixture
async def url(server: Server, database_name: str, rows: Rows) -> str:
    """The tests' own database for a worker. Its queue is empty: what other tests left there would be worked off first."""
    await rows.connection.execute("DELETE FROM queue.procrastinate_jobs WHERE status IN ('todo', 'doing')")
    return server.url("ats_app", database_name)
