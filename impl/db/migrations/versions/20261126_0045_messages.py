"""Message templates, and the outbox of messages to candidates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "3c1e8f5a92d7"
down_revision = "7a0c51e2d9b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_templates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("variables", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("values", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('general', 'application_received', 'application_rejected', 'interview_invitation', 'offer')",
            name=op.f("ck_message_templates_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_message_templates_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_message_templates")),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_message_templates_organization_id_name")),
    )
    op.create_index("ix_message_templates_kind", "message_templates", ["organization_id", "kind", "id"], unique=False)
    op.create_index("ix_message_templates_name", "message_templates", ["organization_id", "name", "id"], unique=False)
    create_messages()
    for table in ("message_templates", "messages"):
        rls.enable_rls(op, table)


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("to_address_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("subject_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("body_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts_count", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued', 'sending', 'sent', 'failed', 'cancelled')", name=op.f("ck_messages_status")
        ),
        sa.CheckConstraint(
            "failure IN ('recipient_refused', 'sender_refused', 'content_refused', 'server_refused',"
            " 'candidate_not_active', 'expired')",
            name=op.f("ck_messages_failure"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{table}.organization_id", f"{table}.id"],
                name=op.f(f"fk_messages_organization_id_{column}"),
            )
            for column, table in (
                ("candidate_id", "candidates"),
                ("application_id", "applications"),
                ("job_id", "jobs"),
                ("template_id", "message_templates"),
            )
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_messages")),
    )
    for column in ("candidate_id", "application_id", "job_id"):
        op.create_index(f"ix_messages_{column}", "messages", ["organization_id", column, "id"], unique=False)
    op.create_index(
        "ix_messages_due_at",
        "messages",
        ["organization_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("message_templates")
