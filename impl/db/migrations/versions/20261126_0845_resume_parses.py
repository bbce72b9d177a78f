"""What was read out of resumes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "7e3d90b1c6f4"
down_revision = "5a1d7f20c9e6"
branch_labels = None
depends_on = None

PARENTS = (("candidate_id", "candidates"), ("application_id", "applications"), ("job_id", "jobs"))
FAILURES = (
    "'encrypted', 'damaged', 'too_large', 'unsupported_format', 'timed_out', 'out_of_memory', 'crashed', 'file_damaged', "
    "'unreadable'"
)


def upgrade() -> None:
    op.create_table(
        "resume_parses",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("parsed_by", sa.Text(), nullable=True),
        sa.Column("is_degraded", sa.Boolean(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=True),
        sa.Column("input_sha256", postgresql.BYTEA(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("pages_count", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("text_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("reading_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("review_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_type", sa.Text(), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued', 'parsed', 'needs_ocr', 'failed')", name=op.f("ck_resume_parses_status")
        ),
        sa.CheckConstraint(f"reason IN ({FAILURES})", name=op.f("ck_resume_parses_reason")),
        sa.CheckConstraint("parsed_by IN ('offline', 'model')", name=op.f("ck_resume_parses_parsed_by")),
        sa.CheckConstraint(
            "accepted_by_type IN ('user', 'api_key', 'system')", name=op.f("ck_resume_parses_accepted_by_type")
        ),
        sa.CheckConstraint(
            "(status = 'failed') = (reason IS NOT NULL)", name=op.f("ck_resume_parses_failed_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "attachment_id"],
            ["files.organization_id", "files.id"],
            name=op.f("fk_resume_parses_organization_id_attachment_id"),
            ondelete="CASCADE",
        ),
        *[
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{table}.organization_id", f"{table}.id"],
                name=op.f(f"fk_resume_parses_organization_id_{column}"),
            )
            for column, table in PARENTS
        ],
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_resume_parses")),
        sa.UniqueConstraint(
            "organization_id",
            "attachment_id",
            "revision",
            name=op.f("uq_resume_parses_organization_id_attachment_id_revision"),
        ),
    )
    for column, _ in PARENTS:
        op.create_index(f"ix_resume_parses_{column}", "resume_parses", ["organization_id", column, "id"])
    rls.enable_rls(op, "resume_parses")


def downgrade() -> None:
    op.drop_table("resume_parses")
