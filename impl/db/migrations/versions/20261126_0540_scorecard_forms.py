"""The scorecard forms of jobs."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "e2a95c0d7b41"
down_revision = "d20f6a9b3e18"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scorecard_attributes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_scorecard_attributes_organization_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_scorecard_attributes")),
        sa.UniqueConstraint(
            "organization_id",
            "job_id",
            "position",
            name=op.f("uq_scorecard_attributes_organization_id_job_id_position"),
        ),
    )
    rls.enable_rls(op, "scorecard_attributes")


def downgrade() -> None:
    op.drop_table("scorecard_attributes")
