"""What the reports count: one statement each, over the stage history."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, DateTime, Select, Text, Uuid, bindparam, cast, func, null, or_

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import Application, Job, Stage, StageHistory

GROUPS_MAX = 1000


def _instant(name: str) -> Any:
    return bindparam(name, type_=DateTime(timezone=True))


_SECONDS = cast(func.floor(func.extract("epoch", StageHistory.left_at - StageHistory.entered_at)), BigInteger)


def _time_in_stage(*keys: Any) -> Callable[[Visibility], Select[Any]]:
    """Stays counted by `keys`; the other labels of a row are null."""
    named = {key.key for key in keys}
    empty = [
        cast(null(), kind).label(name)
        for name, kind in (("job_id", Uuid()), ("stage_id", Uuid()), ("stage_kind", Text()))
        if name not in named
    ]
    has_left = StageHistory.left_at <= _instant("as_of")
    measures = [
        func.count().label("entered_count"),
        func.count(StageHistory.application_id.distinct()).label("applications_count"),
        func.count().filter(has_left).label("left_count"),
        func.percentile_disc(0.5).within_group(_SECONDS).filter(has_left).label("p50_seconds"),
        func.percentile_disc(0.9).within_group(_SECONDS).filter(has_left).label("p90_seconds"),
    ]
    order = [func.count().desc(), *keys]

    def statement(visibility: Visibility) -> Select[Any]:
        counted = _stays(visibility, *keys, *empty, *measures)
        return counted.group_by(*keys).order_by(*order).limit(GROUPS_MAX + 1)

    return statement


def _stays(visibility: Visibility, *columns: Any) -> Select[Any]:
    """The stays that a report counts."""
    tenant = StageHistory.organization_id
    return (
        mine(StageHistory, visibility, *columns)
        .join(Job, (Job.organization_id == tenant) & (Job.id == StageHistory.job_id))
        .join(Stage, (Stage.organization_id == tenant) & (Stage.id == StageHistory.stage_id))
        .join(Application, (Application.organization_id == tenant) & (Application.id == StageHistory.application_id))
        .where(
            StageHistory.entered_at <= _instant("as_of"),
            StageHistory.entered_at >= _instant("entered_from"),
            StageHistory.entered_at < _instant("entered_before"),
            _fits("job_id", StageHistory.job_id),
            _fits("department_id", Job.department_id),
            _fits("office_id", Job.office_id),
            _fits("source_id", Application.source_id),
        )
    )


def _fits(name: str, column: Any) -> Any:
    """The column is what was asked for, or nothing was."""
    wanted = bindparam(name, type_=Uuid())
    return or_(wanted.is_(None), column == wanted)


_JOB = StageHistory.job_id.label("job_id")
_STAGE = StageHistory.stage_id.label("stage_id")
_KIND = cast(Stage.kind, Text).label("stage_kind")

TIME_BY_STAGE = ScopedQuery(_time_in_stage(_JOB, _STAGE, _KIND))
TIME_BY_KIND = ScopedQuery(_time_in_stage(_KIND))
TIME_BY_JOB = ScopedQuery(_time_in_stage(_JOB))
