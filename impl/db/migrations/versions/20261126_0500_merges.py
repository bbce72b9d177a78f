"""Merged candidates, and the ledger of their merges."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "b7e40c2d91a5"
down_revision = "b6f1d93a07c4"
branch_labels = None
depends_on = None

STATUSES = "'active', 'quarantined', 'merged', 'anonymized', 'erased'"


def upgrade() -> None:
    create_merges()
    create_merged_rows()
    for table in ("candidate_merges", "merged_rows"):
        rls.enable_rls(op, table)
    op.add_column("candidates", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.execute(
        "ALTER TABLE candidates ADD CONSTRAINT fk_candidates_organization_id_merged_into_id"
        " FOREIGN KEY (organization_id, merged_into_id) REFERENCES candidates (organization_id, id) NOT VALID"
    )
    # The new rule takes all that the old one takes.
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE candidates DROP CONSTRAINT ck_candidates_status")
    op.execute(f"ALTER TABLE candidates ADD CONSTRAINT ck_candidates_status CHECK (status IN ({STATUSES})) NOT VALID")
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE candidates VALIDATE CONSTRAINT fk_candidates_organization_id_merged_into_id")
        op.execute("ALTER TABLE candidates VALIDATE CONSTRAINT ck_candidates_status")
        op.create_index(
            "ix_candidates_merged_into_id",
            "candidates",
            ["organization_id", "merged_into_id"],
            postgresql_where=sa.text("merged_into_id IS NOT NULL"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def create_merges() -> None:
    op.create_table(
        "candidate_merges",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("duplicate_id", sa.Uuid(), nullable=False),
        sa.Column("added_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unmerged_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                ["candidates.organization_id", "candidates.id"],
                name=op.f(f"fk_candidate_merges_organization_id_{column}"),
            )
            for column in ("survivor_id", "duplicate_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_candidate_merges")),
    )
    op.create_index("ix_candidate_merges_survivor_id", "candidate_merges", ["organization_id", "survivor_id"])
    op.create_index(
        "uq_candidate_merges_duplicate_id",
        "candidate_merges",
        ["organization_id", "duplicate_id"],
        unique=True,
        postgresql_where=sa.text("unmerged_at IS NULL"),
    )


def create_merged_rows() -> None:
    op.create_table(
        "merged_rows",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "merge_id"],
            ["candidate_merges.organization_id", "candidate_merges.id"],
            name=op.f("fk_merged_rows_organization_id_merge_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_merged_rows")),
    )
    op.create_index("ix_merged_rows_merge_id", "merged_rows", ["organization_id", "merge_id", "table_name"])


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_candidates_merged_into_id", "candidates", postgresql_concurrently=True)
    op.execute("ALTER TABLE candidates DROP CONSTRAINT ck_candidates_status")
    op.execute(
        "ALTER TABLE candidates ADD CONSTRAINT ck_candidates_status CHECK (status IN ('active', 'quarantined')) NOT VALID"
    )
    op.drop_column("candidates", "merged_into_id")
    op.drop_table("merged_rows")
    op.drop_table("candidate_merges")
