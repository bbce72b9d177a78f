"""A6: nothing can be set that the contract does not offer, wherever in the body it is put."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from impl.models import Base
from tests.support import contract, world
from tests.support.clients import problem
from tests.support.forms import FORM
from tests.support.rows import Rows

BODIES = [(name, example) for name, each in contract.operations().items() for example in world.examples(each)]
COLUMNS = sorted({column.name for table in Base.metadata.tables.values() for column in table.columns})
TEMPTING = [
    "tenant_id",
    "is_admin",
    "admin",
    "_id",
    "__proto__",
    "constructor",
    "permissions",
    "owner",
    "data",
    "*",
    "",
]
PROPERTIES = sorted(
    {name for schema in contract.document()["components"]["schemas"].values() for name in schema.get("properties", {})}
)
FORM_PARTS = 80
EXTRA = [*dict.fromkeys([*COLUMNS, *TEMPTING, *PROPERTIES])]

REFUSED = [(422, "validation_failed")]
# The keys of the organization's own fields are not in the contract: one that looks like a key is looked for first.
REFUSED_AT = {
    place: [*REFUSED, (422, "custom_fields_invalid")] for place in ("/custom_fields", "/private_custom_fields")
}

pytestmark = pytest.mark.promise("A6")


def objects(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a body, with its JSON Pointer."""
    if isinstance(value, dict):
        yield pointer, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from objects(inner, f"{pointer}/{key}")


def batches(names: list[str], size: int) -> Iterator[list[str]]:
    """The names in batches; a form takes so many parts, and a body all at once."""
    for start in range(0, len(names), size):
        yield names[start : start + size]


def offered(operation: contract.Documented, body: Any) -> set[str]:
    """What some object of the body may hold: such a name is no intruder at that place, and may be one at another."""
    assert operation.body is not None
    found: set[str] = set()
    pending = [operation.body[1]["schema"]]
    while pending:
        node = contract.resolve(pending.pop())
        found |= set(node.get("properties", {}))
        pending += [*node.get("properties", {}).values(), *node.get("oneOf", []), *filter(None, [node.get("items")])]
    return found


@pytest.mark.parametrize(("operation_id", "example"), BODIES)
async def test_a_property_that_is_not_offered_is_refused(
    standing: world.Standing, rows: Rows, operation_id: str, example: str
) -> None:
    cast, call = await standing.call(operation_id, example)
    client = cast.client("admin")
    assert call.operation.body is not None
    before = await rows.fingerprint(cast.organization_id)
    names = [name for name in EXTRA if name not in offered(call.operation, call.body)]
    for place, _ in objects(call.body):
        for batch in (names[:1], *batches(names[1:], FORM_PARTS if call.operation.body[0] == FORM else len(names))):
            body = copy.deepcopy(call.body)
            dict(objects(body))[place].update(dict.fromkeys(batch, 1))
            answer = await replace(call, body=body).send(client)
            assert problem(answer) in REFUSED_AT.get(place, REFUSED), (place, answer.text)
            pointers = {error["pointer"] for error in answer.json()["errors"]}
            assert any(pointer.startswith(place) for pointer in pointers), (place, pointers)
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.parametrize("operation_id", list(contract.operations()))
async def test_a_query_parameter_that_is_not_offered_is_refused(
    standing: world.Standing, rows: Rows, operation_id: str
) -> None:
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    known = {parameter["name"] for parameter in call.operation.parameters if parameter["in"] == "query"}
    before = await rows.fingerprint(cast.organization_id)
    for name in ("organization_id", "role", "is_admin", "id", "status;", "fields", "limit[]", "dry_run%00"):
        if name not in known:
            answer = await replace(call, query={name: "x"}).send(client)
            assert problem(answer) == (422, "validation_failed"), (name, answer.text)
    for name in known:
        answer = await client.request(call.operation.method, f"{call.path}?{name}=1&{name}=2", **call.sent)
        assert problem(answer) == (422, "validation_failed"), (name, answer.text)
    assert await rows.fingerprint(cast.organization_id) == before
