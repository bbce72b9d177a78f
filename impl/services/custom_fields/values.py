"""The values of custom fields: checked against the organization's fields, sealed with their row, found again by keyed hashes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from pydantic import BaseModel

from generated.enums import CustomFieldTarget, CustomFieldType
from impl import models
from impl.core.context import UNTOLD, Context
from impl.lib import ids
from impl.lib.problems import FieldError
from impl.models import CustomField
from impl.models.custom_field import CustomFieldsInvalid
from impl.models.custom_value import Fault, fault, mark_of, marks
from impl.services.custom_fields import queries

PUBLIC, PRIVATE = "custom_fields", "private_custom_fields"
PARTS = (PUBLIC, PRIVATE)
SEES_PRIVATE = "custom_fields:private"
NAMED_MAX = 20

# By part, then by key.
Values = dict[str, Any]
Row = models.Application | models.Job
NOTHING: Final[Mapping[str, Mapping[str, Any]]] = {PUBLIC: {}, PRIVATE: {}}
Owner = TypeVar("Owner", models.Application, models.Job)

_decoder = msgspec.json.Decoder(dict[str, dict[str, Any]])
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Change:
    """What a body changes about the values of one row; checked, not yet written."""

    target: CustomFieldTarget
    after: Values
    fields: list[tuple[CustomField, Any]]

    @property
    def told(self) -> dict[str, tuple[Any, Any]]:
        """The fields that change, for the event, which tells no value."""
        return {f"{PRIVATE if field.is_private else PUBLIC}.{field.key}": UNTOLD for field, _ in self.fields}


def nothing(target: CustomFieldTarget) -> Change:
    """No values."""
    return Change(target, parts_of({}), [])


def taken(body: BaseModel, values: dict[str, Any]) -> Values:
    """The values in a body, as JSON has them, taken out of `values`."""
    for part in PARTS:
        values.pop(part, None)
    given: Values = body.model_dump(mode="json", include=set(PARTS), exclude_unset=True)
    return given


def parts_of(document: Mapping[str, Any]) -> Values:
    """The values that stand in a document."""
    return {part: document.get(part) or {} for part in PARTS}


def opened(ctx: Context, model: type[Row], row_id: UUID, sealed: bytes | None) -> Values:
    """The values of a row that keeps them in a column of their own."""
    if sealed is None:
        return {**NOTHING}
    return parts_of(_decoder.decode(ctx.unseal(model, "custom_fields", row_id, sealed)))


def sealed(ctx: Context, model: type[Row], row_id: UUID, values: Values) -> bytes | None:
    """What is stored of them; nothing when there are none."""
    kept = {part: found for part, found in values.items() if found}
    return ctx.seal(model, "custom_fields", row_id, _encoder.encode(kept)) if kept else None


async def insert(ctx: Context, model: type[Owner], change: Change, **values: Any) -> Owner:
    """A new row with its values."""
    row_id: UUID = values.pop("id", None) or ids.new_id()
    values["custom_fields_sealed"] = sealed(ctx, model, row_id, change.after)
    row = await ctx.insert(model, id=row_id, **values)
    await write(ctx, change, row_id)
    return row


async def update(ctx: Context, row: Row, target: CustomFieldTarget, given: Values) -> dict[str, tuple[Any, Any]]:
    """Merge values into a locked row; what changed, for the event."""
    if not given:
        return {}
    model = type(row)
    change = await checked(ctx, target, opened(ctx, model, row.id, row.custom_fields_sealed), given)
    if change.fields:
        row.custom_fields_sealed = sealed(ctx, model, row.id, change.after)
        await write(ctx, change, row.id)
    return change.told


async def checked(ctx: Context, target: CustomFieldTarget, before: Values, given: Values) -> Change:
    """The values after `given` is merged into them, or 422 `custom_fields_invalid` that points at each that cannot be."""
    keys = {key for part in given.values() for key in part}
    if not keys:
        return Change(target, before, [])
    known = await _known(ctx, target, keys)
    errors: list[FieldError] = []
    after, changed = {part: dict(before[part]) for part in PARTS}, []
    for part, key, value in _each(given):
        field, had = known.get(key), before[part].get(key)
        found = _refusal(field, part, value, had)
        if found is not None or field is None:
            errors.append(FieldError(f"/{part}/{key}", *(found or Fault("unknown_field", await _names(ctx, target)))))
        elif value != had:
            changed.append((field, value))
            after[part] = {name: each for name, each in after[part].items() if name != key}
            after[part] |= {} if value is None else {key: value}
    errors += await _unknown_users(ctx, changed)
    if errors:
        raise CustomFieldsInvalid(f"{len(errors)} value(s) are not valid.", errors=errors[:50])
    return Change(target, {part: dict(sorted(found.items())) for part, found in after.items()}, changed)


async def write(ctx: Context, change: Change, row_id: UUID) -> None:
    """Let the row be found by its new values, and no more by the old ones. The row is there."""
    if not change.fields:
        return
    owner, field_ids = f"{change.target}_id", [field.id for field, _ in change.fields]
    tenant = {"organization_id": ctx.organization_id}
    await ctx.connection.execute(queries.REMOVE_VALUES[owner], **tenant, row_id=row_id, field_ids=field_ids)
    owners = {"candidate_id": None, "application_id": None, "job_id": None, owner: row_id}
    rows: list[dict[str, object]] = [
        {**tenant, **owners, "id": ids.new_id(), "field_id": field.id, "value_hash": _hash(ctx, field, mark)}
        for field, value in change.fields
        for mark in marks(field, value)
    ]
    if rows:
        await ctx.connection.execute_many(queries.ADD_VALUES, rows)


async def index(ctx: Context, target: CustomFieldTarget, row_id: UUID, values: Values) -> None:
    """Let the row be found by just these values, whatever it was found by before."""
    owner = f"{target}_id"
    await ctx.connection.execute(queries.REMOVE_ALL[owner], organization_id=ctx.organization_id, row_id=row_id)
    known = await _known(ctx, target, {key for _, key, _ in _each(values)}, seen_only=False)
    await write(ctx, Change(target, values, [(known[key], value) for _, key, value in _each(values)]), row_id)


async def filters(ctx: Context, target: CustomFieldTarget, query: Any) -> dict[str, Any]:
    """The `custom_field` filters of a query as a listing takes them (see `queries.filters`)."""
    if "custom_field" not in query.model_fields_set:
        return {}
    hashes = await hashes_of(ctx, target, query.custom_field, "query/custom_field.")
    return {f"custom_field_{place}": value_hash for place, value_hash in enumerate(hashes)}


async def hashes_of(ctx: Context, target: CustomFieldTarget, items: Iterable[str], pointer: str) -> list[bytes]:
    """The hash of each value (as `key:value`) by which rows are found, in order; what is wrong stands at `pointer` and its place."""
    wanted = [item.partition(":") for item in items]
    known = await _known(ctx, target, {key for key, _, _ in wanted})
    hashes, errors = set(), []
    for place, (key, _, text) in enumerate(wanted):
        field = known.get(key)
        mark = Fault("unknown_field", await _names(ctx, target)) if field is None else mark_of(field, text)
        if isinstance(mark, Fault):
            errors.append(FieldError(f"{pointer}{place}", *mark))
        elif field is not None:
            hashes.add(_hash(ctx, field, mark))
    if errors:
        raise CustomFieldsInvalid(f"{len(errors)} filter(s) are not valid.", errors=errors)
    return sorted(hashes)


def _each(given: Values) -> Iterator[tuple[str, str, Any]]:
    """Every value with its part and its key."""
    for part in PARTS:
        for key, value in given.get(part, {}).items():
            yield part, key, value


def _refusal(field: CustomField | None, part: str, value: Any, before: Any) -> Fault | None:
    if field is None:
        return None
    if field.is_private != (part == PRIVATE):
        right = PRIVATE if field.is_private else PUBLIC
        return Fault("wrong_place", f"Send it in {right}.")
    if value is None or value == before:
        return None
    if field.is_archived:
        return Fault("field_archived", "The field is archived: its value can only be kept or cleared.")
    return fault(field, value, before)


async def _known(
    ctx: Context, target: CustomFieldTarget, keys: Iterable[str], *, seen_only: bool = True
) -> dict[str, CustomField]:
    """The fields of these keys; those alone that the caller may know of, unless the values are there already."""
    model = models.CustomField
    wanted = _seen(ctx, target) if seen_only else [model.applies_to == target]
    found = await ctx.all(model, *wanted, model.key.in_(sorted(keys)))
    return {field.key: field for field in found}


def _seen(ctx: Context, target: CustomFieldTarget) -> list[Any]:
    """Whose existence is told: private fields only to who may see their values."""
    of_target = models.CustomField.applies_to == target
    return [of_target] if ctx.holds(SEES_PRIVATE) else [of_target, models.CustomField.is_private.is_(False)]


async def _names(ctx: Context, target: CustomFieldTarget) -> str:
    """What could be meant instead of a key that is not known, of the fields that the caller may know of."""
    model = models.CustomField
    found = await ctx.all(model, *_seen(ctx, target), model.is_archived.is_(False), order_by=model.key)
    names = ", ".join(field.key for field in found[:NAMED_MAX]) or "none"
    return f"There is no such custom field; there are: {names}{' …' if len(found) > NAMED_MAX else ''}."


async def _unknown_users(ctx: Context, changed: list[tuple[CustomField, Any]]) -> list[FieldError]:
    """The values that name users who are not there."""
    named = [(field, UUID(value)) for field, value in changed if value and field.type is CustomFieldType.USER]
    if not named:
        return []
    there = {row["id"] for row in await ctx.rows(queries.USERS, ids=[user_id for _, user_id in named])}
    return [
        FieldError(f"/{PRIVATE if field.is_private else PUBLIC}/{field.key}", "unknown_user", "There is no such user.")
        for field, user_id in named
        if user_id not in there
    ]


def _hash(ctx: Context, field: CustomField, mark: str) -> bytes:
    return ctx.keys.blind_index("custom_field_values", f"{field.id}:{mark}")
