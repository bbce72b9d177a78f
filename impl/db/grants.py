"""What the service's role may do: change rows, call the listed functions, nothing else."""

from sqlalchemy import Connection, text

EVERY_TABLE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
# Tables with fewer rights: history and what screening found are only added to, the schema's revision only read.
EXCEPTIONS = {
    "events": frozenset({"SELECT", "INSERT"}),
    **{f"screening_{name}": frozenset({"SELECT", "INSERT"}) for name in ("rubrics", "runs", "results", "reviews")},
    "alembic_version": frozenset({"SELECT"}),
}
# Functions of ours the service calls, as `name(argument types)`. No other function of the owner is open to anybody.
FUNCTIONS: tuple[str, ...] = (
    "find_credential(text, text)",
    "find_sign_ins(bytea)",
    "find_public_organization(text)",
    "candidates_by_words(tsquery)",
    "ranked_candidates(tsquery)",
    "candidates_by_email(bytea)",
    "candidates_by_phone(bytea)",
    "list_organizations()",
)


class UnknownRole(RuntimeError):
    """The service's role does not exist in this server."""


def apply(connection: Connection, app_role: str) -> None:
    """Give `app_role` exactly its rights in schema public; safe to repeat. Run as the owner, inside a transaction.

    Raises UnknownRole if the role was not created.
    """
    known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": app_role})
    if not known:
        raise UnknownRole(
            f'There is no role "{app_role}". Create it as administrator: '
            f'CREATE ROLE "{app_role}" LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD …'
        )
    role = _quoted(app_role)
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
    for table, held in _tables(connection, app_role).items():
        wanted = EXCEPTIONS.get(table, EVERY_TABLE)
        if surplus := held - wanted:
            connection.execute(text(f"REVOKE {_listed(surplus)} ON {_quoted(table)} FROM {role}"))
        if missing := wanted - held:
            connection.execute(text(f"GRANT {_listed(missing)} ON {_quoted(table)} TO {role}"))
    for signature in _own_functions(connection):
        connection.execute(text(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {role}"))
    for signature in FUNCTIONS:
        if connection.scalar(text("SELECT to_regprocedure(:signature)"), {"signature": signature}):
            connection.execute(text(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}"))


def _tables(connection: Connection, app_role: str) -> dict[str, frozenset[str]]:
    """Our tables and views with the rights the role holds now."""
    rows = connection.execute(
        text("""
            SELECT c.relname, array_remove(array_agg(a.privilege_type), NULL)
            FROM pg_class c
            LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee = (SELECT oid FROM pg_roles WHERE rolname = :role)
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND pg_has_role(c.relowner, 'USAGE')
            GROUP BY c.relname ORDER BY c.relname
        """),
        {"role": app_role},
    )
    return {name: frozenset(held) for name, held in rows}


def _own_functions(connection: Connection) -> list[str]:
    """Signatures of the functions in public that somebody beside the owner might call and that we may close."""
    rows = connection.execute(
        text("""
            SELECT p.oid::regprocedure::text FROM pg_proc p
            WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
              AND p.prokind IN ('f', 'w')
            ORDER BY 1
        """)
    )
    return [signature for (signature,) in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace(":", "\\:") + '"'


def _listed(rights: frozenset[str]) -> str:
    return ", ".join(sorted(rights))
