"""How Alembic runs our migrations: over a connection that `impl.db.migrate` (or a test) has opened."""

from alembic import context
from sqlalchemy import Connection, Engine, text

from impl.models import Base

# A migration that cannot get its lock soon gives up, rather than let every request queue behind it.
LOCK_TIMEOUT = "5s"
STATEMENT_TIMEOUT = "15min"


def configure(connection: Connection | None) -> None:
    context.configure(
        connection=connection,
        dialect_name=None if connection else "postgresql",
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
        literal_binds=connection is None,
    )


def run(connection: Connection) -> None:
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.commit()
    configure(connection)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    given = context.config.attributes["connection"]
    if isinstance(given, Engine):
        with given.connect() as connection:
            run(connection)
    else:
        run(given)


if context.is_offline_mode():
    configure(None)
    with context.begin_transaction():
        context.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        context.execute(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'")
        context.run_migrations()
else:
    run_online()
