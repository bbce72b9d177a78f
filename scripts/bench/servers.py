"""The servers under measurement: one uvicorn worker each, with the same flags, on its own port of the loopback."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from impl.db.embedded.postmaster import free_port
from scripts.bench import procfs

START_SECONDS = 30.0
FLAGS = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--workers", "1")


class ServerFailed(RuntimeError):
    """A server did not come up; the text is the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Peer:
    """What to run: an ASGI factory (`module:function`), its environment, and a path that answers once it is up."""

    name: str
    factory: str
    environment: Mapping[str, str]
    probe: str = "/api/v1/applications"


def our_environment(database_url: str, folder: Path, master: str, connections: int) -> dict[str, str]:
    """The environment of our own service, and of its worker."""
    return {
        "ATS_ENV": "prod",
        "ATS_DATA_DIR": str(folder / "data"),
        "ATS_DATABASE_URL": database_url,
        "ATS_DATABASE__POOL_SIZE": str(connections),
        "ATS_MASTER_KEY": master,
        "ATS_LIMITS__RATE_FACTOR": "0",
        "ATS_SERVER__BASE_URL": "https://ats.example",
    }


@contextmanager
def serving(
    peer: Peer, folder: Path, cores: frozenset[int], launcher: Sequence[str] = (sys.executable,)
) -> Iterator[Running]:
    """Run a server until the block ends; what it writes goes to a file, as a container's log would. Raises ServerFailed."""
    port = free_port()
    command = [*launcher, "-m", "uvicorn", peer.factory, "--factory", "--port", str(port), *FLAGS]
    log_path = folder / f"{peer.name}.log"
    environment = os.environ | dict(peer.environment)
    with log_path.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            if cores:
                procfs.pin(process.pid, set(cores))
            _await_ready(process, f"http://127.0.0.1:{port}{peer.probe}", log_path)
            yield Running(peer.name, port, process.pid)
        finally:
            # As Ctrl-C: uvicorn ends cleanly and hands back to a profiler around it.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own loopback address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise ServerFailed(log.read_text(errors="replace")[-3000:] or f"no answer within {START_SECONDS:.0f} s")
