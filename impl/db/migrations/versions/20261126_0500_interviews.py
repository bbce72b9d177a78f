"""Interviews with their interviewers, scorecards, and the setting that hides these from each other."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "b6f1d93a07c4"
down_revision = "4b7d0c2f9a61"
branch_labels = None
depends_on = None

TIMES = ("created_at", "updated_at")


def upgrade() -> None:
    op.add_column(
        "organizations",
        sa.Column("hide_scorecards_until_submitted", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    create_interviews()
    create_interviewers()
    create_scorecards()
    for table in ("interviews", "interviewers", "scorecards"):
        rls.enable_rls(op, table)


def create_interviews() -> None:
    op.create_table(
        "interviews",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("details_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("requires_scorecards", sa.Boolean(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in TIMES),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'video', 'on_site', 'other')", name=op.f("ck_interviews_kind")),
        sa.CheckConstraint(
            "status IN ('scheduled', 'completed', 'cancelled', 'no_show')", name=op.f("ck_interviews_status")
        ),
        sa.CheckConstraint(
            "cancel_reason IN ('candidate_request', 'organization_request', 'application_ended', 'other')",
            name=op.f("ck_interviews_cancel_reason"),
        ),
        *_references("interviews", application_id="applications", candidate_id="candidates", job_id="jobs"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_interviews")),
    )
    for column in ("application_id", "candidate_id", "job_id", "starts_at"):
        op.create_index(f"ix_interviews_{column}", "interviews", ["organization_id", column, "id"], unique=False)


def create_interviewers() -> None:
    op.create_table(
        "interviewers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *_references("interviewers", cascading="interview_id", interview_id="interviews", user_id="users"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_interviewers")),
        sa.UniqueConstraint(
            "organization_id",
            "interview_id",
            "user_id",
            name=op.f("uq_interviewers_organization_id_interview_id_user_id"),
        ),
    )
    op.create_index(
        "ix_interviewers_user_id", "interviewers", ["organization_id", "user_id", "interview_id"], unique=False
    )


def create_scorecards() -> None:
    op.create_table(
        "scorecards",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("content_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in TIMES),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'submitted')", name=op.f("ck_scorecards_status")),
        sa.CheckConstraint(
            "recommendation IN ('strong_no', 'no', 'yes', 'strong_yes')", name=op.f("ck_scorecards_recommendation")
        ),
        *_references(
            "scorecards",
            cascading="interview_id",
            interview_id="interviews",
            application_id="applications",
            candidate_id="candidates",
            job_id="jobs",
            interviewer_id="users",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_scorecards")),
        sa.UniqueConstraint(
            "organization_id",
            "interview_id",
            "interviewer_id",
            name=op.f("uq_scorecards_organization_id_interview_id_interviewer_id"),
        ),
    )
    for column in ("application_id", "candidate_id", "job_id", "interviewer_id"):
        op.create_index(f"ix_scorecards_{column}", "scorecards", ["organization_id", column, "id"], unique=False)
    op.create_index(
        "ix_scorecards_draft",
        "scorecards",
        ["organization_id", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'draft'"),
    )


def _references(table: str, *, cascading: str = "", **columns: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of a table inside the organization, by column."""
    return [
        sa.ForeignKeyConstraint(
            ["organization_id", column],
            [f"{target}.organization_id", f"{target}.id"],
            name=op.f(f"fk_{table}_organization_id_{column}"),
            ondelete="CASCADE" if column == cascading else None,
        )
        for column, target in columns.items()
    ]


def downgrade() -> None:
    op.drop_table("scorecards")
    op.drop_table("interviewers")
    op.drop_table("interviews")
    op.drop_column("organizations", "hide_scorecards_until_submitted")
