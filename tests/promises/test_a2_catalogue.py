"""A2: what the catalogue of the migrated database must say, so that row-level security stands by itself."""

import asyncpg
import pytest

from impl.db.grants import EXCEPTIONS, FUNCTIONS
from tests.support.rows import Rows

# Tables that belong to no organization.
SHARED = {"alembic_version", "deployment_keys"}
# What SECURITY DEFINER functions read before an organization is known, or past the planner's fence of row-level security.
READ_BY_OWNER = {"organizations", "users", "sessions", "api_keys", "candidates"}
# Columns that are unique over all organizations: none of them is chosen by a tenant, or it names the tenant itself.
UNIQUE_OVER_ALL = {("organizations", "slug"), ("organizations", "id")}

pytestmark = pytest.mark.promise("A2")


@pytest.fixture
def catalogue(superuser: "asyncpg.Connection[asyncpg.Record]") -> "asyncpg.Connection[asyncpg.Record]":
    return superuser


async def test_every_table_forces_row_level_security(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    found = await catalogue.fetch(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
        "WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    )
    assert len(found) > 15
    assert {name for name, enabled, forced in found if not (enabled and forced)} == SHARED


async def test_every_policy_binds_reading_and_writing_to_the_organization(
    catalogue: "asyncpg.Connection[asyncpg.Record]", rows: Rows
) -> None:
    for table, column in await rows.tables():
        policies = await catalogue.fetch(
            "SELECT * FROM pg_policies WHERE schemaname = 'public' AND tablename = $1", table
        )
        ours = [policy for policy in policies if "public" in policy["roles"]]
        assert len(ours) == 1, (table, ours)
        [policy] = ours
        assert (policy["permissive"], policy["cmd"]) == ("PERMISSIVE", "ALL"), table
        for rule in (policy["qual"], policy["with_check"]):
            assert rule is not None, table
            assert rule.startswith(f"({column} = ( SELECT (NULLIF(current_setting('app.organization_id'"), (table, rule)
        for other in policies:
            if other not in ours:
                assert table in READ_BY_OWNER, (table, other)
                assert (list(other["roles"]), other["cmd"]) == (["ats_owner"], "SELECT")


async def test_no_view_looks_past_the_policies(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    unsafe = await catalogue.fetch(
        "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace "
        "AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
    )
    assert unsafe == []


async def test_every_foreign_key_stays_in_the_organization(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    keys = await catalogue.fetch(
        """
        SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
               (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k(number, place)
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) AS own,
               (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY k(number, place)
                JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number) AS target
        FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
        """
    )
    assert len(keys) > 20
    for name, _, target, own, referred in keys:
        expected = "id" if target == "organizations" else "organization_id"
        assert (own[0], referred[0]) == ("organization_id", expected), name


async def test_nothing_a_tenant_chooses_is_unique_over_all(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    indexes = await catalogue.fetch(
        """
        SELECT i.indrelid::regclass::text AS name,
               (SELECT array_agg(a.attname::text) FROM pg_attribute a
                WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])) AS columns
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace
        """
    )
    crossing = {
        (table, column)
        for table, columns in indexes
        if table not in SHARED and "organization_id" not in columns
        for column in columns
    }
    assert crossing == UNIQUE_OVER_ALL


async def test_the_service_owns_nothing_and_is_bound(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    role = await catalogue.fetchrow("SELECT * FROM pg_roles WHERE rolname = 'ats_app'")
    assert role is not None
    assert not any(
        role[right] for right in ("rolsuper", "rolbypassrls", "rolcreatedb", "rolcreaterole", "rolreplication")
    )
    owned = await catalogue.fetchval("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'ats_app'")
    member_of = await catalogue.fetchval("SELECT count(*) FROM pg_auth_members WHERE member = 'ats_app'::regrole")
    assert (owned, member_of) == (0, 0)


async def test_the_service_has_no_more_rights_than_it_needs(
    catalogue: "asyncpg.Connection[asyncpg.Record]", rows: Rows
) -> None:
    everything = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
    for table, _ in await rows.tables():
        found = await catalogue.fetch(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE grantee = 'ats_app' AND table_schema = 'public' AND table_name = $1",
            table,
        )
        assert {name for (name,) in found} == EXCEPTIONS.get(table, everything), table


async def test_every_function_with_the_owners_rights_is_listed(catalogue: "asyncpg.Connection[asyncpg.Record]") -> None:
    found = await catalogue.fetch(
        """
        SELECT p.oid::regprocedure::text AS signature, p.prosecdef, p.proconfig, pg_get_userbyid(p.proowner) AS owner,
               (SELECT array_agg(a.grantee::regrole::text) FROM aclexplode(p.proacl) a WHERE a.privilege_type = 'EXECUTE') AS callers
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        """
    )
    definers = {row["signature"].replace(",", ", ") for row in found if row["prosecdef"]}
    assert definers == set(FUNCTIONS)
    for row in found:
        if row["prosecdef"]:
            assert row["owner"] == "ats_owner"
            assert any(setting.startswith("search_path=") for setting in row["proconfig"] or []), row["signature"]
            assert set(row["callers"]) <= {"ats_owner", "ats_app"}, row["signature"]
