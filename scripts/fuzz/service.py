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
from typing import IO, Final

import psycopg

from impl.db import embedded, migrate
from impl.db.embedded import cluster
from impl.db.embedded.postmaster import free_port
from scripts.fuzz.outcomes import Outcomes

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
    """Runs of schemathesis, one after the other, against one fresh service. `name` is that of its files in build/."""

    name: str
    runs: tuple[tuple[str, ...], ...]
    defect: str | None = None

    @property
    def requests(self) -> Path:
        """A line for each request that the service got."""
        return OUTPUT / f"fuzz-{self.name}-requests.log"

    @property
    def output(self) -> Path:
        """What schemathesis wrote."""
        return OUTPUT / f"fuzz-{self.name}.txt"

    def outcomes(self, number: int) -> Path:
        """What the run `number` (from 1) counted."""
        return OUTPUT / f"fuzz-{self.name}-{number}-outcomes.json"

    def reports(self, number: int) -> list[str]:
        """The arguments for its reports: each failure with the curl line that reproduces it."""
        stem = OUTPUT / f"fuzz-{self.name}-{number}"
        return ["--report-junit-path", f"{stem}-junit.xml", "--report-html-path", f"{stem}-html"]


@dataclass(frozen=True)
class Result:
    """How a round went. `exit_code` is that of its first run that failed."""

    round: Round
    exit_code: int
    seconds: float
    requests: int
    digest: str
    """The SHA-256 of all requests in their order: equal digests, equal rounds."""
    outcomes: Outcomes


def run(turn: Round, folder: Path, *, quiet: bool = False) -> Result:
    """Run schemathesis against a fresh service with its data in `folder`."""
    OUTPUT.mkdir(exist_ok=True)
    started = time.monotonic()
    with serving(turn, folder) as base_url, turn.output.open("wb") as output:
        codes = [_fuzz(turn, number, base_url, None if quiet else output) for number in range(1, len(turn.runs) + 1)]
    outcomes = Outcomes()
    for number in range(1, len(turn.runs) + 1):
        outcomes.read(turn.outcomes(number))
    sent = turn.requests.read_bytes()
    digest = hashlib.sha256(sent).hexdigest()
    failed = next((code for code in codes if code), 0)
    return Result(turn, failed, time.monotonic() - started, sent.count(b"\n"), digest, outcomes)


def _fuzz(turn: Round, number: int, base_url: str, output: IO[bytes] | None) -> int:
    """One run; what schemathesis writes goes to `output` and is shown, or to nobody."""
    turn.outcomes(number).unlink(missing_ok=True)
    program = str(Path(sys.executable).with_name("schemathesis"))
    command = [program, "run", "spec/ats.v1.yaml", "--url", base_url, *turn.reports(number), *turn.runs[number - 1]]
    environment = os.environ | ENVIRONMENT | {"ATS_TEST_FUZZ_OUTCOMES": str(turn.outcomes(number))}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout or ():
            if output is not None:
                output.write(line)
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
