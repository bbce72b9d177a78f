"""Keyset pages: every list is one statement per page, bounded by an index, however deep the page lies.

A cursor is opaque: the values of the sort columns of the last row, and a fingerprint of filters and order, so that it cannot be
used with others. It grants nothing: whatever it says, rows are selected within the actor's organization and grants.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

import asyncpg
import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from generated.enums import Visibility
from impl.core.problems import CursorMismatch, InvalidCursor
from impl.db.query import Query

LIMIT_DEFAULT = 50
# What PostgreSQL takes of each type that lists are sorted by: bigint, real, timestamptz, text.
STORABLE: dict[type, Any] = {
    int: Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)],
    float: Annotated[float, msgspec.Meta(ge=-3e38, le=3e38)],
    datetime: Annotated[datetime, msgspec.Meta(tz=True)],
    str: Annotated[str, msgspec.Meta(pattern="^[^\\x00]*$")],
}


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: rows compare by `columns`, the last of which is unique."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Which page is asked for."""

    filters: Mapping[str, Any]
    sort: str
    limit: int
    cursor: str | None


@dataclass(eq=False)
class Listing:
    """One list: what it selects, its filters and its orders. Each combination that is asked for is compiled once.

    `select` gives the statement for a visibility; its columns must include the sort columns by their own names. A filter is a
    clause over a bind parameter of the filter's name.
    """

    select: Callable[[Visibility], Select[Any]]
    filters: Mapping[str, Callable[[], ColumnElement[bool]]]
    sorts: Mapping[str, Sort]
    _compiled: dict[tuple[Visibility, frozenset[str], str, bool], Query] = field(default_factory=dict)

    def query(self, visibility: Visibility, names: frozenset[str], sort: str, *, is_continued: bool) -> Query:
        """The compiled statement; binds the filters, `limit` and, when continued, `after_0`, `after_1` …"""
        key = (visibility, names, sort, is_continued)
        query = self._compiled.get(key)
        if query is None:
            query = self._compiled[key] = Query(self._statement(*key))
        return query

    def _statement(self, visibility: Visibility, names: frozenset[str], sort: str, is_continued: bool) -> Select[Any]:
        order = self.sorts[sort]
        statement = self.select(visibility).where(*(self.filters[name]() for name in sorted(names)))
        if is_continued:
            here = tuple_(*order.columns)
            after = tuple_(*(bindparam(f"after_{i}", type_=column.type) for i, column in enumerate(order.columns)))
            statement = statement.where(here < after if order.is_descending else here > after)
        ordered = [column.desc() if order.is_descending else column.asc() for column in order.columns]
        return statement.order_by(*ordered).limit(bindparam("limit"))


def fingerprint(operation_id: str, position: Position) -> str:
    """What a cursor belongs to: the operation, its filters and its order."""
    stable = msgspec.json.encode([operation_id, position.sort, sorted(position.filters.items())], enc_hook=str)
    return hashlib.blake2b(stable, digest_size=6).hexdigest()


def encode_cursor(mark: str, values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([mark, *values])).rstrip(b"=").decode()


def decode_cursor(cursor: str, mark: str, types: Sequence[type]) -> list[Any]:
    """The values in a cursor, typed, or `invalid_cursor`, or `cursor_mismatch` for one that belongs to another list."""
    try:
        content = msgspec.json.decode(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
        found, *values = content
        if found != mark and isinstance(found, str):
            raise CursorMismatch("Follow next_cursor with the same filters and sort that gave it.")
        return [_typed(value, kind) for value, kind in zip(values, types, strict=True)]
    except (binascii.Error, ValueError, TypeError, OverflowError, msgspec.MsgspecError, RecursionError):
        raise InvalidCursor("Use next_cursor as the previous page gave it.") from None


def _typed(value: Any, kind: type) -> Any:
    """The value as its column takes it; raises for one that no row can have."""
    typed = msgspec.convert(value, STORABLE.get(kind, kind))
    return typed.astimezone(UTC) if isinstance(typed, datetime) else typed


def position_of(query: Any, listing: Listing, fixed: Mapping[str, Any] | None = None) -> Position:
    """The page that a generated query model asks for: those of its fields that `listing` filters by, the sort, the place."""
    given = query.model_fields_set
    filters = {name: getattr(query, name) for name in given if name in listing.filters}
    sort = str(getattr(query, "sort", "")) or next(iter(listing.sorts))
    place = "cursor" if "cursor" in type(query).model_fields else "after"
    return Position({**filters, **(fixed or {})}, sort, query.limit, getattr(query, place) if place in given else None)


def after_values(cursor: str | None, mark: str, sort: Sort) -> dict[str, Any]:
    """The bind values that make a page start after `cursor`; none for the first page."""
    if cursor is None:
        return {}
    typed = decode_cursor(cursor, mark, [column.type.python_type for column in sort.columns])
    return {f"after_{index}": value for index, value in enumerate(typed)}


def sort_values(row: asyncpg.Record, sort: Sort) -> list[Any]:
    """What the cursor after `row` holds."""
    return [row[column.key] for column in sort.columns]
