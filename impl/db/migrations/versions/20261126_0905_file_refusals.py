"""Files that came with an application and are not handed out: why."""

import sqlalchemy as sa
from alembic import op

revision = "b2f60d4a97c3"
down_revision = "c40b7d92e5f8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "files",
        sa.Column(
            "refusal",
            sa.Text(),
            sa.CheckConstraint("refusal IN ('unsupported', 'encrypted', 'macros', 'unsafe')", name="refusal"),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("files", "refusal")
