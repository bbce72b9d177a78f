"""How stays end, and after how many quiet days a reply is overdue."""

import sqlalchemy as sa
from alembic import op

revision = "9d2f6b8e1c35"
down_revision = "8d4f2b6c1e35"
branch_labels = None
depends_on = None

# What the stays that have ended before are filled from; their owner is kept from the rows like everybody else.
READ = ("stage_history", "applications", "events")
# An ended application's last stay ended as it did. A stay that another one followed at once was left for that one; where there is a
# gap between them, the application had ended by its last event before it was reopened.
FILL = """
UPDATE stage_history AS stay SET outcome = coalesce(
    CASE
        WHEN following.entered_at = stay.left_at THEN 'moved'
        WHEN following.entered_at IS NULL THEN (
            SELECT application.status FROM applications AS application
            WHERE application.organization_id = stay.organization_id AND application.id = stay.application_id
                AND application.status <> 'active'
        )
        ELSE (
            SELECT split_part(event.type, '.', 2) FROM events AS event
            WHERE event.organization_id = stay.organization_id AND event.resource_id = stay.application_id
                AND event.type IN ('application.rejected', 'application.withdrawn', 'application.hired')
                AND event.occurred_at <= following.entered_at
            ORDER BY event.transaction_id DESC, event.sequence DESC LIMIT 1
        )
    END, 'moved')
FROM (
    SELECT organization_id, id, lead(entered_at) OVER (
        PARTITION BY organization_id, application_id ORDER BY entered_at, id
    ) AS entered_at
    FROM stage_history
) AS following
WHERE following.organization_id = stay.organization_id AND following.id = stay.id AND stay.left_at IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("organizations", sa.Column("reply_days", sa.Integer(), server_default=sa.text("7"), nullable=False))
    op.add_column(
        "stage_history",
        sa.Column(
            "outcome",
            sa.Text(),
            sa.CheckConstraint("outcome IN ('moved', 'rejected', 'withdrawn', 'hired')", name="outcome"),
            nullable=True,
        ),
    )
    for table in READ:
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    op.execute(FILL)
    for table in READ:
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def downgrade() -> None:
    op.drop_column("stage_history", "outcome")
    op.drop_column("organizations", "reply_days")
