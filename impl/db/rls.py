"""Row-level security for migrations: the second wall between organizations."""

from typing import Protocol


class Operations(Protocol):
    """What is used of `alembic.op`, which is a module."""

    def execute(self, sqltext: str, /) -> None:
        """Run one statement."""


CURRENT_ORGANIZATION = "(SELECT nullif(current_setting('app.organization_id', true), '')::uuid)"


def enable_rls(op: Operations, table: str, *, column: str = "organization_id") -> None:
    """Show and take only rows of the transaction's organization, for the owner of the table too.

    Without an organization no row is seen. The sub-select makes PostgreSQL evaluate the setting once a statement.
    """
    mine = f"{column} = {CURRENT_ORGANIZATION}"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY of_organization ON "{table}" USING ({mine}) WITH CHECK ({mine})')


def let_owner_read(op: Operations, table: str) -> None:
    """Let functions of the owner (SECURITY DEFINER) read across organizations. Only for the tables they look things up in."""
    op.execute(f'CREATE POLICY owner_all ON "{table}" FOR SELECT TO CURRENT_USER USING (true)')
