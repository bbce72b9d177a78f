"""A function that names all organizations, for the worker and the command line, which serve every one of them."""

from alembic import op

revision = "5f0c9d1e7a34"
down_revision = "be75226c48be"
branch_labels = None
depends_on = None

LIST_ORGANIZATIONS = """
CREATE FUNCTION list_organizations() RETURNS TABLE (id uuid, slug text, is_suspended boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT o.id, o.slug, o.is_suspended FROM public.organizations o ORDER BY o.id $$
"""


def upgrade() -> None:
    op.execute(LIST_ORGANIZATIONS)


def downgrade() -> None:
    op.execute("DROP FUNCTION list_organizations()")
