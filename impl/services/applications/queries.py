"""What the reads of applications select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, Uuid, any_, bindparam, select, update

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import Application, Candidate, File, Job, ResumeParse, Stage, StageHistory
from impl.services.custom_fields import queries as custom_fields

OWN = [
    getattr(Application, name)
    for name in [
        "id",
        "candidate_id",
        "job_id",
        "stage_id",
        "status",
        "source_id",
        "external_id",
        "applied_at",
        "stage_entered_at",
        "ended_at",
        "reason_id",
        "note_sealed",
        "custom_fields_sealed",
        "opening_id",
        "offer_id",
        "starts_on",
        "created_at",
        "updated_at",
        "version",
    ]
]

# Who sees the application in its new job sees its files, and what was read out of them.
FILES_FOLLOW = tuple(
    Query(
        update(model)
        .where(
            model.organization_id == bindparam("organization_id_"), model.application_id == bindparam("application_id_")
        )
        .values(job_id=bindparam("job_id_"))
    )
    for model in (File, ResumeParse)
)

# One joined statement serves every `include`: the joins are by primary key, and the answer shows what was asked for.
RELATED = [
    Candidate.status.label("candidate_status"),
    Candidate.profile_sealed.label("candidate_profile_sealed"),
    Job.title.label("job_title"),
    Job.status.label("job_status"),
    Stage.name.label("stage_name"),
    Stage.kind.label("stage_kind"),
]


def _select(visibility: Visibility) -> Select[Any]:
    tenant = Application.organization_id
    return (
        mine(Application, visibility, *OWN, *RELATED)
        .join(Candidate, (Candidate.organization_id == tenant) & (Candidate.id == Application.candidate_id))
        .join(Job, (Job.organization_id == tenant) & (Job.id == Application.job_id))
        .join(Stage, (Stage.organization_id == tenant) & (Stage.id == Application.stage_id))
    )


ONE_APPLICATION = ScopedQuery(lambda visibility: _select(visibility).where(Application.id == bindparam("id")))

APPLICATIONS = Listing(
    select=_select,
    filters={
        "job_id": lambda: Application.job_id == bindparam("job_id"),
        "candidate_id": lambda: Application.candidate_id == bindparam("candidate_id"),
        "stage_id": lambda: Application.stage_id == bindparam("stage_id"),
        "source_id": lambda: Application.source_id == bindparam("source_id"),
        "status": lambda: Application.status == any_(bindparam("status", type_=ARRAY(Text))),
        "external_id": lambda: Application.external_id == bindparam("external_id"),
        **custom_fields.filters(Application, "application_id"),
        "created_after": lambda: Application.created_at > bindparam("created_after"),
        "updated_after": lambda: Application.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Application.id,), is_descending=True),
        "created_at": Sort((Application.id,)),
        "-applied_at": Sort((Application.applied_at, Application.id), is_descending=True),
        "applied_at": Sort((Application.applied_at, Application.id)),
        "-updated_at": Sort((Application.updated_at, Application.id), is_descending=True),
        "updated_at": Sort((Application.updated_at, Application.id)),
    },
)


def _prerequisites(visibility: Visibility) -> Select[Any]:
    """All that decides whether a candidate can be put on a job, in one row; a column is null where nothing is visible."""
    candidate_id, job_id, stage_id = (bindparam(name, type_=Uuid()) for name in ("candidate_id", "job_id", "stage_id"))
    standing = (Application.candidate_id == candidate_id) & (Application.job_id == job_id)
    first = mine(Stage, visibility, Stage.id).where(Stage.job_id == job_id, Stage.is_retired.is_(False))
    return select(
        _one(mine(Candidate, visibility, Candidate.status).where(Candidate.id == candidate_id), "candidate_status"),
        _one(
            mine(Candidate, visibility, Candidate.source_id).where(Candidate.id == candidate_id), "candidate_source_id"
        ),
        # Locked against closing: an application is made before its job closes, or sees that it has closed.
        _one(
            mine(Job, visibility, Job.status).where(Job.id == job_id).with_for_update(key_share=True, read=True),
            "job_status",
        ),
        _one(first.order_by(Stage.position).limit(1), "first_stage_id"),
        _one(mine(Stage, visibility, Stage.job_id).where(Stage.id == stage_id), "stage_job_id"),
        _one(mine(Stage, visibility, Stage.is_retired).where(Stage.id == stage_id), "stage_is_retired"),
        _one(
            mine(Application, visibility, Application.id).where(standing, Application.status == "active"), "standing_id"
        ),
    )


def _one(statement: Select[Any], name: str) -> Any:
    return statement.correlate(None).scalar_subquery().label(name)


PREREQUISITES = ScopedQuery(_prerequisites)

STAGE_HISTORY = Listing(
    select=lambda visibility: mine(
        StageHistory,
        visibility,
        *(
            getattr(StageHistory, name)
            for name in [
                "id",
                "application_id",
                "candidate_id",
                "job_id",
                "stage_id",
                "entered_at",
                "left_at",
                "outcome",
            ]
        ),
    ),
    filters={
        "job_id": lambda: StageHistory.job_id == bindparam("job_id"),
        "application_id": lambda: StageHistory.application_id == bindparam("application_id"),
        "candidate_id": lambda: StageHistory.candidate_id == bindparam("candidate_id"),
        "stage_id": lambda: StageHistory.stage_id == bindparam("stage_id"),
        "entered_after": lambda: StageHistory.entered_at > bindparam("entered_after"),
        "entered_before": lambda: StageHistory.entered_at < bindparam("entered_before"),
    },
    sorts={
        "-entered_at": Sort((StageHistory.entered_at, StageHistory.id), is_descending=True),
        "entered_at": Sort((StageHistory.entered_at, StageHistory.id)),
    },
)
