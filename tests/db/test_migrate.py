"""Migrations, the rights they leave behind, and what start-up refuses."""

import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from impl.db import grants, migrate
from impl.db.embedded import Server
from impl.db.engine import Database
from impl.db.startup import StartupRefused, check_role

REVISION = """
from alembic import op
from impl.db.rls import enable_rls
revision, down_revision = "{revision}", {before!r}
branch_labels = depends_on = None
def upgrade():
    op.execute("{sql}")
    {more}
def downgrade():
    pass
"""
FIRST = (
    "CREATE TABLE rows (organization_id uuid PRIMARY KEY, n int); CREATE TABLE events (organization_id uuid);"
    "CREATE FUNCTION listed(a int) RETURNS int LANGUAGE sql AS 'SELECT a';"
    "CREATE FUNCTION unlisted() RETURNS int LANGUAGE sql AS 'SELECT 1'"
)
ENVIRONMENT = """
from alembic import context
connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
"""


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two revisions in place of the project's own."""
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text(ENVIRONMENT)
    write(tmp_path, "one", None, FIRST, "enable_rls(op, 'rows')")
    write(tmp_path, "two", "one", "ALTER TABLE rows ADD m int")
    monkeypatch.setattr(migrate, "MIGRATIONS", tmp_path)
    monkeypatch.setattr(grants, "FUNCTIONS", ("listed(integer)", "not_there_yet(text)"))
    return tmp_path


def write(folder: Path, revision: str, before: str | None, sql: str, more: str = "") -> None:
    script = REVISION.format(revision=revision, before=before, sql=sql, more=more)
    (folder / "versions" / f"{revision}.py").write_text(script)


@pytest.fixture
def empty(own_server: Server) -> Iterator[dict[str, str]]:
    """URLs by role of an empty database."""
    own_server.create_database("migrating")
    yield {role: own_server.url(role, "migrating") for role in ("ats_app", "ats_owner", "postgres")}
    own_server.drop_database("migrating")


@pytest_asyncio.fixture
async def app(empty: dict[str, str]) -> AsyncIterator[Database]:
    opened = Database(empty["ats_app"], pool_size=1)
    yield opened
    await opened.close()


def rights(url: str) -> dict[str, str]:
    """What ats_app may do: table -> first letters of its rights; function -> X."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("""
            SELECT table_name, string_agg(left(privilege_type, 1), '' ORDER BY privilege_type)
            FROM information_schema.role_table_grants
            WHERE grantee = 'ats_app' AND table_schema = 'public' GROUP BY 1""").fetchall()
        functions = connection.execute("""
            SELECT proname, 'X' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
              AND has_function_privilege('ats_app', oid, 'EXECUTE')""").fetchall()
    return dict(tables + functions)


def test_upgrade_leaves_exactly_the_rights(scripts: Path, empty: dict[str, str]) -> None:
    assert migrate.current(empty["ats_owner"]) is None
    assert not migrate.is_current(empty["ats_owner"])
    expected = {"alembic_version": "S", "events": "IS", "rows": "DISU", "listed": "X"}
    migrate.upgrade(empty["ats_owner"], "ats_app")
    assert (migrate.current(empty["ats_owner"]), migrate.head()) == ("two", "two")
    assert rights(empty["postgres"]) == expected
    with psycopg.connect(empty["postgres"], autocommit=True) as admin:
        admin.execute(
            "GRANT ALL ON rows, events, alembic_version TO ats_app; GRANT EXECUTE ON FUNCTION unlisted TO PUBLIC"
        )
        admin.execute("REVOKE SELECT ON rows FROM ats_app")
    migrate.upgrade(empty["ats_owner"], "ats_app")
    assert rights(empty["postgres"]) == expected


def test_two_processes_at_once_take_turns(scripts: Path, empty: dict[str, str]) -> None:
    failures: list[Exception] = []

    def run() -> None:
        try:
            migrate.upgrade(empty["ats_owner"], "ats_app")
        except Exception as error:
            failures.append(error)

    # Alembic keeps its context in the module, so processes are stood in for by a lock held elsewhere.
    with psycopg.connect(empty["ats_owner"], autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [migrate.ADVISORY_LOCK])
        waiting = threading.Thread(target=run)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        assert migrate.current(empty["ats_owner"]) is None
    waiting.join(30)
    assert failures == []
    assert migrate.is_current(empty["ats_owner"])


def test_failed_revision_keeps_the_earlier_ones(scripts: Path, empty: dict[str, str]) -> None:
    write(scripts, "three", "two", "ALTER TABLE rows ADD x int; SELECT 1 / 0")
    with pytest.raises(Exception, match="division by zero"):
        migrate.upgrade(empty["ats_owner"], "ats_app")
    assert migrate.current(empty["ats_owner"]) == "two"


def test_missing_role_is_said(scripts: Path, empty: dict[str, str]) -> None:
    with pytest.raises(grants.UnknownRole, match="CREATE ROLE"):
        migrate.upgrade(empty["ats_owner"], "nobody_here")


def test_rls_binds_the_owner_too(scripts: Path, empty: dict[str, str]) -> None:
    migrate.upgrade(empty["ats_owner"], "ats_app")
    with psycopg.connect(empty["postgres"]) as admin:
        row = admin.execute("""
            SELECT relrowsecurity, relforcerowsecurity, qual = with_check FROM pg_class, pg_policies
            WHERE relname = 'rows' AND tablename = 'rows'""").fetchone()
    assert row == (True, True, True)


@pytest.mark.promise("K5")
async def test_good_role_and_schema_start(scripts: Path, empty: dict[str, str], app: Database) -> None:
    migrate.upgrade(empty["ats_owner"], "ats_app")
    await check_role(app)


@pytest.mark.promise("K5")
@pytest.mark.parametrize(
    ("spoil", "undo", "says"),
    [
        ("ALTER ROLE ats_app BYPASSRLS", "ALTER ROLE ats_app NOBYPASSRLS", "has BYPASSRLS"),
        ("ALTER ROLE ats_app SUPERUSER", "ALTER ROLE ats_app NOSUPERUSER", "is a superuser"),
        ("GRANT postgres TO ats_app", "REVOKE postgres FROM ats_app", "is a member of postgres"),
        ("ALTER DATABASE migrating OWNER TO ats_app", "SELECT 1", "owns the database"),
        ("ALTER TABLE rows OWNER TO ats_app", "SELECT 1", "owns the table rows"),
        ("GRANT ats_owner TO ats_app", "REVOKE ats_owner FROM ats_app", "owns the database"),
        ("UPDATE alembic_version SET version_num = 'one'", "SELECT 1", "at revision one, this code needs two"),
        ("UPDATE alembic_version SET version_num = 'later'", "SELECT 1", "a newer release"),
        ("DROP TABLE alembic_version", "SELECT 1", "is empty"),
    ],
)
async def test_start_is_refused(
    scripts: Path, empty: dict[str, str], app: Database, spoil: str, undo: str, says: str
) -> None:
    migrate.upgrade(empty["ats_owner"], "ats_app")
    with psycopg.connect(empty["postgres"], autocommit=True) as admin:
        admin.execute(spoil)
        try:
            with pytest.raises(StartupRefused, match=says):
                await check_role(app)
        finally:
            admin.execute(undo)


def test_project_migrations_have_one_head() -> None:
    assert migrate.head() in {None, *migrate.revisions()}
