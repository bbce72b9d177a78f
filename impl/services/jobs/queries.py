"""What the reads of jobs select."""

from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from generated import responses
from generated.enums import ApplicationStatus, OpeningStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import (
    Application,
    Department,
    HiringTeamMember,
    Job,
    Office,
    Opening,
    ScorecardAttribute,
    Stage,
    StageHistory,
)
from impl.models.base import Base
from impl.services.custom_fields import queries as custom_fields


def _columns(model: type[Base], shape: type[msgspec.Struct]) -> list[Any]:
    """The columns that a response shows under their own names."""
    return [getattr(model, name) for name in shape.__struct_fields__ if hasattr(model, name)]


def _count_of(status: OpeningStatus) -> Any:
    return (
        select(func.count())
        .select_from(Opening)
        .where(Opening.organization_id == Job.organization_id, Opening.job_id == Job.id, Opening.status == status.value)
        .scalar_subquery()
    )


def _jobs(visibility: Visibility) -> Select[Any]:
    return mine(
        Job,
        visibility,
        *_columns(Job, responses.Job),
        Job.custom_fields_sealed,
        _count_of(OpeningStatus.OPEN).label("open_openings_count"),
        _count_of(OpeningStatus.FILLED).label("filled_openings_count"),
    )


def _openings(visibility: Visibility) -> Select[Any]:
    return mine(Opening, visibility, *_columns(Opening, responses.Opening))


def _stages(visibility: Visibility) -> Select[Any]:
    return mine(Stage, visibility, Stage.id).where(Stage.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def _has(model: type[Application | StageHistory]) -> ColumnElement[bool]:
    """The stage has, or once had, one of `model`."""
    return exists(literal_column("1")).where(
        model.organization_id == Stage.organization_id, model.job_id == Stage.job_id, model.stage_id == Stage.id
    )


def _active_applications(visibility: Visibility) -> Select[Any]:
    return (
        mine(Application, visibility, Application.id)
        .where(Application.job_id == bindparam("job_id"), Application.status == ApplicationStatus.ACTIVE.value)
        .order_by(Application.id)
    )


ONE_JOB = ScopedQuery(lambda visibility: _jobs(visibility).where(Job.id == bindparam("id")))

# What the documents that are part of a job (pipeline, team) say of it.
JOB_HEAD = ScopedQuery(
    lambda visibility: mine(Job, visibility, Job.id, Job.updated_at, Job.version).where(Job.id == bindparam("id"))
)

JOBS = Listing(
    select=_jobs,
    filters={
        **custom_fields.filters(Job, "job_id"),
        "status": lambda: Job.status == any_(bindparam("status", type_=ARRAY(Text))),
        "department_id": lambda: Job.department_id == bindparam("department_id"),
        "office_id": lambda: Job.office_id == bindparam("office_id"),
        "external_id": lambda: Job.external_id == bindparam("external_id"),
        "is_archived": lambda: Job.is_archived == bindparam("is_archived"),
        "created_after": lambda: Job.created_at > bindparam("created_after"),
        "updated_after": lambda: Job.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Job.id,), is_descending=True),
        "created_at": Sort((Job.id,)),
        "title": Sort((Job.title, Job.id)),
        "-title": Sort((Job.title, Job.id), is_descending=True),
    },
)

ONE_DEPARTMENT = ScopedQuery(
    lambda visibility: mine(Department, visibility, *_columns(Department, responses.Department)).where(
        Department.id == bindparam("id")
    )
)

ONE_OFFICE = ScopedQuery(
    lambda visibility: mine(Office, visibility, *_columns(Office, responses.Office)).where(Office.id == bindparam("id"))
)

STAGES = ScopedQuery(
    lambda visibility: (
        mine(Stage, visibility, *_columns(Stage, responses.Stage))
        .where(Stage.job_id == bindparam("job_id"))
        .order_by(Stage.position, Stage.id)
    )
)

# Waits for every application that is just entering one of the stages, and keeps further ones out.
LOCKED_STAGES = ScopedQuery(lambda visibility: _stages(visibility).order_by(Stage.id).with_for_update())

USED_STAGES = ScopedQuery(lambda visibility: _stages(visibility).where(or_(_has(Application), _has(StageHistory))))

TEAM = ScopedQuery(
    lambda visibility: (
        mine(HiringTeamMember, visibility, HiringTeamMember.user_id, HiringTeamMember.role)
        .where(HiringTeamMember.job_id == bindparam("job_id"))
        .order_by(HiringTeamMember.id)
    )
)

SCORECARD_FORM = ScopedQuery(
    lambda visibility: (
        mine(
            ScorecardAttribute,
            visibility,
            ScorecardAttribute.name,
            ScorecardAttribute.description,
            ScorecardAttribute.is_required,
        )
        .where(ScorecardAttribute.job_id == bindparam("job_id"))
        .order_by(ScorecardAttribute.position)
    )
)

ACTIVE_APPLICATIONS = ScopedQuery(_active_applications)

HELD_APPLICATIONS = ScopedQuery(lambda visibility: _active_applications(visibility).with_for_update(key_share=True))

ONE_OPENING = ScopedQuery(lambda visibility: _openings(visibility).where(Opening.id == bindparam("id")))

OPENINGS = Listing(
    select=_openings,
    filters={
        "job_id": lambda: Opening.job_id == bindparam("job_id"),
        "status": lambda: Opening.status == any_(bindparam("status", type_=ARRAY(Text))),
        "created_after": lambda: Opening.created_at > bindparam("created_after"),
        "updated_after": lambda: Opening.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Opening.id,), is_descending=True),
        "created_at": Sort((Opening.id,)),
    },
)
