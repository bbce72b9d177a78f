"""What the statements of the reports are made of: the stays that count, and words about them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    tuple_,
)
from sqlalchemy.orm import aliased

from generated.enums import StayOutcome, Visibility
from impl.core.access import mine
from impl.models import Application, Job, Stage, StageHistory

GROUPS_MAX = 1000
FILTERS = ("job_id", "department_id", "office_id", "source_id")
LABELS: dict[str, Any] = {
    "job_id": Uuid(),
    "stage_id": Uuid(),
    "stage_kind": Text(),
    "department_id": Uuid(),
    "month": Text(),
}


def instant(name: str) -> Any:
    """An instant that the statement is given."""
    return bindparam(name, type_=DateTime(timezone=True))


def within(column: Any, start: str, end: str) -> Any:
    """The instant lies in the half-open window that the statement is given."""
    return and_(column >= instant(start), column < instant(end))


def whole_seconds(start: Any, end: Any) -> Any:
    """How long it took, in whole seconds."""
    return cast(func.floor(func.extract("epoch", end - start)), BigInteger)


def percentile(share: float, value: Any) -> Any:
    """The nearest-rank percentile of a group."""
    return func.percentile_disc(share).within_group(value)


def without(keys: Iterable[Any], *names: str) -> list[Any]:
    """Those of `names` that a row is not grouped by, as nulls."""
    named = {key.key for key in keys}
    return [cast(null(), LABELS[name]).label(name) for name in names if name not in named]


def stays(visibility: Visibility, *columns: Any) -> Select[Any]:
    """The stays that had begun by `as_of`, that the actor sees, and that fit the filters."""
    tenant = StageHistory.organization_id
    return (
        mine(StageHistory, visibility, *columns)
        .join(Job, (Job.organization_id == tenant) & (Job.id == StageHistory.job_id))
        .join(Stage, (Stage.organization_id == tenant) & (Stage.id == StageHistory.stage_id))
        .join(Application, (Application.organization_id == tenant) & (Application.id == StageHistory.application_id))
        .where(StageHistory.entered_at <= instant("as_of"), *filters())
    )


def filters() -> list[Any]:
    """What the filters ask of a statement's Job and Application."""
    return [
        _fits("job_id", Job.id),
        _fits("department_id", Job.department_id),
        _fits("office_id", Job.office_id),
        _fits("source_id", Application.source_id),
    ]


def _fits(name: str, column: Any) -> Any:
    """The column is what was asked for, or nothing was."""
    wanted = bindparam(name, type_=Uuid())
    return or_(wanted.is_(None), column == wanted)


def _is_hire() -> Any:
    """The stay had ended in the hire by `as_of`, and no other stay had followed by then."""
    later = aliased(StageHistory)
    followed = exists(literal_column("1")).where(
        later.organization_id == StageHistory.organization_id,
        later.application_id == StageHistory.application_id,
        later.entered_at <= instant("as_of"),
        tuple_(later.entered_at, later.id) > tuple_(StageHistory.entered_at, StageHistory.id),
    )
    return and_(StageHistory.outcome == StayOutcome.HIRED, HAS_LEFT, ~followed)


HAS_LEFT = StageHistory.left_at <= instant("as_of")
IS_HIRE = _is_hire()
IN_COHORT = within(Application.applied_at, "applied_from", "applied_before")
