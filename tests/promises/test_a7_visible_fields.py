"""A7: what the contract shows only to some (`x-visible-to`) stands in no answer to anybody else, and nobody else can send it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from generated.operations import OPERATIONS, ROLES
from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import problem
from tests.support.factories import V1, Data, Factories

pytestmark = pytest.mark.promise("A7")

Way = tuple[str, ...]
CANARY, PAY = "Wd7qZkv3Canary", 7_654_321
# What stands in the answers to who holds a scope.
SHOWN = {"custom_fields:private": CANARY, "jobs:pay": str(PAY)}
TARGETS = {"candidates": "candidate", "applications": "application", "jobs": "job"}


def guarded(schema: Mapping[str, Any], way: Way = ()) -> Iterator[tuple[Way, frozenset[str]]]:
    """The properties below a schema of the contract that only some see; `*` stands for each item."""
    node = contract.resolve(schema)
    for name, inner in node.get("properties", {}).items():
        scopes = contract.resolve(inner).get("x-visible-to")
        yield from [((*way, name), frozenset(scopes))] if scopes else guarded(inner, (*way, name))
    if "items" in node:
        yield from guarded(node["items"], (*way, "*"))
    for part in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        yield from guarded(part, way)


def answers_of(operation: contract.Documented) -> list[tuple[Way, frozenset[str]]]:
    """What only some see of the operation's success."""
    success = operation.responses[OPERATIONS[operation.operation_id].success_status]
    content = success.get("content", {}).get("application/json")
    return list(guarded(content["schema"])) if content else []


GUARDED = {name: found for name, operation in contract.operations().items() if (found := answers_of(operation))}
RESERVED = {
    name: found
    for name, operation in contract.operations().items()
    if operation.body is not None and (found := list(guarded(operation.body[1]["schema"])))
}


def places(answer: Any, way: Way) -> Iterator[Any]:
    """What stands in an answer at `way`, at each item."""
    if not way:
        yield answer
    elif way[0] == "*":
        for item in answer or ():
            yield from places(item, way[1:])
    elif isinstance(answer, dict) and way[0] in answer:
        yield from places(answer[way[0]], way[1:])


class Planted(Factories):
    """Makes rows that have something in every property that only some see."""

    async def plant(self) -> None:
        for target in TARGETS.values():
            await self.custom_field("canary", applies_to=target, is_private=True)

    async def _post(self, path: str, body: Data | None = None) -> Data:
        private: Data = {"private_custom_fields": {"canary": CANARY}} if path in TARGETS else {}
        if path == "jobs":
            private["salary"] = {"minimum": {"amount_minor": PAY, "currency": "EUR"}, "maximum": None, "period": "year"}
        return await super()._post(path, {**(body or {}), **private} if private else body)


async def called(cast: Cast, operation_id: str) -> world.Call:
    """A call that works, on rows with canaries; everybody sees its job and its candidate."""
    made = world.World(cast)
    make = made.make = Planted(cast)
    await make.plant()
    call = await made.call(operation_id)
    if OPERATIONS[operation_id].is_list:
        await made.one_more(call)
    for candidate in await make.admin.data("GET", f"{V1}/candidates"):
        await make.application(candidate=candidate)
    jobs = await make.admin.data("GET", f"{V1}/jobs?limit=200")
    for role in (name for name, rights in ROLES.items() if rights.visibility != "organization"):
        await make.grant(role, *jobs)
    return call


def test_the_seam_knows_what_the_contract_says() -> None:
    assert GUARDED, "vacuous: the contract shows everything to everybody"
    assert RESERVED
    for name, operation in OPERATIONS.items():
        assert len(operation.withheld) == len(GUARDED.get(name, ())), name
        assert {(field, scopes) for field, scopes in operation.reserved.items()} == {
            (".".join(way), scopes) for way, scopes in RESERVED.get(name, ())
        }


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("operation_id", sorted(GUARDED))
async def test_an_answer_holds_what_the_role_may_see(cast: Cast, operation_id: str, role: str) -> None:
    """The canary is there for who holds the scope, and neither it nor its property for anybody else."""
    call, scopes = await called(cast, operation_id), ROLES[role].scopes
    if not OPERATIONS[operation_id].scopes <= scopes:
        assert (await call.send(cast.client(role))).status_code == 403
        return
    answer = await call.send(cast.client(role))
    assert answer.is_success, answer.text
    for way, needed in GUARDED[operation_id]:
        shown = list(places(answer.json(), way))
        if not needed <= scopes:
            assert shown == [], way
    for scope in {scope for _, needed in GUARDED[operation_id] for scope in needed}:
        if scope not in scopes:
            assert SHOWN[scope] not in answer.text
        elif OPERATIONS[operation_id].method == "GET":
            assert SHOWN[scope] in answer.text, "vacuous: nothing was planted"


@pytest.mark.parametrize("operation_id", sorted(GUARDED))
async def test_a_key_without_the_scope_sees_none_of_it(cast: Cast, make: Factories, operation_id: str) -> None:
    """Whatever else the key may do."""
    call = await called(cast, operation_id)
    needed = frozenset[str]().union(*(scopes for _, scopes in GUARDED[operation_id]))
    other = await make.machine(*sorted(OPERATIONS[operation_id].scopes - needed))

    answer = await call.send(other)

    assert answer.is_success, answer.text
    assert [scope for scope in needed if SHOWN[scope] in answer.text] == []
    assert [way for way, _ in GUARDED[operation_id] if list(places(answer.json(), way))] == []


@pytest.mark.parametrize("operation_id", sorted(RESERVED))
async def test_nobody_else_can_send_it(cast: Cast, make: Factories, operation_id: str) -> None:
    call = await called(cast, operation_id)
    operation = OPERATIONS[operation_id]
    for field, needed in operation.reserved.items():
        other = await make.machine(*sorted(operation.scopes - needed))
        refused = await replace(call, body={**call.body, field: {"canary": CANARY}}).send(other)
        assert (problem(refused), refused.json()["missing_scopes"]) == ((403, "missing_scope"), sorted(needed))
