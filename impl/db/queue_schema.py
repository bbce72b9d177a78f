"""The queue's own tables: procrastinate's, in a schema of their own, made and upgraded from the SQL that its package ships.

Alembic does not see them, so that an upgrade of the package never needs a migration of ours.
"""

from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, text

SCHEMA = "queue"
PACKAGE = "procrastinate"


def needed_version() -> str:
    """What the schema's comment says when it is of the installed package."""
    return f"{PACKAGE} {version(PACKAGE)}"


def install(connection: Connection, app_role: str) -> None:
    """Make the schema, or bring it to the version of the installed package; then let `app_role` use it. Safe to repeat.

    Run as the owner, inside a transaction.
    """
    found = _installed(connection)
    wanted = version(PACKAGE)
    if found != wanted:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path = {SCHEMA}"))
        for script in [_whole()] if found is None else _migrations_after(found):
            connection.execute(text(script.replace(":", "\\:")))
        _bind_functions(connection)
        connection.execute(text("SET LOCAL search_path = DEFAULT"))
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS '{needed_version()}'"))
    role = '"' + app_role.replace('"', '""').replace(":", "\\:") + '"'
    connection.execute(text(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {role}"))
    connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO {role}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {role}"))


def remove(connection: Connection) -> None:
    """Undo `install`."""
    connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


def _installed(connection: Connection) -> str | None:
    """Which version of the package the schema is of; None when there is none."""
    comment: str | None = connection.scalar(
        text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name"), {"name": SCHEMA}
    )
    return comment.rpartition(" ")[2] if comment else None


def _whole() -> str:
    """The package's own script for all of it."""
    # Only migrations need the package; a process that serves would carry ten megabytes of it for nothing.
    from procrastinate.schema import SchemaManager  # noqa: PLC0415

    return str(SchemaManager.get_schema())


def _migrations_after(installed: str) -> list[str]:
    """The package's own scripts for the versions behind `installed`, in their order."""
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - see above

    folder = Path(SchemaManager.get_migrations_path())
    return [path.read_text() for path in sorted(folder.glob("*.sql")) if _number(path.name) > _number(installed)]


def _number(name: str) -> tuple[int, ...]:
    """`03.04.00_50_post_….sql` and `3.4.0` as (3, 4, 0)."""
    return tuple(int(part) for part in name.partition("_")[0].split(".")[:3])


def _bind_functions(connection: Connection) -> None:
    """Let the functions find their tables whatever the caller's search path is."""
    functions = connection.scalars(
        text("SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = CAST(:name AS regnamespace)"),
        {"name": SCHEMA},
    ).all()
    for signature in functions:
        connection.execute(text(f"ALTER FUNCTION {signature} SET search_path = {SCHEMA}, pg_temp".replace(":", "\\:")))
