"""What the reads of custom fields select, and how rows are found by their values."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, any_, bindparam, delete, exists, func, insert, literal_column

from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import CustomField, CustomFieldValue, User

FILTERS_MAX = 5
COLUMNS = [
    getattr(CustomField, name)
    for name in [
        "id",
        "key",
        "name",
        "description",
        "applies_to",
        "type",
        "options",
        "is_private",
        "is_archived",
        "created_at",
        "updated_at",
        "version",
    ]
]
ONE_CUSTOM_FIELD = ScopedQuery(
    lambda visibility: mine(CustomField, visibility, *COLUMNS).where(CustomField.id == bindparam("id"))
)
CUSTOM_FIELDS = Listing(
    select=lambda visibility: mine(CustomField, visibility, *COLUMNS),
    filters={
        "applies_to": lambda: CustomField.applies_to == any_(bindparam("applies_to", type_=ARRAY(Text))),
        "is_archived": lambda: CustomField.is_archived == bindparam("is_archived"),
        "created_after": lambda: CustomField.created_at > bindparam("created_after"),
        "updated_after": lambda: CustomField.updated_at > bindparam("updated_after"),
    },
    sorts={
        "name": Sort((CustomField.name, CustomField.id)),
        "-name": Sort((CustomField.name, CustomField.id), is_descending=True),
        "created_at": Sort((CustomField.id,)),
        "-created_at": Sort((CustomField.id,), is_descending=True),
    },
)
OF_TARGET = ScopedQuery(
    lambda visibility: mine(CustomField, visibility, func.count().label("count")).where(
        CustomField.applies_to == bindparam("applies_to")
    )
)
NAMESAKE = ScopedQuery(
    lambda visibility: mine(CustomField, visibility, CustomField.id).where(
        CustomField.applies_to == bindparam("applies_to"), CustomField.key == bindparam("key")
    )
)
USERS = ScopedQuery(
    lambda visibility: mine(User, visibility, User.id).where(User.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
)

ADD_VALUES = Query(
    insert(CustomFieldValue),
    columns=["organization_id", "id", "field_id", "candidate_id", "application_id", "job_id", "value_hash"],
)
REMOVE_VALUES = {
    owner: Query(
        delete(CustomFieldValue).where(
            CustomFieldValue.organization_id == bindparam("organization_id"),
            getattr(CustomFieldValue, owner) == bindparam("row_id"),
            CustomFieldValue.field_id == any_(bindparam("field_ids", type_=ARRAY(Uuid))),
        )
    )
    for owner in ("candidate_id", "application_id", "job_id")
}
REMOVE_ALL = {
    owner: Query(
        delete(CustomFieldValue).where(
            CustomFieldValue.organization_id == bindparam("organization_id"),
            getattr(CustomFieldValue, owner) == bindparam("row_id"),
        )
    )
    for owner in REMOVE_VALUES
}


def _has_value(model: Any, owner: str, name: str) -> ColumnElement[bool]:
    return exists(literal_column("1")).where(
        CustomFieldValue.organization_id == bindparam("organization_id"),
        CustomFieldValue.value_hash == bindparam(name),
        getattr(CustomFieldValue, owner) == model.id,
    )


def filters(model: Any, owner: str) -> dict[str, Callable[[], ColumnElement[bool]]]:
    """The filters of a listing of `model` by custom fields, each over the hash of one value; `owner` is the column that names the row."""
    names = (f"custom_field_{place}" for place in range(FILTERS_MAX))
    return {name: partial(_has_value, model, owner, name) for name in names}
