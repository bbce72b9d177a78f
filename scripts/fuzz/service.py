"""One round: a PostgreSQL of its own, the service on it, schemathesis against the service."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from impl.db import embedded, migrate
from impl.db.embedded import cluster
from impl.db.embedded.postmaster import free_port

OUTPUT: Final = Path("build")
START_SECONDS: Final = 60.0
#: The same each time; the data that it protects are made up and end with the run.
MASTER_KEY: Final = hashlib.sha256(b"the key of the fuzzer").hexdigest()
ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",
    "ATS_ENV": "dev",
    "ATS_MASTER_KEY": MASTER_KEY,
    "ATS_LIMITS__RATE_FACTOR": "0",
    "ATS_LOGS__LEVEL": "error",
}


class ServiceFailed(RuntimeError):
    """The service did not come up; the text is the end of what it wrote."""


@dataclass(frozen=True)
class Round:
    """What to run against a fresh service. `name` is that of its files in build/."""

    name: str
    arguments: tuple[str, ...]
    defect: str | None = None

    @property
    def requests(self) -> Path:
        """A line for each request that the service got."""
        return OUTPUT / f"fuzz-{self.name}-requests.log"

    @property
    def outcomes(self) -> Path:
        """How often each operation gave each answer."""
        return OUTPUT / f"fuzz-{self.name}-outcomes.json"

    @property
    def junit(self) -> Path:
        """The failures, each with the curl line that reproduces it."""
        return OUTPUT / f"fuzz-{self.name}-junit.xml"

    @property
    def output(self) -> Path:
        """What schemathesis wrote."""
        return OUTPUT / f"fuzz-{self.name}.txt"


@dataclass(frozen=True)
class Result:
    """How a round went."""

    round: Round
    exit_code: int
    seconds: float

    @property
    def digest(self) -> str:
        """The SHA-256 of all requests in their order: equal digests, equal runs."""
        return hashlib.sha256(self.round.requests.read_bytes()).hexdigest()

    @property
    def requests(self) -> int:
        with self.round.requests.open("rb") as file:
            return sum(1 for _ in file)


def run(turn: Round, folder: Path, *, quiet: bool = False) -> Result:
    """Run schemathesis against a fresh service with its data in `folder`."""
    OUTPUT.mkdir(exist_ok=True)
    turn.outcomes.unlink(missing_ok=True)
    started = time.monotonic()
    with serving(turn, folder) as base_url:
        exit_code = _fuzz(turn, base_url, quiet=quiet)
    return Result(turn, exit_code, time.monotonic() - started)


def _fuzz(turn: Round, base_url: str, *, quiet: bool) -> int:
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{base_url}/openapi.json"),
        *("--report", "junit,html", "--report-junit-path", str(turn.junit)),
        *("--report-html-path", str(OUTPUT / f"fuzz-{turn.name}-html")),
        *turn.arguments,
    ]
    environment = os.environ | ENVIRONMENT | {"ATS_TEST_FUZZ_OUTCOMES": str(turn.outcomes)}
    with turn.output.open("wb") as file:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if process.stdout is None:
            raise AssertionError("unreachable: a pipe was asked for")
        for line in process.stdout:
            file.write(line)
            if not quiet:
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
        return process.wait()


@contextmanager
def serving(turn: Round, folder: Path) -> Iterator[str]:
    """The service on a new database until the block ends; gives its base URL."""
    with embedded.running(folder, fsync=False) as server:
        _quieten(server.superuser_url)
        migrate.upgrade(server.owner_url, cluster.APP)
        port, log = free_port(), OUTPUT / f"fuzz-{turn.name}-service.log"
        command = [sys.executable, "-m", "scripts.fuzz.server", "--url", server.app_url, "--port", str(port)]
        command += ["--log", str(turn.requests), *_defect(turn, server.superuser_url)]
        environment = os.environ | ENVIRONMENT | {"ATS_DATA_DIR": str(folder)}
        with log.open("wb") as file:
            process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, stdin=subprocess.DEVNULL)
        try:
            _await_listening(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def _defect(turn: Round, superuser_url: str) -> Sequence[str]:
    return () if turn.defect is None else ("--defect", turn.defect, "--superuser-url", superuser_url)


def _quieten(superuser_url: str) -> None:
    """Nothing works in the background, so that transactions are numbered alike in each run."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


def _await_listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ServiceFailed(log.read_text(errors="replace")[-3000:] or f"not listening after {START_SECONDS:.0f} s")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
