"""Consents of candidates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "6c2d9b7f0e14"
down_revision = "e61c3a9d7f24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Text(),
            sa.CheckConstraint(
                "purpose IN ('recruitment', 'talent_pool', 'background_check', 'marketing')", name="purpose"
            ),
            nullable=False,
        ),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Text(),
            sa.CheckConstraint("source IN ('application_form', 'email', 'paper', 'verbal', 'imported')", name="source"),
            nullable=False,
        ),
        sa.Column("evidence_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "candidate_id"],
            ["candidates.organization_id", "candidates.id"],
            name=op.f("fk_consents_organization_id_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_candidate_id", "consents", ["organization_id", "candidate_id", "id"])
    op.create_index("ix_consents_purpose", "consents", ["organization_id", "candidate_id", "purpose", "given_at", "id"])
    rls.enable_rls(op, "consents")


def downgrade() -> None:
    op.drop_table("consents")
