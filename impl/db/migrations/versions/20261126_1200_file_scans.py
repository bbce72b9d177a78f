"""What a virus scanner says of each file."""

import sqlalchemy as sa
from alembic import op

revision = "d17a5c0e84b6"
down_revision = "e7b15c90d4a2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "files",
        sa.Column(
            "scan_status",
            sa.Text(),
            sa.CheckConstraint("scan_status IN ('not_scanned', 'pending', 'clean', 'infected')", name="scan_status"),
            server_default=sa.text("'not_scanned'"),
            nullable=False,
        ),
    )
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_files_scan_pending",
            "files",
            ["organization_id", "id"],
            postgresql_where=sa.text("scan_status = 'pending'"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_files_scan_pending", "files", postgresql_concurrently=True, if_exists=True)
    op.drop_column("files", "scan_status")
