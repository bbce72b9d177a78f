"""Demographic answers, apart from everything else."""

import sqlalchemy as sa
from alembic import op

from impl.db import rls

revision = "e2a90b5d47f1"
down_revision = "e2a95c0d7b41"
branch_labels = None
depends_on = None

QUESTIONS = "'gender', 'race_ethnicity', 'veteran_status', 'disability_status'"
ANSWERS = (
    "'female', 'male', 'non_binary', 'hispanic_or_latino', 'white', 'black_or_african_american', 'asian', "
    "'native_hawaiian_or_pacific_islander', 'american_indian_or_alaska_native', 'two_or_more', 'protected_veteran', "
    "'not_protected_veteran', 'disability', 'no_disability', 'declined'"
)


def upgrade() -> None:
    op.create_table(
        "demographic_answers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("quarter_starts_on", sa.Date(), nullable=False),
        sa.Column(
            "question", sa.Text(), sa.CheckConstraint(f"question IN ({QUESTIONS})", name="question"), nullable=False
        ),
        sa.Column("answer", sa.Text(), sa.CheckConstraint(f"answer IN ({ANSWERS})", name="answer"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_demographic_answers_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_demographic_answers_organization_id_department_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_demographic_answers")),
    )
    op.create_index(
        "ix_demographic_answers_quarter", "demographic_answers", ["organization_id", "quarter_starts_on", "question"]
    )
    rls.enable_rls(op, "demographic_answers")


def downgrade() -> None:
    op.drop_table("demographic_answers")
