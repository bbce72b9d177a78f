"""Files of candidates: what each is for, the application it belongs to, and who uploaded it."""

import sqlalchemy as sa
from alembic import op

revision = "c4a81e6f2d09"
down_revision = "f31b7d0e5c92"
branch_labels = None
depends_on = None

PARENTS = (("application_id", "applications"), ("job_id", "jobs"))
# What came with an application belongs to its job from the start, and to the application that was made of it.
FILL = """
UPDATE files AS file SET
    job_id = intake.job_id,
    application_id = intake.application_id,
    kind = CASE WHEN file.field = 'resume' THEN 'resume' ELSE 'other' END
FROM intakes AS intake
WHERE intake.organization_id = file.organization_id AND intake.id = file.intake_id
"""


def upgrade() -> None:
    for column, parent in PARENTS:
        op.add_column("files", sa.Column(column, sa.Uuid(), nullable=True))
        op.execute(
            f"ALTER TABLE files ADD CONSTRAINT fk_files_organization_id_{column}"
            f" FOREIGN KEY (organization_id, {column}) REFERENCES {parent} (organization_id, id) NOT VALID"
        )
    op.add_column(
        "files",
        sa.Column(
            "kind",
            sa.Text(),
            sa.CheckConstraint("kind IN ('resume', 'cover_letter', 'other')", name="kind"),
            server_default=sa.text("'other'"),
            nullable=False,
        ),
    )
    op.add_column(
        "files",
        sa.Column(
            "uploaded_by_type",
            sa.Text(),
            sa.CheckConstraint("uploaded_by_type IN ('user', 'api_key', 'system')", name="uploaded_by_type"),
            nullable=True,
        ),
    )
    op.add_column("files", sa.Column("uploaded_by_id", sa.Uuid(), nullable=True))
    for table in ("files", "intakes"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(FILL)
    for table in ("files", "intakes"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    with op.get_context().autocommit_block():
        for column, _ in PARENTS:
            op.execute(f"ALTER TABLE files VALIDATE CONSTRAINT fk_files_organization_id_{column}")
            op.create_index(
                f"ix_files_{column}",
                "files",
                ["organization_id", column, "id"],
                postgresql_concurrently=True,
                if_not_exists=True,
            )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for column, _ in PARENTS:
            op.drop_index(f"ix_files_{column}", "files", postgresql_concurrently=True)
    for column in ("uploaded_by_id", "uploaded_by_type", "kind", "job_id", "application_id"):
        op.drop_column("files", column)
