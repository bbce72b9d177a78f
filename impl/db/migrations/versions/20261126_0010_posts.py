"""Posts and their editions, and the look-up of an organization whose public side is asked for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "7a0c51e2d9b4"
down_revision = "c81d40e6b7a2"
branch_labels = None
depends_on = None

FIND_PUBLIC_ORGANIZATION = """
CREATE FUNCTION find_public_organization(slug text) RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT o.id, o.name FROM public.organizations o WHERE o.slug = $1 AND NOT o.is_suspended $$
"""
EMPLOYMENT_TYPES = "'full_time', 'part_time', 'contract', 'temporary', 'internship', 'apprenticeship', 'volunteer'"


def upgrade() -> None:
    create_posts()
    create_editions()
    for table in ("posts", "post_editions"):
        rls.enable_rls(op, table)
    op.execute(FIND_PUBLIC_ORGANIZATION)


def create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Text(),
            sa.CheckConstraint("status IN ('draft', 'published', 'unpublished')", name="status"),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unpublished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_posts_organization_id_job_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_posts")),
        sa.UniqueConstraint("organization_id", "slug", name=op.f("uq_posts_organization_id_slug")),
    )
    op.create_index("ix_posts_job_id", "posts", ["organization_id", "job_id", "id"])
    op.create_index("ix_posts_published_at", "posts", ["organization_id", "published_at", "id"])


def create_editions() -> None:
    op.create_table(
        "post_editions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column(
            "employment_type",
            sa.Text(),
            sa.CheckConstraint(f"employment_type IN ({EMPLOYMENT_TYPES})", name="employment_type"),
            nullable=False,
        ),
        sa.Column(
            "workplace",
            sa.Text(),
            sa.CheckConstraint("workplace IN ('on_site', 'hybrid', 'remote')", name="workplace"),
            nullable=False,
        ),
        sa.Column("is_salary_shown", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "post_id"],
            ["posts.organization_id", "posts.id"],
            name=op.f("fk_post_editions_organization_id_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_post_editions")),
        sa.UniqueConstraint(
            "organization_id", "post_id", "number", name=op.f("uq_post_editions_organization_id_post_id_number")
        ),
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION find_public_organization(text)")
    op.drop_table("post_editions")
    op.drop_table("posts")
