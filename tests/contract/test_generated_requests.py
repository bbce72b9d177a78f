"""Generated request models accept what the contract's schemas accept, field by field."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import MISSING, BaseModel, ValidationError

from generated import requests
from scripts.generate import documents
from tests.support import contract

REQUESTS = documents.split(documents.with_query_schemas(contract.document()))["requests"]["components"]["schemas"]
MODELS = sorted(name for name, schema in REQUESTS.items() if schema.get("properties"))


def _fields(model: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """The fields of a model: name, schema, whether it must be there."""
    required = REQUESTS[model].get("required", ())
    for field, found in REQUESTS[model]["properties"].items():
        yield field, documents.resolve(contract.document(), found), field in required


def _errors(model: str, field: str, value: object) -> list[Any]:
    """What the model finds wrong with this field."""
    try:
        getattr(requests, model).model_validate({field: value})
    except ValidationError as error:
        return [found for found in error.errors() if found["loc"][0] == field]
    return []


@pytest.mark.parametrize("model", MODELS)
def test_absent_is_not_null(model: str) -> None:
    kind: type[BaseModel] = getattr(requests, model)
    for field, schema, is_required in _fields(model):
        info = kind.model_fields[field]
        types = [option.get("type") for option in schema.get("oneOf", schema.get("anyOf", [schema]))]
        takes_null = "null" in types or "null" in (schema.get("type") or ())
        assert bool(_errors(model, field, None)) != takes_null, field
        assert info.is_required() == is_required, field
        if not is_required:
            assert info.default == schema["default"] if "default" in schema else info.default is MISSING, field


@pytest.mark.parametrize("model", MODELS)
def test_bounds_survive(model: str) -> None:
    for field, schema, _ in _fields(model):
        for value in _outside(schema):
            assert _errors(model, field, value), (field, value)


def _outside(schema: dict[str, Any]) -> Iterator[object]:
    """Values just beyond the bounds of a schema."""
    if "maxLength" in schema:
        yield "a" * (schema["maxLength"] + 1)
    if schema.get("minLength"):
        yield "a" * (schema["minLength"] - 1)
    if "maximum" in schema:
        yield schema["maximum"] + 1
    if "minimum" in schema:
        yield schema["minimum"] - 1
    if "enum" in schema:
        yield "no such member"
    if "maxItems" in schema:
        yield [f"{number}" for number in range(schema["maxItems"] + 1)]


@pytest.mark.parametrize(
    "model", sorted(name for name, schema in REQUESTS.items() if schema.get("additionalProperties") is False)
)
def test_unknown_fields_are_refused(model: str) -> None:
    assert [error["type"] for error in _errors(model, "no_such_field", 1)] == ["extra_forbidden"]
