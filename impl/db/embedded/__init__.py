"""The embedded PostgreSQL: `with embedded.running(data_dir) as server:` and there is a database.

The first process that enters starts the server and stops it on leaving; a process that enters meanwhile (say `ats seed`
while `ats serve` runs) uses the running one and leaves it alone. If the starting process dies in any way, PostgreSQL
shuts down; if PostgreSQL dies, it is started again. The server listens on a loopback port and on no socket file.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from impl.db.embedded import binaries, cluster, privileges
from impl.db.embedded.cluster import State
from impl.db.embedded.errors import EmbeddedError
from impl.db.embedded.postmaster import Options, Postmaster, is_ready

__all__ = ["EmbeddedError", "Server", "running"]

log = logging.getLogger("ats.postgres")

ATTACH_POLL_SECONDS = 0.05
ATTACH_NOTICE_SECONDS = 10.0


@dataclass(frozen=True)
class Server:
    """A running embedded server. URLs are `postgresql://user:password@127.0.0.1:port/database`."""

    _state: State
    bin_dir: Path
    # Whether another process started it (and will stop it).
    is_attached: bool

    @property
    def data_folder(self) -> Path:
        """The folder of the data."""
        return Path(self._state.cluster)

    @property
    def app_url(self) -> str:
        """The database `ats` as `ats_app`, the role of the service: DML only, bound by row-level security."""
        return self.url(cluster.APP)

    @property
    def owner_url(self) -> str:
        """The database `ats` as `ats_owner`, the role of the migrations."""
        return self.url(cluster.OWNER)

    @property
    def superuser_url(self) -> str:
        return self.url(cluster.SUPERUSER)

    def url(self, role: str, database: str = cluster.DATABASE) -> str:
        """The URL for one of the roles `ats_app`, `ats_owner`, `postgres` and any database of this server."""
        return self._state.url(role, database)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database of `ats_owner`, a copy of `template` if given; nothing happens if it exists."""
        cluster.create_database(self._state, name, template)

    def drop_database(self, name: str) -> None:
        """Drop a database, ending the sessions in it; nothing happens if there is none."""
        cluster.drop_database(self._state, name)


@contextmanager
def running(data_dir: Path | str, *, fsync: bool = True) -> Iterator[Server]:
    """The embedded server with its data in `data_dir`/postgres, started if no other process runs it.

    `fsync=False` is for tests: faster, and a crash of the machine loses data. Waits as long as crash recovery takes.
    Raises EmbeddedError when no PostgreSQL is installed, the data are of another version, or the server cannot start.
    """
    folder = Path(data_dir).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        attached = _own_or_attach(folder, lock)
        if attached:
            yield attached
        else:
            with _started(folder, fsync=fsync) as server:
                yield server
    finally:
        os.close(lock)


def _own_or_attach(folder: Path, lock: int) -> Server | None:
    """The server another process runs; None when we hold the lock and have to start it ourselves."""
    notice_at = time.monotonic() + ATTACH_NOTICE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            return None
        state = State.load(folder / "postgres.json")
        if state and state.is_prepared and is_ready(Path(state.cluster)):
            found = binaries.find(cluster.data_major(Path(state.cluster)))
            return Server(state, found.bin_dir, is_attached=True)
        if time.monotonic() > notice_at:
            log.warning("waiting for the PostgreSQL that another process is starting in %s", folder)
            notice_at += ATTACH_NOTICE_SECONDS
        time.sleep(ATTACH_POLL_SECONDS)


@contextmanager
def _started(folder: Path, *, fsync: bool) -> Iterator[Server]:
    state_path = folder / "postgres.json"
    known = State.load(state_path)
    state = known or State()
    mode = privileges.choose_mode()
    path = privileges.cluster_path(mode, folder)
    if known is None and path.exists():
        raise EmbeddedError(
            f"{path} holds a database, but {state_path} with its passwords is missing. "
            "Put that file back, or move the folder away to start with an empty database."
        )
    placement = privileges.place(mode, binaries.find(cluster.data_major(path)), path)
    state.cluster = str(path)
    if cluster.data_major(path) is None:
        state.is_prepared = False
        state.save(state_path)
        cluster.create(placement, state, fsync=fsync)

    def keep_port(port: int) -> None:
        state.port = port
        state.save(state_path)

    postmaster = Postmaster(Options(placement, folder / "postgres.log", fsync, state.port, keep_port))
    try:
        postmaster.start()
        if not state.is_prepared:
            cluster.prepare(state)
            state.is_prepared = True
        state.save(state_path)
        yield Server(state, placement.binaries.bin_dir, is_attached=False)
    finally:
        postmaster.stop()
