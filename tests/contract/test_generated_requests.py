"""Generated request models accept what the contract's schemas accept, field by field."""

from typing import Any

import pytest
from pydantic import MISSING, BaseModel, ValidationError

from generated import requests
from scripts.generate import __main__ as generate
from scripts.generate import documents

CONTRACT = documents.load(generate.SPEC)
REQUESTS = documents.split(documents.with_query_schemas(CONTRACT))["requests"]["components"]["schemas"]


def _fields() -> list[Any]:
    cases = []
    for name, schema in REQUESTS.items():
        for field, found in schema.get("properties", {}).items():
            resolved = documents.resolve(CONTRACT, found)
            cases.append(pytest.param(name, field, resolved, field in schema.get("required", ()), id=f"{name}.{field}"))
    return cases


def _errors(model: str, field: str, value: object) -> list[Any]:
    """What the model finds wrong with this field."""
    try:
        getattr(requests, model).model_validate({field: value})
    except ValidationError as error:
        return [found for found in error.errors() if found["loc"][0] == field]
    return []


@pytest.mark.parametrize(("model", "field", "schema", "is_required"), _fields())
def test_absent_is_not_null(model: str, field: str, schema: dict[str, Any], is_required: bool) -> None:
    kind: type[BaseModel] = getattr(requests, model)
    info = kind.model_fields[field]
    types = [option.get("type") for option in schema.get("oneOf", schema.get("anyOf", [schema]))]
    takes_null = "null" in types or "null" in (schema.get("type") or ())
    assert bool(_errors(model, field, None)) != takes_null
    assert info.is_required() == is_required
    if not is_required and "default" not in schema:
        assert info.default is MISSING
    if not is_required and "default" in schema:
        assert info.default == schema["default"]


@pytest.mark.parametrize(("model", "field", "schema", "is_required"), _fields())
def test_bounds_survive(model: str, field: str, schema: dict[str, Any], is_required: bool) -> None:
    outside: list[object] = []
    if "maxLength" in schema:
        outside.append("a" * (schema["maxLength"] + 1))
    if schema.get("minLength"):
        outside.append("a" * (schema["minLength"] - 1))
    if "maximum" in schema:
        outside.append(schema["maximum"] + 1)
    if "minimum" in schema:
        outside.append(schema["minimum"] - 1)
    if "enum" in schema:
        outside.append("no such member")
    for value in outside:
        assert _errors(model, field, value), value
    if "maxItems" in schema:
        found = _errors(model, field, [f"{number}" for number in range(schema["maxItems"] + 1)])
        assert found


@pytest.mark.parametrize(
    "model", sorted(name for name, schema in REQUESTS.items() if schema.get("additionalProperties") is False)
)
def test_unknown_fields_are_refused(model: str) -> None:
    assert [error["type"] for error in _errors(model, "no_such_field", 1)] == ["extra_forbidden"]
