"""A database with two small tenant tables, for the tests of the way to the database."""

import os
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
import pytest_asyncio
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import NullPool, create_engine, text

from impl.db import embedded, grants
from impl.db.embedded import Server
from impl.db.engine import Database
from impl.db.rls import enable_rls
from tests.db.playground import SCHEMA


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this worker alone, to be killed and to have its roles spoilt."""
    with embedded.running(tmp_path_factory.mktemp("own"), fsync=False) as running:
        yield running


@pytest.fixture(scope="session")
def playground_urls(server: Server) -> Iterator[dict[str, str]]:
    """URLs by role (`ats_app`, `ats_owner`, `postgres`) of a database with the tables of `playground`."""
    name = f"playground_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server.create_database(name)
    urls = {role: server.url(role, name) for role in ("ats_app", "ats_owner", "postgres")}
    create_schema(urls["ats_owner"])
    yield urls
    server.drop_database(name)


def create_schema(owner_url: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(owner_url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(SCHEMA))
        op = Operations(MigrationContext.configure(connection))
        enable_rls(op, "things")
        enable_rls(op, "parts")
        grants.apply(connection, "ats_app")


@pytest_asyncio.fixture
async def db(playground_urls: dict[str, str]) -> AsyncIterator[Database]:
    """A pool of three connections, empty tables."""
    with psycopg.connect(playground_urls["postgres"]) as connection:
        connection.execute("TRUNCATE things, parts")
    opened = Database(playground_urls["ats_app"], pool_size=3, pool_timeout_seconds=0.5, lock_timeout_seconds=0.3)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def admin(playground_urls: dict[str, str]) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A superuser's connection, which sees everything."""
    with psycopg.connect(playground_urls["postgres"], autocommit=True) as connection:
        yield connection
