"""What the reads of scorecards select."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, DateTime, Select, Text, Uuid, any_, bindparam, case, func, null

from generated.enums import InterviewStatus, ScorecardStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Interview, Organization, Scorecard

OWN = [
    getattr(Scorecard, name)
    for name in [
        "id",
        "interview_id",
        "application_id",
        "candidate_id",
        "job_id",
        "interviewer_id",
        "status",
        "recommendation",
        "content_sealed",
        "submitted_at",
        "created_at",
        "updated_at",
        "version",
    ]
]
OF_INTERVIEW = (Interview.organization_id == Scorecard.organization_id) & (Interview.id == Scorecard.interview_id)


def _due_at() -> ColumnElement[Any]:
    """The planned end, or when the interview was said to have taken place if that came first."""
    return case(
        (Interview.status == InterviewStatus.SCHEDULED, Interview.ends_at),
        (Interview.status == InterviewStatus.COMPLETED, func.least(Interview.ends_at, Interview.concluded_at)),
        else_=null(),
    )


def _select(visibility: Visibility) -> Select[Any]:
    return mine(Scorecard, visibility, *OWN, _due_at().label("due_at")).join(Interview, OF_INTERVIEW)


ONE_SCORECARD = ScopedQuery(lambda visibility: _select(visibility).where(Scorecard.id == bindparam("id")))

OF_APPLICATION = ScopedQuery(
    lambda visibility: _select(visibility).where(Scorecard.application_id == bindparam("application_id"))
)

SCORECARDS = Listing(
    select=_select,
    filters={
        "application_id": lambda: Scorecard.application_id == bindparam("application_id"),
        "interview_id": lambda: Scorecard.interview_id == bindparam("interview_id"),
        "job_id": lambda: Scorecard.job_id == bindparam("job_id"),
        "candidate_id": lambda: Scorecard.candidate_id == bindparam("candidate_id"),
        "interviewer_id": lambda: Scorecard.interviewer_id == bindparam("interviewer_id"),
        "status": lambda: Scorecard.status == any_(bindparam("status", type_=ARRAY(Text))),
        "due_before": lambda: _due_at() < bindparam("due_before", type_=DateTime(timezone=True)),
        "created_after": lambda: Scorecard.created_at > bindparam("created_after"),
        "updated_after": lambda: Scorecard.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Scorecard.id,), is_descending=True), "created_at": Sort((Scorecard.id,))},
)


def _interviews_with_own(visibility: Visibility, status: ScorecardStatus) -> ColumnElement[Any]:
    """Of the interviews asked for (`interview_ids`) those whose scorecard of the reader (`reader_id`) is in this status."""
    own = mine(Scorecard, visibility, Scorecard.interview_id).where(
        Scorecard.interview_id == any_(bindparam("interview_ids", type_=ARRAY(Uuid))),
        Scorecard.interviewer_id == bindparam("reader_id", type_=Uuid()),
        Scorecard.status == status,
    )
    return func.array(own.correlate(None).scalar_subquery(), type_=ARRAY(Uuid))


# All that decides which scorecards of some interviews a reader may read.
READER = ScopedQuery(
    lambda visibility: mine(
        Organization,
        visibility,
        Organization.hide_scorecards_until_submitted.label("hides"),
        _interviews_with_own(visibility, ScorecardStatus.DRAFT).label("drafts"),
        _interviews_with_own(visibility, ScorecardStatus.SUBMITTED).label("submitted"),
    )
)
