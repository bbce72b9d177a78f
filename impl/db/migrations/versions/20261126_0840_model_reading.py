"""Reading resumes by a language model: what each organization wishes, and what it has taken."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "d4e81c07b9a5"
down_revision = "c4a81e6f2d09"
branch_labels = None
depends_on = None

COUNTS = (
    "calls_count",
    "tries_count",
    "failed_count",
    "cache_hits_count",
    "input_tokens",
    "output_tokens",
    "reserved_tokens",
)


def upgrade() -> None:
    op.add_column(
        "organizations",
        sa.Column(
            "resume_model",
            sa.Text(),
            sa.CheckConstraint("resume_model IN ('off', 'on')", name="resume_model"),
            server_default=sa.text("'off'"),
            nullable=False,
        ),
    )
    op.add_column("organizations", sa.Column("redact_contacts", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column(
        "organizations",
        sa.Column("daily_token_budget", sa.Integer(), server_default=sa.text("1000000"), nullable=False),
    )
    op.create_table(
        "model_usage",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_model_usage_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_model_usage")),
        sa.UniqueConstraint("organization_id", "day", name=op.f("uq_model_usage_organization_id_day")),
    )
    rls.enable_rls(op, "model_usage")


def downgrade() -> None:
    op.drop_table("model_usage")
    for column in ("daily_token_budget", "redact_contacts", "resume_model"):
        op.drop_column("organizations", column)
