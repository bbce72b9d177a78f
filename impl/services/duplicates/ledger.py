"""The rows that go over to another candidate and come back: one statement for each table that holds something about a person."""

import functools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, exists, func, insert, literal_column, select, true, update
from sqlalchemy.orm import aliased

from impl import models
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.db.query import Query
from impl.lib import clock, ids
from impl.models.base import Resource
from impl.models.subject import HOLDINGS, Holding

KEEP = Query(insert(models.MergedRow), columns=["organization_id", "id", "merge_id", "table_name", "row_id"])
MOVED = ScopedQuery(
    lambda visibility: (
        mine(models.MergedRow, visibility, models.MergedRow.row_id)
        .where(models.MergedRow.merge_id == bindparam("merge_id"), models.MergedRow.table_name == bindparam("name"))
        .order_by(models.MergedRow.row_id)
    )
)


FILES_READ = Query(
    update(models.ResumeParse)
    .values(candidate_id=models.File.candidate_id)
    .where(
        models.ResumeParse.organization_id == bindparam("organization_id"),
        models.ResumeParse.candidate_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
        models.File.organization_id == models.ResumeParse.organization_id,
        models.File.id == models.ResumeParse.attachment_id,
        models.File.candidate_id != models.ResumeParse.candidate_id,
    )
)


async def move_all(ctx: Context, merge: models.CandidateMerge) -> dict[str, int]:
    """Give every row of the duplicate to the survivor and write it into the ledger; how many of each table."""
    counts: dict[str, int] = {}
    for holding in HOLDINGS:
        rows = await ctx.connection.rows(_move(holding), **_change(ctx, holding, merge.duplicate_id, merge.survivor_id))
        if rows:
            counts[holding.name] = len(rows)
            await keep(ctx, merge.id, holding.name, [row["id"] for row in rows])
    return counts


async def keep(ctx: Context, merge_id: UUID, table: str, row_ids: Sequence[UUID]) -> None:
    """Write into the ledger that these rows went over."""
    entries: list[dict[str, object]] = [
        {
            "organization_id": ctx.organization_id,
            "id": ids.new_id(),
            "merge_id": merge_id,
            "table_name": table,
            "row_id": row_id,
        }
        for row_id in row_ids
    ]
    await ctx.connection.execute_many(KEEP, entries)


async def moved(ctx: Context, merge_id: UUID, table: str) -> list[UUID]:
    """The rows of a table that a merge moved."""
    return [row["row_id"] for row in await ctx.rows(MOVED, merge_id=merge_id, name=table)]


async def move_back(ctx: Context, merge: models.CandidateMerge, applications: Sequence[UUID]) -> None:
    """Give the rows of the ledger that are still the survivor's back to the duplicate, with all that is on `applications`, which
    go back as well."""
    for holding in HOLDINGS:
        row_ids = await moved(ctx, merge.id, holding.name)
        change = _change(ctx, holding, merge.survivor_id, merge.duplicate_id)
        await ctx.connection.execute(_move_back(holding), **change, ids=row_ids)
        if holding.follows_application:
            await ctx.connection.execute(_follow(holding), **change, ids=list(applications))
    # What was read of a file since goes where the file is now.
    both = [merge.survivor_id, merge.duplicate_id]
    await ctx.connection.execute(FILES_READ, organization_id=ctx.organization_id, ids=both)


def _change(ctx: Context, holding: Holding, old: UUID, new: UUID) -> dict[str, Any]:
    change: dict[str, Any] = {"organization_id": ctx.organization_id, "old": old, "new": new}
    return change | ({"now": clock.now()} if issubclass(holding.model, Resource) else {})


def _given_over(holding: Holding) -> Any:
    """The update of one table from candidate `old` to `new`; rows that the API shows get another version."""
    table: Any = holding.model
    values: dict[str, Any] = {"candidate_id": bindparam("new", type_=Uuid())}
    if issubclass(holding.model, Resource):
        values |= {"version": table.version + literal_column("1"), "updated_at": bindparam("now")}
    return (
        update(table)
        .values(values)
        .where(table.organization_id == bindparam("organization_id"), table.candidate_id == bindparam("old"))
    )


@functools.cache
def _move(holding: Holding) -> Query:
    table: Any = holding.model
    statement = _given_over(holding)
    if holding.unique_with:
        other: Any = aliased(table)
        same = [getattr(other, name) == getattr(table, name) for name in holding.unique_with]
        statement = statement.where(
            ~exists(
                select(literal_column("1")).where(
                    other.organization_id == table.organization_id,
                    other.candidate_id == bindparam("new", type_=Uuid()),
                    *same,
                )
            )
        )
    if holding.most is not None:
        statement = statement.where(table.id.in_(_fitting(holding)))
    return Query(statement.returning(table.id))


def _fitting(holding: Holding) -> Any:
    """The oldest of the rows that go over for which the survivor has room."""
    going, there = aliased(holding.model), aliased(holding.model)

    def of(table: Any, candidate: str) -> Any:
        tenant = table.organization_id == bindparam("organization_id")
        return and_(tenant, table.candidate_id == bindparam(candidate, type_=Uuid()))

    held = select(func.count()).select_from(there).where(of(there, "new")).scalar_subquery()
    same = [getattr(there, name) == getattr(going, name) for name in holding.unique_with]
    new = ~exists(select(literal_column("1")).where(of(there, "new"), *same)) if same else true()
    room = func.greatest(literal_column(str(holding.most)) - held, literal_column("0"))
    return select(going.id).where(of(going, "old"), new).order_by(going.id).limit(room)


@functools.cache
def _move_back(holding: Holding) -> Query:
    table: Any = holding.model
    return Query(_given_over(holding).where(table.id == any_(bindparam("ids", type_=ARRAY(Uuid)))))


@functools.cache
def _follow(holding: Holding) -> Query:
    table: Any = holding.model
    return Query(_given_over(holding).where(table.application_id == any_(bindparam("ids", type_=ARRAY(Uuid)))))
