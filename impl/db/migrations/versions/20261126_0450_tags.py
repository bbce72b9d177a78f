"""Tags, and the tags of candidates."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "4b7d0c2f9a61"
down_revision = "3c1e8f5a92d7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_tags_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_tags")),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_tags_organization_id_name")),
    )
    op.create_index("ix_tags_name", "tags", ["organization_id", "name", "id"])
    op.create_table(
        "candidate_tags",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "candidate_id"],
            ["candidates.organization_id", "candidates.id"],
            name=op.f("fk_candidate_tags_organization_id_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "tag_id"],
            ["tags.organization_id", "tags.id"],
            name=op.f("fk_candidate_tags_organization_id_tag_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_candidate_tags")),
        sa.UniqueConstraint(
            "organization_id",
            "candidate_id",
            "tag_id",
            name=op.f("uq_candidate_tags_organization_id_candidate_id_tag_id"),
        ),
    )
    op.create_index("ix_candidate_tags_tag_id", "candidate_tags", ["organization_id", "tag_id", "candidate_id"])
    for table in ("tags", "candidate_tags"):
        rls.enable_rls(op, table)


def downgrade() -> None:
    op.drop_table("candidate_tags")
    op.drop_table("tags")
