"""JSON Merge Patch onto a row."""

from typing import Any

from pydantic import BaseModel


def given(body: BaseModel) -> dict[str, Any]:
    """The fields that the caller sent, also those sent as null."""
    return {name: getattr(body, name) for name in body.model_fields_set}


def apply(row: Any, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set `values` on `row`; what really changed, as `field=(before, after)`."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    return changes


def overwrite(row: Any, values: dict[str, Any]) -> None:
    """Set `values` on `row` without reading what was there."""
    for name, value in values.items():
        setattr(row, name, value)
