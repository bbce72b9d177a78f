"""Offers; jobs that demand one, and the offer that a hire was by."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "5b9e2f4a71c8"
down_revision = "9d2f6b8e1c35"
branch_labels = None
depends_on = None

STATUSES = (
    "'draft', 'pending_approval', 'approved', 'sent', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'"
)
LIVE = "status IN ('draft', 'pending_approval', 'approved', 'sent', 'accepted')"
REFERENCES = (
    ("application_id", "applications"),
    ("candidate_id", "candidates"),
    ("job_id", "jobs"),
    ("opening_id", "openings"),
    ("revises_id", "offers"),
    ("reason_id", "rejection_reasons"),
)


def upgrade() -> None:
    op.add_column("jobs", sa.Column("requires_offer", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("applications", sa.Column("offer_id", sa.Uuid(), nullable=True))
    create_offers()
    rls.enable_rls(op, "offers")


def create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("opening_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), sa.CheckConstraint(f"status IN ({STATUSES})", name="status"), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("revises_id", sa.Uuid(), nullable=True),
        sa.Column("pay_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("answer_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{table}.organization_id", f"{table}.id"],
                name=op.f(f"fk_offers_organization_id_{column}"),
            )
            for column, table in REFERENCES
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_offers")),
    )
    op.create_index(
        "uq_offers_live",
        "offers",
        ["organization_id", "application_id"],
        unique=True,
        postgresql_where=sa.text(LIVE),
    )
    for column in ("application_id", "candidate_id", "job_id"):
        op.create_index(f"ix_offers_{column}", "offers", ["organization_id", column, "id"], unique=False)
    op.create_index(
        "ix_offers_expires_at",
        "offers",
        ["organization_id", "expires_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'sent'"),
    )


def downgrade() -> None:
    op.drop_table("offers")
    op.drop_column("applications", "offer_id")
    op.drop_column("jobs", "requires_offer")
