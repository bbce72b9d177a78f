"""What a call is made of: an operation of the contract, its ids and where they stand, its query and its body."""

import copy
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import orjson

from tests.support import contract
from tests.support.clients import ApiClient
from tests.support.contract import Documented
from tests.support.forms import FORM, File, form

Pointer = tuple[str | int, ...]


@dataclass(frozen=True)
class Slot:
    """A place of a request that takes an id: `place` is path, query or body, `pointer` where in it."""

    operation_id: str
    place: str
    pointer: Pointer
    resource: str
    example: str | None = None

    def __str__(self) -> str:
        where = "/".join(map(str, self.pointer))
        return f"{self.operation_id}:{self.place}/{where}" + (f":{self.example}" if self.example else "")


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent. `token` replaces the caller's own where the operation uses it up."""

    operation: Documented
    path_values: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    token: str | None = None
    # What goes with a form.
    files: tuple[File, ...] = ()

    @property
    def path(self) -> str:
        return self.operation.path.format(**self.path_values)

    @property
    def sent(self) -> dict[str, Any]:
        """Its body, as a client takes it."""
        if self.operation.body is None or self.operation.body[0] != FORM:
            return {"json": self.body}
        return {"form": form(self.body, self.files)}

    @property
    def content(self) -> tuple[str, bytes]:
        """Its body's media type and bytes; the operation takes one."""
        assert self.operation.body is not None
        if self.operation.body[0] == FORM:
            made = form(self.body, self.files)
            return made.media_type, made.content
        return self.operation.body[0], orjson.dumps(self.body)

    def with_id(self, slot: Slot, value: str) -> "Call":
        """The same call with another id in one slot."""
        if slot.place == "path":
            return replace(self, path_values={**self.path_values, str(slot.pointer[0]): value})
        if slot.place == "query":
            return replace(self, query={**self.query, str(slot.pointer[0]): value})
        return replace(self, body=with_value(self.body, slot.pointer, value))

    async def send(self, client: ApiClient, **more: Any) -> httpx2.Response:
        """Send it as `client`."""
        sender = client if self.token is None else ApiClient(client.app, self.token)
        return await sender.request(
            self.operation.method, self.path, params=dict(self.query) or None, **self.sent, **more
        )


def with_value(body: Any, pointer: Pointer, value: Any) -> Any:
    """A copy of `body` with `value` at `pointer`; arrays and objects on the way are made."""
    changed = copy.deepcopy(body) if body is not None else {}
    here = changed
    for part, following in itertools.pairwise(pointer):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if part == len(here):
                here.append(empty)
        elif here.get(part) is None:
            here[part] = empty
        here = here[part]
    last = pointer[-1]
    if isinstance(here, list) and last == len(here):
        here.append(value)
    else:
        here[last] = value
    return changed


def path_slots(operation: Documented) -> Iterator[Slot]:
    """The ids in path and query."""
    for parameter in operation.parameters:
        resource = contract.resolve(parameter["schema"]).get("x-resource")
        if resource and parameter["in"] in ("path", "query"):
            yield Slot(operation.operation_id, parameter["in"], (parameter["name"],), resource)


def body_slots(operation: Documented) -> Iterator[Slot]:
    """The ids in the body, each with the example that its variant of the body belongs to."""
    seen: set[tuple[str, Pointer]] = set()
    for name, value in examples(operation).items():
        assert operation.body is not None
        chosen, schema = variant(operation.body[1]["schema"], value)
        for pointer, resource in _slots_in(schema, ()):
            if (chosen, pointer) not in seen:
                seen.add((chosen, pointer))
                yield Slot(operation.operation_id, "body", pointer, resource, name)


def slots(operation: Documented) -> list[Slot]:
    """Every place of the operation that takes an id."""
    return [*path_slots(operation), *body_slots(operation)]


def examples(operation: Documented) -> dict[str, Any]:
    """The examples of its body, by name."""
    if operation.body is None:
        return {}
    return {name: contract.resolve(example)["value"] for name, example in operation.body[1]["examples"].items()}


def variant(schema: Mapping[str, Any], value: Any) -> tuple[str, Mapping[str, Any]]:
    """The alternative of a `oneOf` that an example is of."""
    resolved = contract.resolve(schema)
    for alternative in resolved.get("oneOf", []):
        if contract.validator(orjson.dumps(alternative)).is_valid(value):
            return str(alternative["$ref"]), contract.resolve(alternative)
    return str(schema.get("$ref")), resolved


def _slots_in(schema: Mapping[str, Any], pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    node = contract.resolve(schema)
    if "x-resource" in node:
        yield pointer, node["x-resource"]
    for name, inner in node.get("properties", {}).items():
        yield from _slots_in(inner, (*pointer, name))
    if "items" in node:
        yield from _slots_in(node["items"], (*pointer, 0))
    for alternative in node.get("oneOf", []):
        yield from _slots_in(alternative, pointer)
