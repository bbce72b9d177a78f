"""Notes on candidates, and the events of a candidate in their order."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "c81d40e6b7a2"
down_revision = "a3f1c07d52e9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("author_type", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("body_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("author_type IN ('user', 'api_key', 'system')", name=op.f("ck_notes_author_type")),
        sa.CheckConstraint("visibility IN ('public', 'private', 'admin_only')", name=op.f("ck_notes_visibility")),
        *[
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{table}.organization_id", f"{table}.id"],
                name=op.f(f"fk_notes_organization_id_{column}"),
            )
            for table, column in (
                ("candidates", "candidate_id"),
                ("applications", "application_id"),
                ("jobs", "job_id"),
            )
        ],
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_candidate_id", "notes", ["organization_id", "candidate_id", "id"])
    op.create_index("ix_notes_application_id", "notes", ["organization_id", "application_id"])
    op.create_index("ix_notes_job_id", "notes", ["organization_id", "job_id"])
    rls.enable_rls(op, "notes")
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_events_candidate_id",
            "events",
            ["organization_id", "candidate_id", "id"],
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_events_candidate_id", "events", postgresql_concurrently=True)
    op.drop_table("notes")
