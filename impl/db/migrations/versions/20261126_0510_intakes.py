"""Applications as they come in from the public side, and their files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "8d4f2b6c1e35"
down_revision = "b7e40c2d91a5"
branch_labels = None
depends_on = None

PARENTS = (
    ("post_id", "posts"),
    ("edition_id", "post_editions"),
    ("job_id", "jobs"),
    ("source_id", "sources"),
    ("candidate_id", "candidates"),
    ("application_id", "applications"),
)


def belongs_to(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{parent}.organization_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
    )


def upgrade() -> None:
    op.create_table(
        "intakes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("suspicion", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("content_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("email_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("sender_hash", postgresql.BYTEA(), nullable=True),
        sa.Column("token_public_id", sa.Text(), nullable=False),
        sa.Column("token_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("made_application", sa.Boolean(), nullable=False),
        sa.Column("flagged_count", sa.Integer(), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('received', 'quarantined', 'processed', 'rejected', 'withdrawn', 'discarded')",
            name=op.f("ck_intakes_status"),
        ),
        sa.CheckConstraint("suspicion IN ('honeypot', 'too_many')", name=op.f("ck_intakes_suspicion")),
        sa.CheckConstraint(
            "failure IN ('job_not_open', 'answers_invalid', 'file_damaged')", name=op.f("ck_intakes_failure")
        ),
        *(belongs_to("intakes", column, parent) for column, parent in PARENTS),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_intakes")),
        sa.UniqueConstraint(
            "organization_id", "token_public_id", name=op.f("uq_intakes_organization_id_token_public_id")
        ),
    )
    for column in ("job_id", "post_id", "candidate_id", "application_id"):
        op.create_index(f"ix_intakes_{column}", "intakes", ["organization_id", column, "id"], unique=False)
    op.create_index("ix_intakes_email_hash", "intakes", ["organization_id", "email_hash"], unique=False)
    op.create_index(
        "ix_intakes_sender_hash",
        "intakes",
        ["organization_id", "sender_hash", "created_at"],
        unique=False,
        postgresql_where=sa.text("sender_hash IS NOT NULL"),
    )
    op.create_index(
        "uq_intakes_made",
        "intakes",
        ["organization_id", "application_id"],
        unique=True,
        postgresql_where=sa.text("made_application"),
    )
    create_files()
    for table in ("intakes", "files"):
        rls.enable_rls(op, table)


def create_files() -> None:
    op.create_table(
        "files",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("name_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", postgresql.BYTEA(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs_to("files", "intake_id", "intakes"),
        belongs_to("files", "candidate_id", "candidates"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_files")),
    )
    for column in ("intake_id", "candidate_id"):
        op.create_index(f"ix_files_{column}", "files", ["organization_id", column, "id"], unique=False)


def downgrade() -> None:
    op.drop_table("files")
    op.drop_table("intakes")
