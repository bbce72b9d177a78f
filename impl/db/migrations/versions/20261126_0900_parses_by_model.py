"""What a language model was asked about a resume, and why it did not read it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a90b3e57d2c1"
down_revision = "7e3d90b1c6f4"
branch_labels = None
depends_on = None

REASONS = (
    "'rate_limited', 'quota_exhausted', 'unavailable', 'unreachable', 'timed_out', 'rejected', 'refused', 'answer_invalid', "
    "'answer_incomplete', 'answer_too_long', 'circuit_open', 'budget_exhausted', 'nothing_found'"
)


def upgrade() -> None:
    op.add_column(
        "resume_parses",
        sa.Column(
            "degraded_reason",
            sa.Text(),
            sa.CheckConstraint(f"degraded_reason IN ({REASONS})", name="degraded_reason"),
            nullable=True,
        ),
    )
    op.add_column("resume_parses", sa.Column("model_digest", postgresql.BYTEA(), nullable=True))


def downgrade() -> None:
    op.drop_column("resume_parses", "model_digest")
    op.drop_column("resume_parses", "degraded_reason")
