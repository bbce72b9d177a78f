"""A8: nothing that an organization, or a job that is not granted, has can be noticed from outside: not by a filter, an order, a count, a
facet, a cursor or an error.

The caller's organization stays as it is while the neighbour gets rows with a unique value. Every list is then asked the same
questions again, as is the search; each answer is byte for byte what it was.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest

from impl.core.runtime import Runtime
from impl.lib import ids
from tests.support import contract, world
from tests.support.cast import Cast, new_cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

CANARY = "Zanzibarquux"
PROBES = (CANARY, CANARY.lower(), f"{CANARY[:5]}*", "%", "_", "*")
SEARCH = f"{V1}/search/candidates"
FACETS = ["source", "job", "stage_kind", "application_status", "tag"]
LISTS = [
    name
    for name, operation in contract.operations().items()
    if operation.method == "GET" and any(each["name"] in ("cursor", "after") for each in operation.parameters)
]

pytestmark = pytest.mark.promise("A8")


@dataclass(frozen=True)
class Neighbour:
    """Rows with the unique value, and their ids by the kind of resource."""

    make: Factories
    rows: dict[str, str]
    cursors: dict[str, str]


def questions(call: world.Call, neighbour: Neighbour) -> Iterator[tuple[str, str]]:
    """Every filter of a list with what the neighbour has, every order, and the neighbour's own cursor."""
    for parameter in call.operation.parameters:
        if parameter["in"] == "query":
            schema = contract.resolve(parameter["schema"])
            for value in values(parameter["name"], schema, neighbour):
                yield parameter["name"], value
    name = "after" if call.operation.operation_id == "list_events" else "cursor"
    if call.operation.operation_id in neighbour.cursors:
        cursor = neighbour.cursors[call.operation.operation_id]
        for tampered in (cursor, cursor[:-4], cursor[::-1]):
            yield name, tampered


def values(name: str, schema: Mapping[str, Any], neighbour: Neighbour) -> Iterator[str]:
    """What is asked for by one parameter."""
    item = contract.resolve(schema.get("items", schema))
    if "x-resource" in item:
        yield neighbour.rows[item["x-resource"]]
    elif "enum" in item:
        yield from map(str, item["enum"])
    elif name in ("q", "external_id", "email", "phone"):
        yield from PROBES


async def make_neighbour(theirs: Cast) -> Neighbour:
    """One more row of every resource that a list of the contract can be filtered by, each with the unique value where it takes a text."""
    made = world.World(theirs)
    wanted = {slot.resource for operation in contract.operations().values() for slot in world.slots(operation)}
    rows = {resource: await made.row(resource) for resource in sorted(wanted)}
    make = made.make
    profile = {"full_name": f"{CANARY} {CANARY}", "headline": CANARY}
    candidate = await make.candidate(profile=profile, external_id=CANARY, source_id=rows["source"])
    await make.application(candidate=candidate, external_id=CANARY)
    cursors = {}
    for operation_id in ("list_candidates", "list_applications", "list_events", "list_jobs", "list_tags"):
        path = contract.operations()[operation_id].path
        for _ in range(2):
            await made.one_more(await made.call(operation_id))
        cursors[operation_id] = (await theirs.client("admin").get(f"{path}?limit=1")).json()["page"]["next_cursor"]
    return Neighbour(make, rows, cursors)


def seen(answer: httpx2.Response) -> tuple[int, str, frozenset[str]]:
    """What a caller can tell of an answer, without what is different each time."""
    text = answer.text.replace(answer.headers["x-request-id"], "")
    # The feed's cursor is the caller's own position in it.
    text = re.sub(r'"next_cursor":"[^"]+"', "", text)
    return answer.status_code, text, frozenset(answer.headers)


async def asked(client: ApiClient, call: world.Call, neighbour: Neighbour) -> dict[tuple[str, str], Any]:
    """The answers to every question."""
    answers = {}
    for name, value in [("limit", "200"), *questions(call, neighbour)]:
        answers[name, value] = seen(await replace(call, query={name: value}).send(client))
    return answers


@pytest.fixture
async def ours(runtime: Runtime, application: Any) -> Cast:
    return await new_cast(runtime, application)


@pytest.fixture
async def theirs(runtime: Runtime, application: Any) -> Cast:
    return await new_cast(runtime, application, canary=CANARY)


@pytest.fixture(scope="module")
def known() -> list[Neighbour]:
    """The neighbour of all lists, made by the first one."""
    return []


@pytest.mark.parametrize("operation_id", LISTS)
async def test_a_list_tells_nothing_of_the_neighbour(
    ours: Cast, theirs: Cast, known: list[Neighbour], operation_id: str
) -> None:
    """Rows of the neighbour are named by filters and cursors, and then one more comes to be: the answers are those to ids that
    name nothing, before and after."""
    if not known:
        known.append(await make_neighbour(theirs))
    [neighbour] = known
    call, client = await world.World(ours).call(operation_id), ours.client("admin")
    before = await asked(client, call, neighbour)
    await make_more(neighbour.make)
    assert await asked(client, call, neighbour) == before
    unknown = Neighbour(neighbour.make, {name: str(ids.new_id()) for name in neighbour.rows}, neighbour.cursors)
    nothing = await asked(client, call, unknown)
    for (name, value), answer in before.items():
        assert CANARY not in answer[1]
        if value in neighbour.rows.values():
            resource = next(resource for resource, row_id in neighbour.rows.items() if row_id == value)
            assert answer == nothing[name, unknown.rows[resource]]


async def make_more(make: Factories) -> None:
    """What could change an answer: people, applications, and everything that is listed by name."""
    application = await make.application(candidate=await make.candidate(full_name=f"{CANARY} Mira"))
    await make.note(application)
    await make.tag()
    await make.post()
    await make.command(application, "move")


def searches(rows: dict[str, str]) -> Iterator[Data]:
    """What can be asked of the search about what the neighbour, or a hidden job, has."""
    for query in (CANARY, f"{CANARY[:4]}*", f'"{CANARY} {CANARY}"', f"mira OR {CANARY}", f"mira -{CANARY}"):
        yield {"query": query, "facets": FACETS}
    for name in ("job", "stage", "source"):
        yield {"query": "mira", "facets": FACETS, "filters": {f"{name}_id": rows[name]}}
    yield {"query": "mira", "facets": FACETS, "filters": {"tag_ids": [rows["tag"]]}}
    yield {"query": "mira", "facets": FACETS, "filters": {"application_statuses": ["active"]}, "limit": 1}


async def found(client: ApiClient, rows: dict[str, str]) -> list[tuple[int, str, frozenset[str]]]:
    return [seen(await client.post(SEARCH, json=body)) for body in searches(rows)]


async def test_the_search_tells_nothing_of_the_neighbour(ours: Cast, theirs: Cast) -> None:
    make, client = Factories(ours), ours.client("admin")
    for _ in range(2):
        await make.application(candidate=await make.reachable())
    their_job = await Factories(theirs).job()
    rows = {
        "job": their_job["id"],
        "stage": (await Factories(theirs).stages(their_job))[0]["id"],
        "source": (await Factories(theirs).source())["id"],
        "tag": (await Factories(theirs).tag())["id"],
    }
    unknown = {name: str(ids.new_id()) for name in rows}
    before = await found(client, rows)
    assert before == await found(client, unknown)
    elsewhere = Factories(theirs)
    profile = {"full_name": f"Mira {CANARY} {CANARY}"}
    candidate = await elsewhere.candidate(profile=profile, source_id=rows["source"], tag_ids=[rows["tag"]])
    await elsewhere.application(their_job, candidate)
    assert await found(client, rows) == before
    assert all(CANARY not in text for _, text, _ in before)
    mine = (await client.post(SEARCH, json={"query": "mira", "limit": 1})).json()["data"]["page"]["next_cursor"]
    foreign = await elsewhere.admin.data("POST", SEARCH, json={"query": CANARY, "limit": 1})
    assert foreign["matches_count"] == 1
    for body in ({"query": "mira", "cursor": mine}, {"query": CANARY, "cursor": mine}):
        answers = {seen(await client.post(SEARCH, json=body)) for _ in range(2)}
        assert len(answers) == 1
        assert CANARY not in str(answers)


async def test_neither_tells_anything_of_a_job_that_is_not_granted(ours: Cast) -> None:
    """A hiring manager asks before and after somebody applies for another job, by lists and by the search."""
    make, manager = Factories(ours), ours.client("hiring_manager")
    granted, hidden = await make.job(), await make.job()
    tag, source = await make.tag(), await make.source()
    both = await make.reachable()
    await make.application(granted, both)
    await make.grant("hiring_manager", granted)
    rows = {
        "job": hidden["id"],
        "stage": (await make.stages(hidden))[0]["id"],
        "source": source["id"],
        "tag": tag["id"],
    }
    lists = [
        f"{V1}/{name}?limit=200"
        for name in ("candidates", "applications", "stage_history", "jobs", "candidates?q=mira")
    ]
    paths = [
        *(path.replace("?q=mira?limit", "?q=mira&limit") for path in lists),
        f"{V1}/reports/source_yield?as_of=2100-01-01T00:00:00Z",
    ]
    before = await found(manager, rows), [seen(await manager.get(path)) for path in paths]
    profile = {"full_name": f"Mira {CANARY} {CANARY}"}
    await make.application(hidden, await make.candidate(profile=profile, source_id=source["id"], tag_ids=[tag["id"]]))
    await make.application(hidden, both, source_id=source["id"])
    assert (await found(manager, rows), [seen(await manager.get(path)) for path in paths]) == before
