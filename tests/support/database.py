"""One embedded cluster for a test run, one database for a worker: copies of a template that is migrated once."""

import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from impl.db import embedded, migrate
from impl.db.embedded import Server
from impl.db.engine import Database

TEMPLATE = "ats_template"


def _migrate_template(server: Server, done: Path) -> None:
    descriptor = os.open(done.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if not done.exists():
            server.create_database(TEMPLATE)
            migrate.upgrade(server.url("ats_owner", TEMPLATE), app_role="ats_app")
            done.touch()
    finally:
        os.close(descriptor)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The run's embedded PostgreSQL (fsync off), with the migrated template."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = base / "cluster"
    # Each worker holds this shared; the one that started the server takes it alone before it stops the server.
    users = os.open(base / "cluster.users", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        with embedded.running(folder, fsync=False) as running:
            _migrate_template(running, folder / "migrated")
            yield running
            if not running.is_attached:
                fcntl.flock(users, fcntl.LOCK_EX)
        if not running.is_attached:
            shutil.rmtree(running.data_folder, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(users)


@pytest.fixture(scope="session")
def database_name(server: Server) -> Iterator[str]:
    """This worker's own database, a copy of the template."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.create_database(name, TEMPLATE)
    yield name
    server.drop_database(name)


@pytest_asyncio.fixture(scope="session")
async def database(server: Server, database_name: str) -> AsyncIterator[Database]:
    """The service's own way to this worker's database: as the role `ats_app`."""
    opened = Database(server.url("ats_app", database_name), pool_size=10)
    await opened.start()
    yield opened
    await opened.close()
