"""Brings a database to the schema of this code, and says which schema it has. Works as the owner of the database."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, NullPool, create_engine, text

from impl.db import grants, queue_schema

MIGRATIONS = Path(__file__).with_name("migrations")
# "ATS migrations" as one number that no other program takes.
ADVISORY_LOCK = 0x6174735F6D6967


def upgrade(owner_url: str, app_role: str) -> None:
    """Migrate to the newest revision and give `app_role` its rights; two processes doing so at once take turns.

    Raises psycopg or SQLAlchemy errors of the migration; each revision is one transaction, so it can be run again.
    """
    with _connected(owner_url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        connection.commit()
        if _current(connection) != head():
            command.upgrade(configuration(connection), "head")
        grants.apply(connection, app_role)
        queue_schema.install(connection, app_role)
        connection.commit()


def downgrade(owner_url: str) -> None:
    """Undo every revision; only for trying the migrations out."""
    with _connected(owner_url) as connection:
        command.downgrade(configuration(connection), "base")
        queue_schema.remove(connection)
        connection.commit()


def current(owner_url: str) -> str | None:
    """The database's revision; None before the first."""
    with _connected(owner_url) as connection:
        return _current(connection)


def head() -> str | None:
    """The newest revision in this code; None when there is none yet. Raises if two branches were not merged."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def revisions() -> frozenset[str]:
    """All revisions this code knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())


def is_current(owner_url: str) -> bool:
    return current(owner_url) == head()


def differences(owner_url: str, metadata: MetaData) -> list[Any]:
    """What autogenerate would change to turn the database into `metadata`; empty when they agree."""
    with _connected(owner_url) as connection:
        options = {"compare_type": True, "compare_server_default": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found


def revise(owner_url: str, message: str) -> None:
    """Write a new revision with what autogenerate finds; edit it afterwards."""
    with _connected(owner_url) as connection:
        command.revision(configuration(connection), message, autogenerate=True)


def sql() -> str:
    """All migrations as one SQL script."""
    out = io.StringIO()
    command.upgrade(configuration(output=out), "head", sql=True)
    return out.getvalue()


def configuration(connection: Connection | None = None, output: io.StringIO | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    revision: str | None = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    return revision


@contextmanager
def _connected(owner_url: str) -> Iterator[Connection]:
    # psycopg connects by itself, so that every form of a libpq URL works.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(owner_url), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
