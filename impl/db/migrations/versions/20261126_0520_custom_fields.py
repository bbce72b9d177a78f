"""Custom fields, the sealed values of jobs and applications, and the index of values."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "5e8f1a6c3b70"
down_revision = "5b9e2f4a71c8"
branch_labels = None
depends_on = None

OWNERS = {"candidate_id": "candidates", "application_id": "applications", "job_id": "jobs"}
TYPES = "'short_text', 'long_text', 'number', 'integer', 'boolean', 'date', 'url', 'single_select', 'multi_select', 'money', 'user'"


def upgrade() -> None:
    op.create_table(
        "custom_fields",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column(
            "applies_to",
            sa.Text(),
            sa.CheckConstraint("applies_to IN ('candidate', 'application', 'job')", name="applies_to"),
            nullable=False,
        ),
        sa.Column("type", sa.Text(), sa.CheckConstraint(f"type IN ({TYPES})", name="type"), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_custom_fields_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_custom_fields")),
        sa.UniqueConstraint(
            "organization_id", "applies_to", "key", name=op.f("uq_custom_fields_organization_id_applies_to_key")
        ),
    )
    op.create_index("ix_custom_fields_name", "custom_fields", ["organization_id", "name", "id"])
    create_values()
    for table in ("custom_fields", "custom_field_values"):
        rls.enable_rls(op, table)
    for table in ("applications", "jobs"):
        op.add_column(table, sa.Column("custom_fields_sealed", postgresql.BYTEA(), nullable=True))


def create_values() -> None:
    op.create_table(
        "custom_field_values",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("field_id", sa.Uuid(), nullable=False),
        *(sa.Column(owner, sa.Uuid(), nullable=True) for owner in OWNERS),
        sa.Column("value_hash", postgresql.BYTEA(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(candidate_id, application_id, job_id) = 1", name=op.f("ck_custom_field_values_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "field_id"],
            ["custom_fields.organization_id", "custom_fields.id"],
            name=op.f("fk_custom_field_values_organization_id_field_id"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", owner],
                [f"{table}.organization_id", f"{table}.id"],
                name=op.f(f"fk_custom_field_values_organization_id_{owner}"),
                ondelete="CASCADE",
            )
            for owner, table in OWNERS.items()
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_custom_field_values")),
    )
    for owner in OWNERS:
        for name, columns in (
            (f"{owner.removesuffix('_id')}_hash", ["value_hash", owner]),
            (owner, [owner, "field_id"]),
        ):
            op.create_index(
                f"ix_custom_field_values_{name}",
                "custom_field_values",
                ["organization_id", *columns],
                postgresql_where=sa.text(f"{owner} IS NOT NULL"),
            )


def downgrade() -> None:
    for table in ("applications", "jobs"):
        op.drop_column(table, "custom_fields_sealed")
    op.drop_table("custom_field_values")
    op.drop_table("custom_fields")
