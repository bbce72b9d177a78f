"""Runs of screening, what they found, and what people said to it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "b83c5e1f0a94"
down_revision = "a90b3e57d2c1"
branch_labels = None
depends_on = None

ACTORS = "'user', 'api_key', 'system'"
BANDS = "'required_met', 'required_partly_met', 'required_not_found', 'no_resume'"
DECISIONS = "'confirmed', 'overridden'"
TABLES = ("screening_runs", "screening_results", "screening_reviews", "screening_documents")


def upgrade() -> None:
    create_runs()
    create_results()
    create_reviews()
    create_documents()
    for table in TABLES:
        rls.enable_rls(op, table)


def create_runs() -> None:
    op.create_table(
        "screening_runs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("rubric_id", sa.Uuid(), nullable=False),
        sa.Column("scorer_version", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("application_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("started_by_type", sa.Text(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=True),
        *stored(),
        sa.CheckConstraint(f"started_by_type IN ({ACTORS})", name=op.f("ck_screening_runs_started_by_type")),
        refers("screening_runs", "jobs", "job_id"),
        refers("screening_runs", "screening_rubrics", "rubric_id"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_screening_runs")),
    )
    op.create_index("ix_screening_runs_job_id", "screening_runs", ["organization_id", "job_id", "id"])


def create_results() -> None:
    op.create_table(
        "screening_results",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("scorer_version", sa.Text(), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=True),
        sa.Column("rank_points", sa.Integer(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("resume_parse_id", sa.Uuid(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("reading_sha256", sa.Text(), nullable=True),
        sa.Column("result_sha256", sa.Text(), nullable=False),
        *stored(),
        sa.CheckConstraint(f"band IN ({BANDS})", name=op.f("ck_screening_results_band")),
        refers("screening_results", "screening_runs", "run_id"),
        refers("screening_results", "applications", "application_id"),
        refers("screening_results", "jobs", "job_id"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_screening_results")),
        sa.UniqueConstraint(
            "organization_id",
            "run_id",
            "application_id",
            name=op.f("uq_screening_results_organization_id_run_id_application_id"),
        ),
    )
    for name in ("run_id", "application_id", "job_id"):
        ranked = ["rank_points"] if name == "run_id" else []
        op.create_index(f"ix_screening_results_{name}", "screening_results", ["organization_id", name, *ranked, "id"])
    op.create_index("ix_screening_results_rank_points", "screening_results", ["organization_id", "rank_points", "id"])


def create_reviews() -> None:
    op.create_table(
        "screening_reviews",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("author_type", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        *stored(),
        sa.CheckConstraint(f"decision IN ({DECISIONS})", name=op.f("ck_screening_reviews_decision")),
        sa.CheckConstraint(f"author_type IN ({ACTORS})", name=op.f("ck_screening_reviews_author_type")),
        refers("screening_reviews", "screening_results", "result_id"),
        refers("screening_reviews", "jobs", "job_id"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_screening_reviews")),
    )
    op.create_index("ix_screening_reviews_result_id", "screening_reviews", ["organization_id", "result_id", "id"])
    op.create_index("ix_screening_reviews_job_id", "screening_reviews", ["organization_id", "job_id"])


def create_documents() -> None:
    op.create_table(
        "screening_documents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", postgresql.BYTEA(), nullable=False),
        refers("screening_documents", "candidates", "candidate_id"),
        refers("screening_documents", "applications", "application_id"),
        refers("screening_documents", "jobs", "job_id"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_screening_documents")),
    )
    op.create_index(
        "ix_screening_documents_candidate_id", "screening_documents", ["organization_id", "candidate_id", "id"]
    )
    op.create_index(
        "ix_screening_documents_application_id", "screening_documents", ["organization_id", "application_id"]
    )
    op.create_index("ix_screening_documents_job_id", "screening_documents", ["organization_id", "job_id"])


def stored() -> list[sa.Column[object]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def refers(table: str, target: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{target}.organization_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
