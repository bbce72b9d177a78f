"""Retention policies."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "f31b7d0e5c92"
down_revision = "6c2d9b7f0e14"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_policies",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('rejected', 'withdrawn', 'hired', 'no_application')",
            name=op.f("ck_retention_policies_outcome"),
        ),
        sa.CheckConstraint("action IN ('anonymize', 'erase')", name=op.f("ck_retention_policies_action")),
        sa.CheckConstraint("after_days > 0", name=op.f("ck_retention_policies_after_days")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_retention_policies_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_retention_policies")),
        sa.UniqueConstraint("organization_id", "outcome", name=op.f("uq_retention_policies_organization_id_outcome")),
    )
    rls.enable_rls(op, "retention_policies")


def downgrade() -> None:
    op.drop_table("retention_policies")
