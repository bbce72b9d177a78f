"""The organization's custom fields: made, renamed, archived, never deleted."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.custom_fields import CustomFieldsOperations
from impl import models
from impl.core import patch
from impl.core.context import UNTOLD, Context
from impl.core.problems import NotFound
from impl.models.custom_field import CHOICES, FIELDS_MAX, KeyTaken, OptionsInvalid, TooManyCustomFields, expect_options
from impl.services.custom_fields import queries


class CustomFields(CustomFieldsOperations[Context]):
    """Which custom fields there are; their values stand with what has them."""

    async def list_custom_fields(
        self, ctx: Context, query: requests.ListCustomFieldsQuery
    ) -> responses.CustomFieldList:
        rows, page = await ctx.page(queries.CUSTOM_FIELDS, query)
        return responses.CustomFieldList(data=[_shown(row) for row in rows], page=page)

    async def create_custom_field(self, ctx: Context, body: requests.CustomFieldCreate) -> responses.CustomField:
        values = {**patch.given(body), "is_private": body.is_private}
        options = [{**patch.given(option), "is_archived": False} for option in values.pop("options", ())]
        expect_options(body.type, options)
        if body.type in CHOICES and not options:
            raise OptionsInvalid.at("/options", "required", f"A field of the type {body.type} needs options.")
        # One after the other, so that there are never more than there can be.
        await ctx.load(models.Organization, ctx.organization_id, lock=True)
        await _expect_room(ctx, body)
        field = await ctx.insert(models.CustomField, **values, options=options)
        told = ("key", "name", "applies_to", "type", "is_private")
        ctx.record("custom_field.created", field, **{name: (None, values[name]) for name in told})
        return _shown(vars(field))

    async def get_custom_field(self, ctx: Context, custom_field_id: UUID) -> responses.CustomField:
        row = await ctx.row(queries.ONE_CUSTOM_FIELD, id=custom_field_id)
        if row is None:
            raise NotFound("Check the id; it may also belong to something that you may not see.")
        return _shown(row)

    async def update_custom_field(
        self, ctx: Context, custom_field_id: UUID, body: requests.CustomFieldUpdate
    ) -> responses.CustomField:
        field = await ctx.load(models.CustomField, custom_field_id, lock=True)
        values = patch.given(body)
        if "options" in values:
            values["options"] = field.merged_options([patch.given(option) for option in values["options"]])
        before = field.options
        changes = patch.apply(field, values)
        if "options" in changes:
            changes["options"] = (_told(before), _told(field.options))
        if "description" in changes:
            changes["description"] = UNTOLD
        if changes:
            ctx.record("custom_field.updated", field, **changes)
        return _shown(vars(field))


async def _expect_room(ctx: Context, body: requests.CustomFieldCreate) -> None:
    taken = await ctx.row(queries.NAMESAKE, applies_to=body.applies_to, key=body.key)
    if taken is not None:
        raise KeyTaken("Choose another key.", conflicting_id=taken["id"])
    row = await ctx.row(queries.OF_TARGET, applies_to=body.applies_to)
    if row["count"] >= FIELDS_MAX:
        raise TooManyCustomFields(f"There are {FIELDS_MAX} for each {body.applies_to} already, archived ones included.")


def _told(options: list[dict[str, Any]]) -> str:
    """Options as an event tells of them: how many there are, and how many of them are archived."""
    return f"{len(options)} options, {sum(option['is_archived'] for option in options)} archived"


def _shown(row: Any) -> responses.CustomField:
    values = {column.key: row[column.key] for column in queries.COLUMNS}
    values["options"] = [responses.CustomFieldOption(**option) for option in row["options"]]
    return responses.CustomField(**values)
