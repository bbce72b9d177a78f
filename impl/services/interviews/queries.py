"""What the reads of interviews select."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
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

from generated.enums import InterviewStatus, Visibility
from generated.operations import ROLES
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Candidate, Interview, Interviewer, JobGrant, User

OWN = [
    getattr(Interview, name)
    for name in [
        "id",
        "application_id",
        "candidate_id",
        "job_id",
        "kind",
        "status",
        "starts_at",
        "ends_at",
        "time_zone",
        "details_sealed",
        "requires_scorecards",
        "cancel_reason",
        "concluded_at",
        "created_at",
        "updated_at",
        "version",
    ]
]
SEES_EVERY_JOB = sorted(role.name for role in ROLES.values() if Visibility(role.visibility) is Visibility.ORGANIZATION)


def _interviewer_ids() -> ColumnElement[Any]:
    """Who holds the interview, in the order of being asked."""
    held = (
        select(Interviewer.user_id)
        .where(Interviewer.organization_id == Interview.organization_id, Interviewer.interview_id == Interview.id)
        .order_by(Interviewer.id)
        .correlate(Interview)
        .scalar_subquery()
    )
    return func.array(held, type_=ARRAY(Uuid))


def _is_held_by() -> ColumnElement[bool]:
    return exists(literal_column("1")).where(
        Interviewer.organization_id == Interview.organization_id,
        Interviewer.interview_id == Interview.id,
        Interviewer.user_id == bindparam("interviewer_id"),
    )


def _select(visibility: Visibility) -> Select[Any]:
    return mine(Interview, visibility, *OWN, _interviewer_ids().label("interviewer_ids"))


ONE_INTERVIEW = ScopedQuery(lambda visibility: _select(visibility).where(Interview.id == bindparam("id")))

INTERVIEWS = Listing(
    select=_select,
    filters={
        "application_id": lambda: Interview.application_id == bindparam("application_id"),
        "job_id": lambda: Interview.job_id == bindparam("job_id"),
        "candidate_id": lambda: Interview.candidate_id == bindparam("candidate_id"),
        "interviewer_id": _is_held_by,
        "status": lambda: Interview.status == any_(bindparam("status", type_=ARRAY(Text))),
        "starts_after": lambda: Interview.starts_at > bindparam("starts_after"),
        "starts_before": lambda: Interview.starts_at < bindparam("starts_before"),
        "created_after": lambda: Interview.created_at > bindparam("created_after"),
        "updated_after": lambda: Interview.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-starts_at": Sort((Interview.starts_at, Interview.id), is_descending=True),
        "starts_at": Sort((Interview.starts_at, Interview.id)),
        "-created_at": Sort((Interview.id,), is_descending=True),
        "created_at": Sort((Interview.id,)),
    },
)

# When somebody (`user_id`) holds interviews, of whichever job: times alone.
BUSY = ScopedQuery(
    lambda visibility: (
        mine(Interview, Visibility.ORGANIZATION, Interview.starts_at, Interview.ends_at)
        .join(
            Interviewer,
            (Interviewer.organization_id == Interview.organization_id) & (Interviewer.interview_id == Interview.id),
        )
        .where(
            Interviewer.user_id == bindparam("user_id"),
            Interview.status == InterviewStatus.SCHEDULED,
            Interview.ends_at > bindparam("ends_after"),
            or_(
                bindparam("starts_before", type_=DateTime(timezone=True)).is_(None),
                Interview.starts_at < bindparam("starts_before", type_=DateTime(timezone=True)),
            ),
        )
        .order_by(Interview.starts_at, Interview.id)
        .limit(bindparam("limit"))
    )
)

CANDIDATES = ScopedQuery(
    lambda visibility: mine(Candidate, visibility, Candidate.id, Candidate.status, Candidate.profile_sealed).where(
        Candidate.id == any_(bindparam("candidate_ids", type_=ARRAY(Uuid)))
    )
)


def _sees_job() -> ColumnElement[bool]:
    granted = exists(literal_column("1")).where(
        JobGrant.organization_id == User.organization_id,
        JobGrant.holder_id == User.id,
        JobGrant.job_id == bindparam("job_id", type_=Uuid()),
    )
    return or_(granted, *(User.role == role for role in SEES_EVERY_JOB))


# Users by their ids (`user_ids`), and whether each may hold an interview for a job (`job_id`).
ELIGIBLE = ScopedQuery(
    lambda visibility: mine(User, visibility, User.id, (User.is_active & _sees_job()).label("is_eligible")).where(
        User.id == any_(bindparam("user_ids", type_=ARRAY(Uuid)))
    )
)
