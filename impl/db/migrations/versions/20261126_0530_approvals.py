"""Approval policies, approvals, and the votes of their approvers."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "e61c3a9d7f24"
down_revision = "e2a90b5d47f1"
branch_labels = None
depends_on = None

SUBJECTS = "subject IN ('job', 'offer')"
ACTORS = ("user", "api_key", "system")


def upgrade() -> None:
    create_policies()
    create_approvals()
    create_votes()
    for table in ("approval_policies", "approvals", "approval_votes"):
        rls.enable_rls(op, table)


def references(table: str, *columns: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["organization_id", column],
            [f"{target}.organization_id", f"{target}.id"],
            name=op.f(f"fk_{table}_organization_id_{column}"),
        )
        for column, target in columns
    ]


def stamps() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def create_policies() -> None:
    op.create_table(
        "approval_policies",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), sa.CheckConstraint(SUBJECTS, name="subject"), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("steps", postgresql.JSONB(), nullable=False),
        sa.Column("allow_self_approval", sa.Boolean(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        *stamps(),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_approval_policies_organization_id")
        ),
        *references("approval_policies", ("department_id", "departments")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_approval_policies")),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_approval_policies_organization_id_name")),
    )
    for column in ("name", "subject"):
        op.create_index(f"ix_approval_policies_{column}", "approval_policies", ["organization_id", column, "id"])


def create_approvals() -> None:
    statuses = "status IN ('pending', 'approved', 'rejected', 'cancelled')"
    actors = "requested_by_type IN ({})".format(", ".join(f"'{name}'" for name in ACTORS))
    op.create_table(
        "approvals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), sa.CheckConstraint(SUBJECTS, name="subject"), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), sa.CheckConstraint(statuses, name="status"), nullable=False),
        sa.Column("requirements", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("current_step", sa.Integer(), nullable=True),
        sa.Column("requested_by_type", sa.Text(), sa.CheckConstraint(actors, name="requested_by_type"), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *stamps(),
        *references(
            "approvals",
            ("job_id", "jobs"),
            ("offer_id", "offers"),
            ("application_id", "applications"),
            ("candidate_id", "candidates"),
            ("policy_id", "approval_policies"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_approvals")),
    )
    for name, column, is_offer in (("job", "job_id", "NULL"), ("offer", "offer_id", "NOT NULL")):
        op.create_index(
            f"uq_approvals_pending_{name}",
            "approvals",
            ["organization_id", column],
            unique=True,
            postgresql_where=sa.text(f"status = 'pending' AND offer_id IS {is_offer}"),
        )
    for column in ("job_id", "offer_id", "candidate_id"):
        op.create_index(f"ix_approvals_{column}", "approvals", ["organization_id", column, "id"])


def create_votes() -> None:
    decisions = "decision IN ('approved', 'rejected')"
    op.create_table(
        "approval_votes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), sa.CheckConstraint(decisions, name="decision"), nullable=True),
        sa.Column("comment_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "approval_id"],
            ["approvals.organization_id", "approvals.id"],
            name=op.f("fk_approval_votes_organization_id_approval_id"),
            ondelete="CASCADE",
        ),
        *references(
            "approval_votes",
            ("user_id", "users"),
            ("application_id", "applications"),
            ("candidate_id", "candidates"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_approval_votes")),
        sa.UniqueConstraint(
            "organization_id",
            "approval_id",
            "step",
            "user_id",
            name=op.f("uq_approval_votes_organization_id_approval_id_step_user_id"),
        ),
    )
    op.create_index("ix_approval_votes_user_id", "approval_votes", ["organization_id", "user_id", "approval_id"])
    op.create_index("ix_approval_votes_candidate_id", "approval_votes", ["organization_id", "candidate_id", "id"])


def downgrade() -> None:
    for table in ("approval_votes", "approvals", "approval_policies"):
        op.drop_table(table)
