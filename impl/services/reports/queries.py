"""What the reports count: one statement each, over the stage history."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Select,
    Text,
    and_,
    any_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on

from generated.enums import (
    CandidateStatus,
    HireBasis,
    HireGrouping,
    InterviewStatus,
    StageKind,
    StayOutcome,
    Visibility,
)
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import (
    Application,
    Candidate,
    Event,
    Interview,
    Job,
    Message,
    Offer,
    Scorecard,
    Stage,
    StageHistory,
)
from impl.services.reports.stays import (
    GROUPS_MAX,
    HAS_LEFT,
    IN_COHORT,
    IS_HIRE,
    filters,
    instant,
    percentile,
    stays,
    whole_seconds,
    within,
    without,
)

_JOB = StageHistory.job_id.label("job_id")
_STAGE = StageHistory.stage_id.label("stage_id")
_KIND = cast(Stage.kind, Text).label("stage_kind")
_DEPARTMENT = Job.department_id.label("department_id")
_MONTH = func.to_char(func.timezone("UTC", StageHistory.left_at), "YYYY-MM").label("month")
_CURRENT = "current"


def _time_in_stage(*keys: Any) -> Callable[[Visibility], Select[Any]]:
    """Stays counted by `keys`; the other labels of a row are null."""
    lasted = whole_seconds(StageHistory.entered_at, StageHistory.left_at)
    columns = [
        *keys,
        *without(keys, "job_id", "stage_id", "stage_kind"),
        func.count().label("entered_count"),
        func.count(StageHistory.application_id.distinct()).label("applications_count"),
        func.count().filter(HAS_LEFT).label("left_count"),
        percentile(0.5, lasted).filter(HAS_LEFT).label("p50_seconds"),
        percentile(0.9, lasted).filter(HAS_LEFT).label("p90_seconds"),
    ]
    window = within(StageHistory.entered_at, "entered_from", "entered_before")
    order = [func.count().desc(), *keys]
    return lambda visibility: (
        stays(visibility, *columns).where(window).group_by(*keys).order_by(*order).limit(GROUPS_MAX + 1)
    )


TIME_BY_STAGE = ScopedQuery(_time_in_stage(_JOB, _STAGE, _KIND))
TIME_BY_KIND = ScopedQuery(_time_in_stage(_KIND))
TIME_BY_JOB = ScopedQuery(_time_in_stage(_JOB))


def _last_stays(visibility: Visibility, keys: Sequence[Any]) -> Any:
    """Of each application of the cohort the last stay in each group, with what had come of it by `as_of`."""
    # A stay that an earlier release has ended does not say how: it was left.
    ended = func.coalesce(cast(StageHistory.outcome, Text), StayOutcome.MOVED.value)
    outcome = case((HAS_LEFT, ended), else_=_CURRENT).label("outcome")
    group: list[Any] = [StageHistory.application_id, *(key.element for key in keys)]
    latest: list[Any] = [StageHistory.entered_at.desc(), StageHistory.id.desc()]
    last = stays(visibility, *keys, Stage.position.label("position"), outcome).where(IN_COHORT)
    return last.ext(distinct_on(*group)).order_by(*group, *latest).subquery("last")


def _funnel(*keys: Any) -> Callable[[Visibility], Select[Any]]:
    counted = {
        _CURRENT: _CURRENT,
        "passed": "moved",
        "rejected": "rejected",
        "withdrawn": "withdrawn",
        "hired": "hired",
    }

    def statement(visibility: Visibility) -> Select[Any]:
        last = _last_stays(visibility, keys).c
        names = [last[key.key] for key in keys]
        outcomes = [
            func.count().filter(last.outcome == value).label(f"{name}_count") for name, value in counted.items()
        ]
        labels = [*names, *without(keys, "job_id", "stage_id"), func.count().label("entered_count"), *outcomes]
        order = [last.job_id, func.min(last.position), last.stage_id] if _STAGE in keys else [_rank(last.stage_kind)]
        return select(*labels).group_by(*names).order_by(*order).limit(GROUPS_MAX + 1)

    return statement


def _rank(kind: Any) -> Any:
    """The place of a kind of stage in its enum."""
    return case({each.value: place for place, each in enumerate(StageKind)}, value=kind)


FUNNEL_BY_STAGE = ScopedQuery(_funnel(_JOB, _STAGE, _KIND))
FUNNEL_BY_KIND = ScopedQuery(_funnel(_KIND))


_IS_OFFERED = (
    exists(literal_column("1"))
    .where(
        Offer.organization_id == StageHistory.organization_id,
        Offer.application_id == StageHistory.application_id,
        Offer.job_id == StageHistory.job_id,
        Offer.sent_at <= instant("as_of"),
    )
    .correlate(StageHistory)
)


def _source_yield(visibility: Visibility) -> Select[Any]:
    applications = func.count(StageHistory.application_id.distinct())
    columns = [
        Application.source_id,
        applications.label("applications_count"),
        # Over all groups, those behind the limit too.
        cast(func.sum(applications).over(), BigInteger).label("all_count"),
        *(applications.filter(Stage.kind == kind).label(f"{kind.value}_count") for kind in StageKind),
        applications.filter(_IS_OFFERED).label("offers_count"),
        applications.filter(IS_HIRE).label("hires_count"),
    ]
    counted = stays(visibility, *columns).where(IN_COHORT).group_by(Application.source_id)
    return counted.order_by(applications.desc(), Application.source_id).limit(GROUPS_MAX + 1)


SOURCE_YIELD = ScopedQuery(_source_yield)

_LAST_OPENED_AT = (
    select(func.max(Event.occurred_at))
    .where(
        Event.organization_id == StageHistory.organization_id,
        Event.resource_id == StageHistory.job_id,
        Event.type == "job.opened",
        Event.occurred_at <= StageHistory.left_at,
    )
    .correlate(StageHistory)
    .scalar_subquery()
)
_BEGINNINGS = {HireBasis.APPLIED: Application.applied_at, HireBasis.OPENED: _LAST_OPENED_AT}
_HIRE_KEYS: dict[HireGrouping, list[Any]] = {
    HireGrouping.JOB: [_JOB],
    HireGrouping.DEPARTMENT: [_DEPARTMENT],
    HireGrouping.MONTH: [_MONTH],
    HireGrouping.ALL: [],
}


def _time_to_hire(basis: HireBasis, keys: Sequence[Any]) -> Callable[[Visibility], Select[Any]]:
    took = whole_seconds(_BEGINNINGS[basis], StageHistory.left_at).label("took")
    is_hired = within(StageHistory.left_at, "hired_from", "hired_before")

    def statement(visibility: Visibility) -> Select[Any]:
        hires = stays(visibility, *keys, took).where(IS_HIRE, is_hired).subquery("hires").c
        names = [hires[key.key] for key in keys]
        labels = [
            *names,
            *without(keys, "job_id", "department_id", "month"),
            func.count().label("hires_count"),
            func.count(hires.took).label("measured_count"),
            percentile(0.5, hires.took).label("p50_seconds"),
            percentile(0.9, hires.took).label("p90_seconds"),
            cast(func.floor(func.avg(hires.took)), BigInteger).label("mean_seconds"),
        ]
        order = names if _MONTH in keys else [func.count().desc(), *names]
        counted = select(*labels).having(func.count() > 0).order_by(*order).limit(GROUPS_MAX + 1)
        return counted.group_by(*names) if names else counted

    return statement


TIME_TO_HIRE = {
    (basis, grouping): ScopedQuery(_time_to_hire(basis, keys))
    for basis in HireBasis
    for grouping, keys in _HIRE_KEYS.items()
}

_SENT_AT = (
    select(func.max(Message.sent_at))
    .where(
        Message.organization_id == StageHistory.organization_id,
        Message.candidate_id == StageHistory.candidate_id,
        or_(
            Message.application_id == StageHistory.application_id,
            and_(Message.application_id.is_(None), Message.job_id.is_(None)),
        ),
        Message.sent_at <= instant("as_of"),
    )
    .correlate(StageHistory)
    .scalar_subquery()
)
_HAPPENED_AT = (
    select(func.max(Event.occurred_at))
    .where(
        Event.organization_id == StageHistory.organization_id,
        Event.candidate_id == StageHistory.candidate_id,
        Event.application_id == StageHistory.application_id,
        Event.resource_type != "message",
        Event.occurred_at <= instant("as_of"),
    )
    .correlate(StageHistory)
    .scalar_subquery()
)


def _overdue(visibility: Visibility) -> Any:
    """The stays that go on at `as_of`, and since when nothing has happened."""
    tenant = StageHistory.organization_id
    columns = [
        StageHistory.application_id,
        StageHistory.candidate_id,
        StageHistory.job_id,
        StageHistory.stage_id,
        StageHistory.entered_at.label("stage_entered_at"),
        func.greatest(StageHistory.entered_at, _SENT_AT, _HAPPENED_AT).label("quiet_since"),
    ]
    return (
        stays(visibility, *columns)
        .join(Candidate, (Candidate.organization_id == tenant) & (Candidate.id == StageHistory.candidate_id))
        .where(
            or_(StageHistory.left_at.is_(None), StageHistory.left_at > instant("as_of")),
            StageHistory.entered_at <= instant("quiet_before"),
            Candidate.status == CandidateStatus.ACTIVE,
        )
        .subquery("standing")
        .c
    )


def _overdue_replies(visibility: Visibility) -> Select[Any]:
    standing = _overdue(visibility)
    listed = select(*standing).where(standing.quiet_since <= instant("quiet_before"))
    return listed.order_by(standing.quiet_since, standing.application_id).limit(GROUPS_MAX + 1)


def _overdue_by_job(visibility: Visibility) -> Select[Any]:
    standing = _overdue(visibility)
    counted = select(standing.job_id, func.count().label("applications_count")).group_by(standing.job_id)
    is_overdue = standing.quiet_since <= instant("quiet_before")
    return counted.where(is_overdue).order_by(literal_column("2").desc(), standing.job_id).limit(GROUPS_MAX + 1)


OVERDUE_REPLIES = ScopedQuery(_overdue_replies)
OVERDUE_BY_JOB = ScopedQuery(_overdue_by_job)


def _owed(visibility: Visibility) -> Any:
    """The scorecards that were due at `as_of` and not there."""
    tenant, as_of = Scorecard.organization_id, instant("as_of")
    columns = [
        Scorecard.id.label("scorecard_id"),
        Scorecard.interview_id,
        Scorecard.application_id,
        Scorecard.job_id,
        Scorecard.interviewer_id,
        Interview.ends_at.label("due_at"),
    ]
    called_off = Interview.status == any_(cast([InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW], ARRAY(Text)))
    return (
        mine(Scorecard, visibility, *columns)
        .join(Interview, (Interview.organization_id == tenant) & (Interview.id == Scorecard.interview_id))
        .join(Job, (Job.organization_id == tenant) & (Job.id == Scorecard.job_id))
        .join(Application, (Application.organization_id == tenant) & (Application.id == Scorecard.application_id))
        .where(
            Interview.requires_scorecards,
            Interview.ends_at <= as_of,
            or_(~called_off, Interview.concluded_at > as_of),
            Scorecard.created_at <= as_of,
            or_(Scorecard.submitted_at.is_(None), Scorecard.submitted_at > as_of),
            *filters(),
        )
        .subquery("owed")
        .c
    )


def _missing_scorecards(visibility: Visibility) -> Select[Any]:
    owed = _owed(visibility)
    return select(*owed).order_by(owed.due_at, owed.scorecard_id).limit(GROUPS_MAX + 1)


def _missing_by_interviewer(visibility: Visibility) -> Select[Any]:
    owed = _owed(visibility)
    counted = select(owed.interviewer_id, func.count().label("scorecards_count")).group_by(owed.interviewer_id)
    return counted.order_by(literal_column("2").desc(), owed.interviewer_id).limit(GROUPS_MAX + 1)


MISSING_SCORECARDS = ScopedQuery(_missing_scorecards)
MISSING_BY_INTERVIEWER = ScopedQuery(_missing_by_interviewer)
