"""What is kept about a person as one document: every table of `impl.models.subject`, read as it stands and opened."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, LargeBinary, Text, Uuid, any_, bindparam, select

from generated import responses
from impl import models
from impl.core.context import Context
from impl.db.query import Query
from impl.lib import clock
from impl.models.base import TenantRow
from impl.models.subject import HOLDINGS, Holding
from impl.services.candidates.responses import shown
from impl.services.custom_fields.values import PRIVATE, SEES_PRIVATE
from impl.services.privacy.forgetting import group_of

SEALED: Final = "_sealed"

EVENTS: Final = Holding(models.Event)
# Of an event, what orders it in the feed says nothing to anybody else.
UNSAID: Final = frozenset({"organization_id", "transaction_id", "sequence", "token_public_id"})


async def export(ctx: Context, candidate_id: UUID) -> responses.CandidateExport:
    """The bundle of a candidate and of all that was merged into it."""
    candidate = await ctx.load(models.Candidate, candidate_id)
    candidate.expect_known()
    group = await group_of(ctx, candidate_id)
    merged = await ctx.all(models.Candidate, models.Candidate.id.in_(group), models.Candidate.id != candidate_id)
    exported = [holding for holding in (*HOLDINGS, EVENTS) if not holding.unexported]
    return responses.CandidateExport(
        exported_at=clock.now(),
        candidate=await shown(ctx, candidate),
        merged=[await shown(ctx, each) for each in merged],
        tags=await _tags(ctx, group),
        sections=[await _section(ctx, holding, group) for holding in exported],
    )


async def _section(ctx: Context, holding: Holding, group: Sequence[UUID]) -> responses.ExportSection:
    withheld = {name: sorted(values) for name, values in holding.withheld.items()}
    about = {"organization_id": ctx.organization_id, "ids": list(group)}
    rows = await ctx.connection.rows(_rows(holding), **about, **withheld)
    return responses.ExportSection(kind=holding.name, rows=[_opened(ctx, holding, dict(row)) for row in rows])


async def _tags(ctx: Context, group: Sequence[UUID]) -> list[str]:
    rows = await ctx.connection.rows(TAGS, organization_id=ctx.organization_id, ids=list(group))
    return [row["name"] for row in rows]


def _opened(ctx: Context, holding: Holding, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removesuffix(SEALED): _value(ctx, holding, row, name) for name in row}


def _value(ctx: Context, holding: Holding, row: Mapping[str, Any], name: str) -> Any:
    value = row[name]
    if not name.endswith(SEALED) or value is None:
        return value
    opened = ctx.unseal(holding.model, name.removesuffix(SEALED), row["id"], value)
    if name not in holding.documents:
        return opened.decode()
    document: dict[str, Any] = msgspec.json.decode(opened)
    if not ctx.holds(SEES_PRIVATE):
        document.pop(PRIVATE, None)
    return document


@functools.cache
def columns_of(model: type[TenantRow]) -> list[Any]:
    """The columns that say something: all but the organization's id, and bytes that are no sealed value (hashes)."""
    return [
        column
        for column in model.__table__.columns
        if column.key not in UNSAID and (column.key.endswith(SEALED) or not isinstance(column.type, LargeBinary))
    ]


@functools.cache
def _rows(holding: Holding) -> Query:
    table: Any = holding.model
    statement = select(*columns_of(holding.model)).where(
        table.organization_id == bindparam("organization_id"),
        table.candidate_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
    )
    for name in holding.withheld:
        statement = statement.where(~(getattr(table, name) == any_(bindparam(name, type_=ARRAY(Text)))))
    return Query(statement.order_by(table.id))


TAGS = Query(
    select(models.Tag.name)
    .join(
        models.CandidateTag,
        (models.CandidateTag.organization_id == models.Tag.organization_id)
        & (models.CandidateTag.tag_id == models.Tag.id),
    )
    .where(
        models.Tag.organization_id == bindparam("organization_id"),
        models.CandidateTag.candidate_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
    )
    .distinct()
    .order_by(models.Tag.name)
)
