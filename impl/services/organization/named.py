"""The lists of an organization (departments, offices, rejection reasons, sources, tags): named rows, archived but never deleted."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from generated.responses import PageInfo
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.core.shape import shaped
from impl.lib import ids
from impl.models import Department, Office, RejectionReason, Source, Tag
from impl.models.base import NameTaken
from impl.models.organization import ParentCycle
from impl.services.organization import queries

Row = TypeVar("Row", Department, Office, RejectionReason, Source, Tag)
Shown = TypeVar("Shown", bound=msgspec.Struct)


class NamedList(Generic[Row, Shown]):
    """One list: how its rows are read, made and changed, and among which others a name is unique.

    `resource` names its events; `within` are the columns whose equals are siblings; `narrows_by` is its own filter, if it has one.
    """

    def __init__(
        self,
        model: type[Row],
        shape: type[Shown],
        resource: str,
        *,
        within: Sequence[str] = (),
        narrows_by: str | None = None,
    ) -> None:
        columns = [getattr(model, name) for name in shape.__struct_fields__]
        self._model: type[Row] = model
        self._shape = shape
        self._resource = resource
        self._within = tuple(within)
        self._is_tree = narrows_by == "parent_id"
        self._one = queries.one_of(model, columns)
        self._listing = queries.listing_of(model, columns, narrows_by=narrows_by)
        self._namesake = queries.namesake_of(model, *within)
        self._is_above = queries.is_above(model) if self._is_tree else None

    async def page(self, ctx: Context, query: Any) -> tuple[list[Shown], PageInfo]:
        """One page of the list as the generated query model asks for."""
        rows, page = await ctx.page(self._listing, query)
        return [self._shape(**row) for row in rows], page

    async def get(self, ctx: Context, row_id: UUID) -> Shown:
        row = await ctx.row(self._one, id=row_id)
        if row is None:
            raise NotFound("Check the id; it may also belong to something that you may not see.")
        return self._shape(**row)

    async def create(self, ctx: Context, values: dict[str, Any]) -> Shown:
        """A new row; 409 `name_taken` when a sibling has its name."""
        row_id = ids.new_id()
        await self._expect_new_name(ctx, row_id, values)
        row = await ctx.insert(self._model, id=row_id, **values)
        ctx.record(f"{self._resource}.created", row, **{name: (None, value) for name, value in values.items()})
        return shaped(self._shape, row)

    async def update(self, ctx: Context, row_id: UUID, values: dict[str, Any]) -> Shown:
        """The row, changed; 409 `name_taken` when a sibling has its name, 409 `parent_cycle` when it would stand below itself."""
        if self._is_tree and "parent_id" in values:
            await ctx.connection.execute(queries.TAKE_TREE, tree=f"{self._resource}:{ctx.organization_id}")
        row = await ctx.load(self._model, row_id, lock=True)
        changes = patch.apply(row, values)
        if changes.get("parent_id", (None, None))[1] is not None:
            await self._expect_tree(ctx, row_id, values["parent_id"])
        if changes.keys() & {"name", *self._within}:
            await self._expect_new_name(ctx, row_id, {name: getattr(row, name) for name in ("name", *self._within)})
        if changes:
            ctx.record(f"{self._resource}.updated", row, **changes)
        return shaped(self._shape, row)

    async def _expect_new_name(self, ctx: Context, row_id: UUID, values: dict[str, Any]) -> None:
        siblings = {name: values.get(name) for name in self._within}
        taken = await ctx.row(self._namesake, id=row_id, name=values["name"], **siblings)
        if taken is not None:
            raise NameTaken("Another one has this name.", conflicting_id=taken["id"])

    async def _expect_tree(self, ctx: Context, row_id: UUID, parent_id: UUID) -> None:
        if self._is_above is not None and await ctx.row(self._is_above, id=row_id, parent_id=parent_id) is not None:
            raise ParentCycle("The new parent is this one or stands below it.")
