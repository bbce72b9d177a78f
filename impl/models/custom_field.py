"""Custom fields: what an organization wants to know beyond the contract, and the index of their values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import CustomFieldTarget, CustomFieldType
from impl.lib.problems import FieldError, Problem
from impl.models.base import Resource, TenantRow, belongs_to, choice, of_organization

FIELDS_MAX = 100
OPTIONS_MAX = 200
CHOICES = frozenset({CustomFieldType.SINGLE_SELECT, CustomFieldType.MULTI_SELECT})

Option = dict[str, Any]


class KeyTaken(Problem):
    status, code, title = 409, "key_taken", "Another custom field has this key"


class TooManyCustomFields(Problem):
    status, code, title = 409, "too_many_custom_fields", "The resource has too many custom fields"


class CustomFieldsInvalid(Problem):
    status, code, title = 422, "custom_fields_invalid", "A custom field is not there or takes another value"


class OptionsInvalid(Problem):
    status, code, title = 422, "options_invalid", "The options do not fit"

    @classmethod
    def at(cls, pointer: str, code: str, message: str) -> "OptionsInvalid":
        """What is wrong with the body's field at `pointer`."""
        return cls(errors=[FieldError(pointer, code, message)])


class CustomField(Resource):
    """A field of the organization's own. `options` are `{key, name, is_archived}`, in order."""

    __tablename__ = "custom_fields"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "applies_to", "key"),
        Index("ix_custom_fields_name", "organization_id", "name", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_custom_fields_organization_id_applies_to_key": KeyTaken}

    key: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    applies_to: Mapped[CustomFieldTarget] = mapped_column(choice(CustomFieldTarget, "applies_to"))
    type: Mapped[CustomFieldType] = mapped_column(choice(CustomFieldType, "type"))
    options: Mapped[list[Option]] = mapped_column(JSONB, default=list)
    is_private: Mapped[bool] = mapped_column(default=False)
    is_archived: Mapped[bool] = mapped_column(default=False)

    def option(self, key: object) -> Option | None:
        """The option of this key, archived ones included."""
        return next((option for option in self.options if option["key"] == key), None)

    def merged_options(self, given: Sequence[Mapping[str, Any]]) -> list[Option]:
        """The options after a change: those that are named are changed, new ones come last, the others stay."""
        expect_options(self.type, given)
        merged = {option["key"]: option for option in self.options}
        for place, change in enumerate(given):
            if change["key"] not in merged and "name" not in change:
                raise OptionsInvalid.at(f"/options/{place}/name", "required", "A new option needs a name.")
            merged[change["key"]] = {"is_archived": False, **merged.get(change["key"], {}), **change}
        if len(merged) > OPTIONS_MAX:
            raise OptionsInvalid.at("/options", "maxItems", f"A field has at most {OPTIONS_MAX} options.")
        return list(merged.values())


def expect_options(kind: CustomFieldType, given: Iterable[Mapping[str, Any]]) -> None:
    """Only a choice has options, and each key stands for one of them."""
    keys = [option["key"] for option in given]
    if keys and kind not in CHOICES:
        raise OptionsInvalid.at("/options", "no_options", f"A field of the type {kind} has no options.")
    for place, key in enumerate(keys):
        if key in keys[:place]:
            message = f"This option is already at /options/{keys.index(key)}."
            raise OptionsInvalid.at(f"/options/{place}/key", "duplicate_items", message)


class CustomFieldValue(TenantRow):
    """One value by which a row is found: the keyed hash of a field and a value. The values themselves are sealed with the row.

    Texts are not in here. It is made from the sealed values and goes with them."""

    __tablename__ = "custom_field_values"
    __table_args__ = (
        belongs_to("custom_fields", "field_id"),
        *(
            part
            for owner in CustomFieldTarget
            for part in (
                belongs_to(f"{owner}s", f"{owner}_id", ondelete="CASCADE"),
                Index(
                    f"ix_custom_field_values_{owner}_hash",
                    "organization_id",
                    "value_hash",
                    f"{owner}_id",
                    postgresql_where=text(f"{owner}_id IS NOT NULL"),
                ),
                Index(
                    f"ix_custom_field_values_{owner}_id",
                    "organization_id",
                    f"{owner}_id",
                    "field_id",
                    postgresql_where=text(f"{owner}_id IS NOT NULL"),
                ),
            )
        ),
        CheckConstraint("num_nonnulls(candidate_id, application_id, job_id) = 1", name="one_owner"),
    )

    field_id: Mapped[UUID]
    candidate_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    value_hash: Mapped[bytes]
