"""What candidates say about themselves for the adverse-impact report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "c40b7d92e5f8"
down_revision = "b83c5e1f0a94"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_identifications",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{target}.organization_id", f"{target}.id"],
                name=op.f(f"fk_self_identifications_organization_id_{column}"),
            )
            for target, column in (
                ("candidates", "candidate_id"),
                ("applications", "application_id"),
                ("jobs", "job_id"),
            )
        ],
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_self_identifications")),
        sa.UniqueConstraint(
            "organization_id", "application_id", name=op.f("uq_self_identifications_organization_id_application_id")
        ),
    )
    op.create_index(
        "ix_self_identifications_candidate_id", "self_identifications", ["organization_id", "candidate_id", "id"]
    )
    op.create_index("ix_self_identifications_job_id", "self_identifications", ["organization_id", "job_id"])
    rls.enable_rls(op, "self_identifications")


def downgrade() -> None:
    op.drop_table("self_identifications")
