"""Keeps one postmaster running: starts it, waits for it, starts it again when it dies, stops it at the end."""

import logging
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from impl.db.embedded import privileges
from impl.db.embedded.errors import EmbeddedError
from impl.db.embedded.privileges import Placement

log = logging.getLogger("ats.postgres")

POLL_SECONDS = 0.01
LOG_BYTES_MAX = 10_000_000
# How long a start is tried anew: the leftovers of a killed postmaster (a zombie, its backends) vanish in this time.
RETRY_SECONDS = 15.0
STOP_SECONDS = 60.0
RESTART_PAUSE_MAX_SECONDS = 2.0

_TRANSIENT = re.compile(r"already exists|still in use|could not create any TCP/IP sockets|Address already in use")


@dataclass
class Options:
    """What the server is started with."""

    placement: Placement
    log_path: Path
    fsync: bool
    port: int
    # Called with the new port when the wanted one is taken by somebody else.
    on_port: Callable[[int], None]


class Postmaster:
    """The running server. `start` returns when it accepts connections, however long crash recovery takes."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._settled = threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._supervise, name="postgres", daemon=True)

    def start(self) -> None:
        """Start the server and its supervision. Raises EmbeddedError with the end of the log if it cannot start."""
        self._thread.start()
        self._settled.wait()
        if self._failure:
            self._thread.join()
            raise self._failure

    def stop(self) -> None:
        """End all sessions and stop cleanly; after a minute at once, as in a crash."""
        self._stopping.set()
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            process = self._process
            if process is not None and process.poll() is None:
                process.send_signal(how)
            self._thread.join(STOP_SECONDS)
            if not self._thread.is_alive():
                return

    # The death signal is bound to the starting thread, so one thread starts the server and lives as long as we want it.
    def _supervise(self) -> None:
        pause = 0.1
        while not self._stopping.is_set():
            try:
                process = self._start_ready()
            except Exception as error:  # handed to `start`; later ones are logged and tried again
                if not self._settled.is_set():
                    self._failure = error
                    self._settled.set()
                    return
                log.error("PostgreSQL did not start again: %s", error)
                self._stopping.wait(pause)
                pause = min(pause * 2, RESTART_PAUSE_MAX_SECONDS)
                continue
            self._settled.set()
            pause = 0.1
            code = process.wait()
            if not self._stopping.is_set():
                log.error("PostgreSQL ended with %s; starting it again", code)

    def _start_ready(self) -> subprocess.Popen[bytes]:
        give_up_at = time.monotonic() + RETRY_SECONDS
        while True:
            end_leftover(self._options.placement.cluster)
            self._settle_port()
            log_start = self._rotate_log()
            process = self._process = self._launch()
            if self._stopping.is_set():  # `stop` may have looked before this process existed
                process.send_signal(signal.SIGINT)
            while process.poll() is None:
                if is_ready(self._options.placement.cluster, process.pid):
                    return process
                time.sleep(POLL_SECONDS)
            if self._stopping.is_set():
                return process
            said = _tail(self._options.log_path, log_start)
            if time.monotonic() > give_up_at or not _TRANSIENT.search(said):
                raise EmbeddedError(f"PostgreSQL did not start (exit code {process.returncode}):\n{said}")
            time.sleep(0.2)

    def _settle_port(self) -> None:
        if not _is_free(self._options.port):
            self._options.port = free_port()
            self._options.on_port(self._options.port)

    def _rotate_log(self) -> int:
        path = self._options.log_path
        size = path.stat().st_size if path.exists() else 0
        if size > LOG_BYTES_MAX:
            path.replace(path.with_suffix(".log.1"))
            return 0
        return size

    def _launch(self) -> subprocess.Popen[bytes]:
        placement = self._options.placement
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._options.port),
            "unix_socket_directories": "",
            "fsync": "on" if self._options.fsync else "off",
            "full_page_writes": "on" if self._options.fsync else "off",
            "synchronous_commit": "on" if self._options.fsync else "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
            # The server's log must not hold people's data: neither statements nor the row in a DETAIL line.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
        }
        program = [placement.binaries.program("postgres"), "-D", str(placement.cluster)]
        for name, value in settings.items():
            program += ["-c", f"{name}={value}"]
        with open(self._options.log_path, "ab", opener=_private) as log_file:
            return _spawn(privileges.command(placement.mode, program), log_file)


def _spawn(command: list[str], log_file: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own launcher and PostgreSQL, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=log_file,
        stderr=log_file,
        cwd="/",
        env=clean_environment(),
        # Ctrl-C in a terminal is for the service, which stops the server after its last request.
        start_new_session=True,
    )


def clean_environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: nothing that could change what they do."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def is_ready(cluster: Path, pid: int | None = None) -> bool:
    """Whether the cluster's server (that of `pid`, if given) accepts connections, as its pid file says."""
    lines = _pid_file_lines(cluster)
    if len(lines) < 8 or lines[7].strip() != "ready":
        return False
    written = int(lines[0])
    return written == pid if pid is not None else _is_server(written, cluster)


def end_leftover(cluster: Path) -> None:
    """Make room for a new server: end one that outlived its supervisor, forget a dead one's pid file.

    The caller holds the lock of the cluster, so no living supervisor wants that server any more.
    """
    lines = _pid_file_lines(cluster)
    if not lines or not lines[0].strip().isdigit():
        return
    pid = int(lines[0])
    asked = False
    while _is_server(pid, cluster):
        if not asked:
            log.warning("ending the PostgreSQL server that an earlier run left behind")
            os.kill(pid, signal.SIGINT)
            asked = True
        time.sleep(POLL_SECONDS)
    # A zombie that nobody reaps, or another program that got the same pid: PostgreSQL would refuse to start.
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _is_server(pid: int, cluster: Path) -> bool:
    proc = Path(f"/proc/{pid}")
    if not Path("/proc/self/stat").exists():  # not Linux: the server's own check must do
        return _is_alive(pid)
    try:
        state = (proc / "stat").read_text().rpartition(")")[2].split()[0]
        words = (proc / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False
    return state not in "ZX" and str(cluster) in words


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tail(path: Path, start: int) -> str:
    with path.open("rb") as file:
        file.seek(max(start, path.stat().st_size - 4000))
        return file.read().decode(errors="replace").strip()
