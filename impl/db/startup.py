"""What must be true of the database before the service answers its first request."""

import functools

from sqlalchemy import text

from impl.db.connection import Connection
from impl.db.engine import Database
from impl.db.query import Query

CHECK_SECONDS = 10.0


class StartupRefused(RuntimeError):
    """The service must not start like this; the text says what is wrong and how to cure it."""


_ROLE = Query(
    text("""
        SELECT r.rolname AS name, r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses_rls,
               pg_has_role(d.datdba, 'MEMBER') AS owns_database,
               (SELECT c.relname FROM pg_class c
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                  AND pg_has_role(c.relowner, 'MEMBER') ORDER BY 1 LIMIT 1) AS owned_table,
               (SELECT b.rolname FROM pg_roles b WHERE (b.rolsuper OR b.rolbypassrls)
                  AND pg_has_role(b.oid, 'MEMBER') ORDER BY 1 LIMIT 1) AS mighty_role,
               to_regclass('public.alembic_version') IS NOT NULL AS is_migrated
        FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()
    """)
)
_REVISION = Query(text("SELECT version_num FROM alembic_version"))


async def check_role(database: Database) -> None:
    """Raise StartupRefused unless the role is bound by row-level security and the schema is this code's.

    DatabaseUnavailable passes: the service may start without a database and heal.
    """
    async with database.transaction(None, timeout_seconds=CHECK_SECONDS, read_only=True) as connection:
        role = await connection.row(_ROLE)
        if role is None:
            raise StartupRefused("The database does not tell which role this service has.")
        if complaint := _complaint(role["name"], dict(role)):
            raise StartupRefused(
                f"{complaint}, so row-level security would not bind it. Give ATS_DATABASE_URL a role of its own: "
                "CREATE ROLE ats_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD …, "
                "and put the owner into ATS_DATABASE_OWNER_URL."
            )
        await _check_revision(connection, is_migrated=role["is_migrated"])


def _complaint(name: str, role: dict[str, object]) -> str | None:
    if role["is_superuser"]:
        return f"The database role {name} is a superuser"
    if role["bypasses_rls"]:
        return f"The database role {name} has BYPASSRLS"
    if role["mighty_role"]:
        return f"The database role {name} is a member of {role['mighty_role']}, which bypasses row-level security"
    if role["owns_database"]:
        return f"The database role {name} owns the database"
    if role["owned_table"]:
        return f"The database role {name} owns the table {role['owned_table']}"
    return None


@functools.cache
def needed_revision() -> str | None:
    """The revision of the schema that this code needs."""
    from impl.db import migrate  # noqa: PLC0415 - Alembic takes a quarter of a second, which only start-up should pay

    return migrate.head()


async def _check_revision(connection: Connection, *, is_migrated: bool) -> None:
    from impl.db import migrate  # noqa: PLC0415 - Alembic takes a quarter of a second, which only start-up should pay

    found = await connection.value(_REVISION) if is_migrated else None
    if found == migrate.head():
        return
    if found in migrate.revisions():
        raise StartupRefused(
            f"The database is at revision {found}, this code needs {migrate.head()}: run `ats migrate`."
        )
    if found is None:
        raise StartupRefused(f"The database is empty, this code needs revision {migrate.head()}: run `ats migrate`.")
    raise StartupRefused(
        f"The database is at revision {found}, which this code does not know: "
        "it was migrated by a newer release. Deploy that release."
    )
