"""New rows as statements: built once for each table, with the defaults that the database would otherwise be asked for."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import Uuid, bindparam, insert, literal_column, select
from sqlalchemy import cast as sa_cast

from generated.enums import CandidateStatus
from impl import models
from impl.db.query import Query
from impl.models.base import Base

Row = TypeVar("Row", bound=Base)
TAKING_ROWS = (CandidateStatus.ACTIVE, CandidateStatus.QUARANTINED)
CANDIDATE_EXISTS = Query(
    select(literal_column("1")).where(
        models.Candidate.organization_id == bindparam("organization_id"), models.Candidate.id == bindparam("id")
    )
)


def new_row(model: type[Row], values: dict[str, Any]) -> Row:
    """An unsaved row with the defaults that the database would otherwise be asked for."""
    for name, default in defaults_of(model):
        if name not in values:
            values[name] = default()
    return model(**values)


@functools.cache
def defaults_of(model: type[Base]) -> list[tuple[str, Callable[[], Any]]]:
    """What each insertable column is when nobody says: its Python default, else null."""
    found: list[tuple[str, Callable[[], Any]]] = []
    for column in _insertable(model):
        default = column.default
        if default is None:
            found.append((column.key, lambda: None))
        elif default.is_callable:
            found.append((column.key, functools.partial(cast(Any, default).arg, None)))
        else:
            found.append((column.key, functools.partial(_same, cast(Any, default).arg)))
    return found


@functools.cache
def insert_of(model: type[Base]) -> Query:
    return Query(insert(model), columns=[column.key for column in _insertable(model)])


@functools.cache
def is_of_candidate(model: type[Base]) -> bool:
    """Whether the table's `candidate_id` refers to a candidate by a foreign key."""
    column = model.__table__.columns.get("candidate_id")
    return column is not None and any(key.column.table.name == "candidates" for key in column.foreign_keys)


@functools.cache
def insert_for_candidate(model: type[Base]) -> Query:
    """The insert, if the candidate takes new rows. It waits for a merge or an erasure that is running."""
    names = [column.key for column in _insertable(model)]
    values = [_given(column) for column in _insertable(model)]
    candidate = models.Candidate
    living = (
        select(*values)
        .select_from(candidate)
        .where(
            candidate.organization_id == bindparam("organization_id", type_=Uuid()),
            candidate.id == bindparam("candidate_id", type_=Uuid()),
            candidate.status.in_([literal_column(f"'{status}'") for status in TAKING_ROWS]),
        )
        .with_for_update(read=True, key_share=True)
    )
    return Query(insert(model).from_select(names, living, include_defaults=False))


def _given(column: Any) -> Any:
    return sa_cast(bindparam(column.key, type_=column.type), column.type).label(column.key)


def _insertable(model: type[Base]) -> list[Any]:
    return [
        column
        for column in model.__table__.columns
        if column.computed is None
        and column.identity is None
        and (column.server_default is None or column.default is not None)
    ]


def _same(value: Any) -> Any:
    return value


INSERT_EVENT = insert_of(models.Event)
