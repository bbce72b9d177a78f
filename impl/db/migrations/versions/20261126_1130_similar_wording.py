"""Vectors of what resumes say and of what rubrics ask for, and which organizations wish them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "e7b15c90d4a2"
down_revision = "b2f60d4a97c3"
branch_labels = None
depends_on = None

COLUMNS = (("wordings_sealed", postgresql.BYTEA()), ("wordings_model", sa.Text()), ("wordings_length", sa.Integer()))


def upgrade() -> None:
    op.add_column(
        "organizations", sa.Column("similar_wording", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for name, kind in COLUMNS:
        op.add_column("resume_parses", sa.Column(name, kind, nullable=True))
    op.create_table(
        "rubric_wordings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rubric_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("wordings", postgresql.BYTEA(), nullable=False),
        sa.Column("wordings_model", sa.Text(), nullable=False),
        sa.Column("wordings_length", sa.Integer(), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{target}.organization_id", f"{target}.id"],
                name=op.f(f"fk_rubric_wordings_organization_id_{column}"),
            )
            for target, column in (("screening_rubrics", "rubric_id"), ("jobs", "job_id"))
        ],
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_rubric_wordings")),
        sa.UniqueConstraint("organization_id", "rubric_id", name=op.f("uq_rubric_wordings_organization_id_rubric_id")),
    )
    op.create_index("ix_rubric_wordings_job_id", "rubric_wordings", ["organization_id", "job_id"])
    rls.enable_rls(op, "rubric_wordings")


def downgrade() -> None:
    op.drop_table("rubric_wordings")
    for name, _ in COLUMNS:
        op.drop_column("resume_parses", name)
    op.drop_column("organizations", "similar_wording")
