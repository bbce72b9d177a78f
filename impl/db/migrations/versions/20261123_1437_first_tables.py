"""The first tables, their row-level security, and the functions that look things up before an organization is known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from impl.db import rls

revision = "be75226c48be"
down_revision = None
branch_labels = None
depends_on = None


FIND_CREDENTIAL = """
CREATE FUNCTION find_credential(kind text, public_id text)
RETURNS TABLE (
    organization_id uuid, credential_id uuid, holder_id uuid, secret_hash bytea, scopes text[], role text,
    is_job_granted boolean, expires_at timestamptz, is_usable boolean, require_if_match boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.organization_id, s.id, s.user_id, s.secret_hash, NULL::text[], u.role::text, false, s.expires_at,
           s.revoked_at IS NULL AND u.is_active AND NOT o.is_suspended, o.require_if_match
    FROM public.sessions s
    JOIN public.users u ON u.organization_id = s.organization_id AND u.id = s.user_id
    JOIN public.organizations o ON o.id = s.organization_id
    WHERE $1 = 'session' AND s.public_id = $2
    UNION ALL
    SELECT k.organization_id, k.id, k.id, k.secret_hash, k.scopes, NULL::text, k.is_job_granted, k.expires_at,
           k.revoked_at IS NULL AND NOT o.is_suspended, o.require_if_match
    FROM public.api_keys k
    JOIN public.organizations o ON o.id = k.organization_id
    WHERE $1 = 'api_key' AND k.public_id = $2
$$
"""

FIND_SIGN_INS = """
CREATE FUNCTION find_sign_ins(sign_in_hash bytea)
RETURNS TABLE (organization_id uuid, slug text, user_id uuid, password_hash text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT u.organization_id, o.slug, u.id, u.password_hash, u.role::text
    FROM public.users u
    JOIN public.organizations o ON o.id = u.organization_id
    WHERE u.sign_in_hash = $1 AND u.is_active AND u.password_hash IS NOT NULL AND NOT o.is_suspended
$$
"""

CANDIDATES_BY_WORDS = """
CREATE FUNCTION candidates_by_words(words tsquery) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id FROM public.candidates c
    WHERE c.organization_id = (SELECT nullif(current_setting('app.organization_id', true), '')::uuid) AND c.words @@ $1
$$
"""

RANKED_CANDIDATES = """
CREATE FUNCTION ranked_candidates(words tsquery) RETURNS TABLE (id uuid, rank real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT newest.id, ts_rank_cd(newest.words, $1) FROM (
        SELECT c.id, c.words FROM public.candidates c
        WHERE c.organization_id = (SELECT nullif(current_setting('app.organization_id', true), '')::uuid) AND c.words @@ $1
        ORDER BY c.id DESC LIMIT 1000
    ) AS newest
$$
"""

CANDIDATES_BY_EMAIL = """
CREATE FUNCTION candidates_by_email(email_hash bytea) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id FROM public.candidates c
    WHERE c.organization_id = (SELECT nullif(current_setting('app.organization_id', true), '')::uuid) AND c.email_hashes @> ARRAY[$1]
$$
"""

CANDIDATES_BY_PHONE = """
CREATE FUNCTION candidates_by_phone(phone_hash bytea) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id FROM public.candidates c
    WHERE c.organization_id = (SELECT nullif(current_setting('app.organization_id', true), '')::uuid) AND c.phone_hashes @> ARRAY[$1]
$$
"""

TENANT_TABLES = (
    "users",
    "sessions",
    "api_keys",
    "job_grants",
    "organization_keys",
    "departments",
    "offices",
    "rejection_reasons",
    "sources",
    "jobs",
    "stages",
    "hiring_team_members",
    "openings",
    "candidates",
    "applications",
    "stage_history",
    "events",
    "idempotency_keys",
)
# What the functions above read across organizations, as their owner.
LOOKED_UP = ("organizations", "users", "sessions", "api_keys", "candidates")
FUNCTIONS = (
    FIND_CREDENTIAL,
    FIND_SIGN_INS,
    CANDIDATES_BY_WORDS,
    RANKED_CANDIDATES,
    CANDIDATES_BY_EMAIL,
    CANDIDATES_BY_PHONE,
)


def upgrade() -> None:
    create_tables()
    rls.enable_rls(op, "organizations", column="id")
    for table in TENANT_TABLES:
        rls.enable_rls(op, table)
    for table in LOOKED_UP:
        rls.let_owner_read(op, table)
    for function in FUNCTIONS:
        op.execute(function)


def create_tables() -> None:
    op.create_table(
        "deployment_keys",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", postgresql.BYTEA(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_deployment_keys_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment_keys")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("default_currency", sa.Text(), nullable=False),
        sa.Column("require_if_match", sa.Boolean(), nullable=False),
        sa.Column("auto_close_jobs", sa.Boolean(), nullable=False),
        sa.Column("full_text_search", sa.Boolean(), nullable=False),
        sa.Column("quarantine_days", sa.Integer(), nullable=False),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )
    op.create_table(
        "departments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_departments_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_departments_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_departments")),
        sa.UniqueConstraint(
            "organization_id",
            "name",
            "parent_id",
            name=op.f("uq_departments_organization_id_name_parent_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "events",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_events_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_feed", "events", ["organization_id", "transaction_id", "sequence"], unique=False)
    op.create_index("ix_events_resource", "events", ["organization_id", "resource_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Text(), nullable=False),
        sa.Column("request_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("answer_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_idempotency_keys_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(
        "ix_idempotency_keys_expires_at", "idempotency_keys", ["organization_id", "expires_at"], unique=False
    )
    op.create_table(
        "offices",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("country_code", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["offices.organization_id", "offices.id"],
            name=op.f("fk_offices_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_offices_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_offices")),
        sa.UniqueConstraint(
            "organization_id",
            "name",
            "parent_id",
            name=op.f("uq_offices_organization_id_name_parent_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "organization_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", postgresql.BYTEA(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_organization_keys_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organization_keys")),
    )
    op.create_table(
        "rejection_reasons",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint("kind IN ('rejected_by_organization', 'withdrawn_by_candidate')", name="kind"),
            nullable=False,
        ),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_rejection_reasons_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_rejection_reasons")),
        sa.UniqueConstraint(
            "organization_id", "kind", "name", name=op.f("uq_rejection_reasons_organization_id_kind_name")
        ),
    )
    op.create_table(
        "sources",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint(
                "kind IN ('career_site', 'job_board', 'referral', 'agency', 'sourced', 'event', 'other')", name="kind"
            ),
            nullable=False,
        ),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_sources_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sources")),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_sources_organization_id_name")),
    )
    op.create_table(
        "users",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("email_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("sign_in_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Text(),
            sa.CheckConstraint("role IN ('admin', 'recruiter', 'hiring_manager', 'interviewer')", name="role"),
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_users_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_users")),
        sa.UniqueConstraint("organization_id", "email_hash", name=op.f("uq_users_organization_id_email_hash")),
    )
    op.create_index("ix_users_sign_in_hash", "users", ["sign_in_hash"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_job_granted", sa.Boolean(), nullable=False),
        sa.Column("created_by_user_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by_user_id"],
            ["users.organization_id", "users.id"],
            name=op.f("fk_api_keys_organization_id_created_by_user_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_api_keys_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_api_keys")),
    )
    op.create_index("ix_api_keys_public_id", "api_keys", ["public_id"], unique=False)
    op.create_table(
        "candidates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Text(),
            sa.CheckConstraint("status IN ('active', 'quarantined')", name="status"),
            nullable=False,
        ),
        sa.Column("profile_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("email_hashes", postgresql.ARRAY(postgresql.BYTEA()), nullable=False),
        sa.Column("phone_hashes", postgresql.ARRAY(postgresql.BYTEA()), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("purge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "source_id"],
            ["sources.organization_id", "sources.id"],
            name=op.f("fk_candidates_organization_id_source_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_candidates_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("organization_id", "external_id", name=op.f("uq_candidates_organization_id_external_id")),
    )
    op.create_index("ix_candidates_email_hashes", "candidates", ["email_hashes"], unique=False, postgresql_using="gin")
    op.create_index("ix_candidates_phone_hashes", "candidates", ["phone_hashes"], unique=False, postgresql_using="gin")
    op.create_index("ix_candidates_updated_at", "candidates", ["organization_id", "updated_at", "id"], unique=False)
    op.create_index("ix_candidates_words", "candidates", ["words"], unique=False, postgresql_using="gin")
    op.create_table(
        "jobs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Text(),
            sa.CheckConstraint("status IN ('draft', 'open', 'closed')", name="status"),
            nullable=False,
        ),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column(
            "employment_type",
            sa.Text(),
            sa.CheckConstraint(
                "employment_type IN ('full_time', 'part_time', 'contract', 'temporary', 'internship', 'apprenticeship', 'volunteer')",
                name="employment_type",
            ),
            nullable=False,
        ),
        sa.Column(
            "workplace",
            sa.Text(),
            sa.CheckConstraint("workplace IN ('on_site', 'hybrid', 'remote')", name="workplace"),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("salary", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("auto_close", sa.Boolean(), nullable=True),
        sa.Column("requires_opening", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "close_reason",
            sa.Text(),
            sa.CheckConstraint(
                "close_reason IN ('all_openings_filled', 'filled_elsewhere', 'cancelled', 'budget', 'duplicate', 'other')",
                name="close_reason",
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_jobs_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "office_id"],
            ["offices.organization_id", "offices.id"],
            name=op.f("fk_jobs_organization_id_office_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_jobs_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("organization_id", "external_id", name=op.f("uq_jobs_organization_id_external_id")),
    )
    op.create_index("ix_jobs_department_id", "jobs", ["organization_id", "department_id"], unique=False)
    op.create_index("ix_jobs_title", "jobs", ["organization_id", "title", "id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", postgresql.BYTEA(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["users.organization_id", "users.id"],
            name=op.f("fk_sessions_organization_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_public_id", "sessions", ["public_id"], unique=False)
    op.create_index("ix_sessions_user_id", "sessions", ["organization_id", "user_id"], unique=False)
    op.create_table(
        "hiring_team_members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Text(),
            sa.CheckConstraint("role IN ('recruiter', 'hiring_manager', 'interviewer', 'coordinator')", name="role"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_hiring_team_members_organization_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["users.organization_id", "users.id"],
            name=op.f("fk_hiring_team_members_organization_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_hiring_team_members")),
        sa.UniqueConstraint(
            "organization_id",
            "job_id",
            "user_id",
            "role",
            name=op.f("uq_hiring_team_members_organization_id_job_id_user_id_role"),
        ),
    )
    op.create_table(
        "job_grants",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("api_key_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), sa.Computed("coalesce(user_id, api_key_id)", persisted=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(user_id, api_key_id) = 1", name=op.f("ck_job_grants_one_holder")),
        sa.ForeignKeyConstraint(
            ["organization_id", "api_key_id"],
            ["api_keys.organization_id", "api_keys.id"],
            name=op.f("fk_job_grants_organization_id_api_key_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_job_grants_organization_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["users.organization_id", "users.id"],
            name=op.f("fk_job_grants_organization_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_job_grants")),
        sa.UniqueConstraint(
            "organization_id", "holder_id", "job_id", name=op.f("uq_job_grants_organization_id_holder_id_job_id")
        ),
    )
    op.create_index("ix_job_grants_job_id", "job_grants", ["organization_id", "job_id"], unique=False)
    op.create_table(
        "openings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Text(),
            sa.CheckConstraint("status IN ('open', 'filled', 'cancelled')", name="status"),
            nullable=False,
        ),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("target_start_on", sa.Date(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_openings_organization_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_openings")),
        sa.UniqueConstraint("organization_id", "external_id", name=op.f("uq_openings_organization_id_external_id")),
        sa.UniqueConstraint("organization_id", "job_id", "id", name=op.f("uq_openings_organization_id_job_id_id")),
    )
    op.create_index(
        "uq_openings_application_id",
        "openings",
        ["organization_id", "application_id"],
        unique=True,
        postgresql_where=sa.text("application_id IS NOT NULL"),
    )
    op.create_table(
        "stages",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint(
                "kind IN ('applied', 'screen', 'interview', 'assessment', 'offer', 'other')", name="kind"
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_stages_organization_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_stages")),
        sa.UniqueConstraint("organization_id", "job_id", "id", name=op.f("uq_stages_organization_id_job_id_id")),
    )
    op.create_table(
        "applications",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Text(),
            sa.CheckConstraint("status IN ('active', 'rejected', 'withdrawn', 'hired')", name="status"),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("note_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("opening_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "candidate_id"],
            ["candidates.organization_id", "candidates.id"],
            name=op.f("fk_applications_organization_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id", "stage_id"],
            ["stages.organization_id", "stages.job_id", "stages.id"],
            name=op.f("fk_applications_organization_id_job_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id"],
            ["jobs.organization_id", "jobs.id"],
            name=op.f("fk_applications_organization_id_job_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "reason_id"],
            ["rejection_reasons.organization_id", "rejection_reasons.id"],
            name=op.f("fk_applications_organization_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "source_id"],
            ["sources.organization_id", "sources.id"],
            name=op.f("fk_applications_organization_id_source_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_applications")),
        sa.UniqueConstraint("organization_id", "external_id", name=op.f("uq_applications_organization_id_external_id")),
    )
    op.create_index("ix_applications_applied_at", "applications", ["organization_id", "applied_at", "id"], unique=False)
    op.create_index(
        "ix_applications_candidate_id", "applications", ["organization_id", "candidate_id", "id"], unique=False
    )
    op.create_index("ix_applications_job_id", "applications", ["organization_id", "job_id", "id"], unique=False)
    op.create_index("ix_applications_updated_at", "applications", ["organization_id", "updated_at", "id"], unique=False)
    op.create_index(
        "uq_applications_active",
        "applications",
        ["organization_id", "candidate_id", "job_id"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "stage_history",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "application_id"],
            ["applications.organization_id", "applications.id"],
            name=op.f("fk_stage_history_organization_id_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "job_id", "stage_id"],
            ["stages.organization_id", "stages.job_id", "stages.id"],
            name=op.f("fk_stage_history_organization_id_job_id_stage_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_stage_history")),
    )
    op.create_index(
        "ix_stage_history_application_id", "stage_history", ["organization_id", "application_id", "id"], unique=False
    )
    op.create_index(
        "ix_stage_history_entered_at", "stage_history", ["organization_id", "entered_at", "id"], unique=False
    )
    op.create_index(
        "ix_stage_history_job_id", "stage_history", ["organization_id", "job_id", "entered_at", "id"], unique=False
    )
    op.create_index(
        "uq_stage_history_current",
        "stage_history",
        ["organization_id", "application_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )


def downgrade() -> None:
    for name in (
        "find_credential(text, text)",
        "find_sign_ins(bytea)",
        "candidates_by_words(tsquery)",
        "ranked_candidates(tsquery)",
        "candidates_by_email(bytea)",
        "candidates_by_phone(bytea)",
    ):
        op.execute(f"DROP FUNCTION {name}")
    op.drop_index("uq_stage_history_current", table_name="stage_history", postgresql_where=sa.text("left_at IS NULL"))
    op.drop_index("ix_stage_history_job_id", table_name="stage_history")
    op.drop_index("ix_stage_history_entered_at", table_name="stage_history")
    op.drop_index("ix_stage_history_application_id", table_name="stage_history")
    op.drop_table("stage_history")
    op.drop_index("uq_applications_active", table_name="applications", postgresql_where=sa.text("status = 'active'"))
    op.drop_index("ix_applications_updated_at", table_name="applications")
    op.drop_index("ix_applications_job_id", table_name="applications")
    op.drop_index("ix_applications_candidate_id", table_name="applications")
    op.drop_index("ix_applications_applied_at", table_name="applications")
    op.drop_table("applications")
    op.drop_table("stages")
    op.drop_index(
        "uq_openings_application_id", table_name="openings", postgresql_where=sa.text("application_id IS NOT NULL")
    )
    op.drop_table("openings")
    op.drop_index("ix_job_grants_job_id", table_name="job_grants")
    op.drop_table("job_grants")
    op.drop_table("hiring_team_members")
    op.drop_index("ix_sessions_user_id", table_name="sessions")
    op.drop_index("ix_sessions_public_id", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("ix_jobs_title", table_name="jobs")
    op.drop_index("ix_jobs_department_id", table_name="jobs")
    op.drop_table("jobs")
    op.drop_index("ix_candidates_words", table_name="candidates", postgresql_using="gin")
    op.drop_index("ix_candidates_updated_at", table_name="candidates")
    op.drop_index("ix_candidates_phone_hashes", table_name="candidates", postgresql_using="gin")
    op.drop_index("ix_candidates_email_hashes", table_name="candidates", postgresql_using="gin")
    op.drop_table("candidates")
    op.drop_index("ix_api_keys_public_id", table_name="api_keys")
    op.drop_table("api_keys")
    op.drop_index("ix_users_sign_in_hash", table_name="users")
    op.drop_table("users")
    op.drop_table("sources")
    op.drop_table("rejection_reasons")
    op.drop_table("organization_keys")
    op.drop_table("offices")
    op.drop_index("ix_idempotency_keys_expires_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index("ix_events_resource", table_name="events")
    op.drop_index("ix_events_feed", table_name="events")
    op.drop_table("events")
    op.drop_table("departments")
    op.drop_table("organizations")
    op.drop_table("deployment_keys")
