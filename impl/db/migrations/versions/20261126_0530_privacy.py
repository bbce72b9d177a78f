"""Legal holds, erased candidates, and whom a kept answer is about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "d20f6a9b3e18"
down_revision = "5e8f1a6c3b70"
branch_labels = None
depends_on = None

# Names the change of an external id without its values, as every later event does.
SCRUB = """
UPDATE events SET changes = (
    SELECT jsonb_agg(CASE WHEN change ->> 'field' = 'external_id'
        THEN change || '{"before": null, "after": null}' ELSE change END ORDER BY position)
    FROM jsonb_array_elements(changes) WITH ORDINALITY AS told (change, position)
)
WHERE resource_type IN ('candidate', 'application') AND changes @> '[{"field": "external_id"}]'
"""


def upgrade() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("placed_by_type", sa.Text(), nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "placed_by_type IN ('user', 'api_key', 'system')", name=op.f("ck_legal_holds_placed_by_type")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "candidate_id"],
            ["candidates.organization_id", "candidates.id"],
            name=op.f("fk_legal_holds_organization_id_candidate_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_legal_holds")),
    )
    op.create_index("ix_legal_holds_candidate_id", "legal_holds", ["organization_id", "candidate_id", "id"])
    rls.enable_rls(op, "legal_holds")
    op.add_column("candidates", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "idempotency_keys",
        sa.Column("candidate_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.execute("ALTER TABLE events NO FORCE ROW LEVEL SECURITY")
    op.execute(SCRUB)
    op.execute("ALTER TABLE events FORCE ROW LEVEL SECURITY")
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_candidates_purge_at",
            "candidates",
            ["organization_id", "purge_at"],
            postgresql_where=sa.text("purge_at IS NOT NULL"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_candidates_purge_at", "candidates", postgresql_concurrently=True)
    op.drop_column("idempotency_keys", "candidate_ids")
    op.drop_column("candidates", "erased_at")
    op.drop_table("legal_holds")
