"""What the reads of intakes select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Application, Intake, PostEdition

COLUMNS = [
    getattr(Intake, name)
    for name in [
        "id",
        "status",
        "post_id",
        "job_id",
        "candidate_id",
        "application_id",
        "made_application",
        "source_id",
        "suspicion",
        "failure",
        "content_sealed",
        "flagged_count",
        "processed_at",
        "created_at",
        "updated_at",
        "version",
    ]
]
ANSWERED = (PostEdition.organization_id == Intake.organization_id) & (PostEdition.id == Intake.edition_id)


def _intakes(visibility: Visibility, *more: Any) -> Select[Any]:
    statement = mine(Intake, visibility, *COLUMNS, PostEdition.number.label("edition"), *more)
    return statement.join(PostEdition, ANSWERED)


ONE_INTAKE = ScopedQuery(
    lambda visibility: _intakes(visibility, PostEdition.questions).where(Intake.id == bindparam("id"))
)

INTAKES = Listing(
    select=_intakes,
    filters={
        "status": lambda: Intake.status == any_(bindparam("status", type_=ARRAY(Text))),
        "job_id": lambda: Intake.job_id == bindparam("job_id"),
        "post_id": lambda: Intake.post_id == bindparam("post_id"),
        "candidate_id": lambda: Intake.candidate_id == bindparam("candidate_id"),
        "application_id": lambda: Intake.application_id == bindparam("application_id"),
        "created_after": lambda: Intake.created_at > bindparam("created_after"),
        "updated_after": lambda: Intake.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Intake.id,), is_descending=True), "created_at": Sort((Intake.id,))},
)

# A candidate's own page. What it shows of the application is put into words elsewhere.
TRACKED = ScopedQuery(
    lambda visibility: (
        mine(
            Intake,
            visibility,
            Intake.id,
            Intake.status,
            Intake.token_hash,
            Intake.content_sealed,
            Intake.made_application,
            Intake.created_at,
            Intake.withdrawn_at,
            PostEdition.title,
            PostEdition.questions,
            Application.status.label("application_status"),
        )
        .join(PostEdition, ANSWERED)
        .outerjoin(
            Application,
            (Application.organization_id == Intake.organization_id) & (Application.id == Intake.application_id),
        )
        .where(Intake.token_public_id == bindparam("public_id"))
    )
)
