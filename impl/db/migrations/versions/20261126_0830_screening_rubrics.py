"""Rubrics of jobs, version by version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "5a1d7f20c9e6"
down_revision = "d4e81c07b9a5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening_rubrics",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column(
            "made_by_type",
            sa.Text(),
            sa.CheckConstraint(
                "made_by_type IN ('user', 'api_key', 'system')", name=op.f("ck_screening_rubrics_made_by_type")
            ),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_screening_rubrics_organization_id_job_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_screening_rubrics")),
        sa.UniqueConstraint(
            "organization_id", "job_id", "revision", name=op.f("uq_screening_rubrics_organization_id_job_id_revision")
        ),
    )
    rls.enable_rls(op, "screening_rubrics")


def downgrade() -> None:
    op.drop_table("screening_rubrics")
