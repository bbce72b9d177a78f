"""Makes calls that work."""

import copy
import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.support import contract
from tests.support.cast import PASSWORD, Cast
from tests.support.clients import ApiClient
from tests.support.contract import Documented
from tests.support.documents import pdf
from tests.support.factories import V1, Factories
from tests.support.forms import FORM, File
from tests.support.world import recipes
from tests.support.world.calls import Call, Pointer, Slot, body_slots, examples, path_slots
from tests.support.world.scene import Scene

UNIQUE = ("name", "email", "external_id", "title", "full_name")
_number = itertools.count(1)


class World:
    """Makes the calls of one organization."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.make = Factories(cast)

    async def call(self, operation_id: str, example: str | None = None, slot: Slot | None = None) -> Call:
        """A call that works, with the named example (the first one by default) as its body, and with `slot` filled."""
        operation = contract.operations()[operation_id]
        named = examples(operation)
        chosen = example or (slot.example if slot else None) or next(iter(named), None)
        body = copy.deepcopy(named[chosen]) if chosen else None
        scene = Scene(self.make, operation, body)
        await scene.set_up()
        await self._make_fields(operation, body)
        path_values = {
            str(own.pointer[0]): await scene.id_of(own) for own in path_slots(operation) if own.place == "path"
        }
        for name, value in named_in_path(operation):
            if name not in path_values:
                path_values[name] = await recipes.NAMED[name](scene) if name in recipes.NAMED else value
        body, files = _files_of(operation, body)
        call = Call(operation, path_values, body=_unique(operation, body), files=files)
        for own in body_slots(operation) if chosen else ():
            if own.example == chosen or holds(body, own.pointer):
                call = await self._filled(call, own, scene, body, is_wanted=slot == own)
        if slot is not None and slot.place == "query":
            call = call.with_id(slot, await scene.id_of(slot))
        return await self._signed_in(call)

    async def _make_fields(self, operation: Documented, body: Any) -> None:
        """The custom fields that an example names, unless they are there."""
        for part in ("custom_fields", "private_custom_fields") if isinstance(body, dict) else ():
            for key, value in body.get(part, {}).items():
                kind = "integer" if isinstance(value, int) else "single_select"
                options = [] if kind == "integer" else [{"key": str(value).lower(), "name": "An option"}]
                field = {
                    "key": key,
                    "name": key,
                    "type": kind,
                    "options": options,
                    "is_private": part != "custom_fields",
                }
                target = operation.operation_id.rpartition("_")[2]
                await self.make.admin.post(f"{V1}/custom_fields", json=field | {"applies_to": target})

    async def _filled(self, call: Call, own: Slot, scene: Scene, body: Any, *, is_wanted: bool) -> Call:
        """The call with the own id in a slot that the example uses, or that is asked for; every element of an array gets its own."""
        if is_wanted and not holds(body, own.pointer):
            return call.with_id(own, await scene.id_of(own))
        for pointer in _pointers(body, own.pointer):
            call = call.with_id(replace(own, pointer=pointer), await scene.id_of(own))
        return call

    async def _signed_in(self, call: Call) -> Call:
        """What concerns the credential itself."""
        person = self.cast.people["admin"]
        if call.operation.operation_id == "create_session":
            return replace(call, body={"email": person.email, "password": PASSWORD})
        if call.operation.operation_id == "delete_current_session":
            answer = await ApiClient(self.cast.app).data(
                "POST", f"{V1}/auth/sessions", json={"email": person.email, "password": PASSWORD}
            )
            return replace(call, token=answer["token"])
        return call

    async def one_more(self, call: Call) -> None:
        """One more row in the list that `call` reads."""
        if call.operation.operation_id in recipes.LISTED_BELOW:
            await recipes.LISTED_BELOW[call.operation.operation_id](self.make, call.path_values)
            return
        content = call.operation.responses[200]["content"]["application/json"]
        item = contract.resolve(contract.resolve(contract.resolve(content["schema"])["properties"]["data"])["items"])
        resource: str = contract.resolve(item["properties"]["id"])["x-resource"]
        await self.row(recipes.MADE_BY.get(resource, resource))

    async def row(self, resource: str) -> str:
        """The id of a new row of a resource."""
        scene = Scene(self.make, None, None)
        return await scene.any_row(resource)


def named_in_path(operation: Documented) -> Iterator[tuple[str, str]]:
    """The examples of path parameters that are no ids."""
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            schema = contract.resolve(parameter["schema"])
            yield parameter["name"], str(parameter.get("example") or schema.get("examples", schema.get("enum"))[0])


def _files_of(operation: Documented, body: Any) -> tuple[Any, tuple[File, ...]]:
    """An example without its files, and those: a document of each name that it gives, or else one in the first place for a file."""
    if operation.body is None or operation.body[0] != FORM:
        return body, ()
    properties = contract.resolve(operation.body[1]["schema"])["properties"]
    places = [name for name, each in properties.items() if each.get("format") == "binary"]
    files = tuple(File(place, body[place], pdf(place)) for place in places if place in body)
    return {name: value for name, value in body.items() if name not in places}, files or (File(places[0]),)


def _unique(operation: Documented, body: Any) -> Any:
    """The example with names of its own, so that it can be sent more than once and is another request each time."""
    if not isinstance(body, dict):
        return body
    number = next(_number)
    changed = {name: _unique(operation, value) for name, value in body.items()}
    for name in UNIQUE:
        if isinstance(body.get(name), str):
            changed[name] = f"{number}.{body[name]}" if name == "email" else f"{body[name]} {number}"
    if isinstance(body.get("key"), str):
        changed["key"] = f"{body['key']}_{number}"
    return changed


def holds(body: Any, pointer: Pointer) -> bool:
    """Whether the body has anything at the pointer, where 0 stands for any element of an array."""
    return next(_pointers(body, pointer), None) is not None


def _pointers(body: Any, pointer: Pointer) -> Iterator[Pointer]:
    """Every place in `body` that `pointer` means, where 0 stands for each element of an array."""
    if not pointer:
        if body is not None:
            yield ()
        return
    first, *rest = pointer
    if isinstance(first, int):
        for index, item in enumerate(body if isinstance(body, list) else []):
            yield from ((index, *more) for more in _pointers(item, tuple(rest)))
    elif isinstance(body, dict) and first in body:
        yield from ((first, *more) for more in _pointers(body[first], tuple(rest)))
