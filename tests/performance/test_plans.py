"""The plans of every list and of every hot read, asked for as the service's role, under row-level security.

Sequential scans and sorts are made unattractive first, so that a plan with one says that there is no index for the query,
however few rows the tables have and whatever the planner thinks of that.
"""

import importlib
import json
import pkgutil
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest

from generated.enums import Visibility
from impl import services
from impl.core.context import ScopedQuery
from impl.core.pages import Listing
from impl.db.query import Query
from impl.lib import clock, ids
from tests.performance.conftest import WORLD, Seeded

AVOID = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off"
# Whole tables of these are what a growing organization cannot read for each request.
GROWING = frozenset({"applications", "candidates", "stage_history", "events"})


def _all_of(kind: type) -> Iterator[tuple[str, Any]]:
    """Each object of this kind at the top of a module of the services, with its name."""
    seen: set[int] = set()
    for module_info in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(module_info.name)
        for name, value in vars(module).items():
            if isinstance(value, kind) and id(value) not in seen:
                seen.add(id(value))
                yield f"{module_info.name.removeprefix('impl.services.')}.{name}", value


def _pages() -> Iterator[Any]:
    """Every order of every list, at its first page and further on."""
    for name, listing in _all_of(Listing):
        for sort in listing.sorts:
            for is_continued in (False, True):
                yield pytest.param(listing, sort, is_continued, id=f"{name} {sort} {is_continued}")


def _reads() -> Iterator[Any]:
    for name, query in _all_of(ScopedQuery):
        yield pytest.param(query, id=name)


@pytest.fixture
async def connection(seeded: Seeded) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A transaction of the world's organization as the role of the service."""
    connection = await asyncpg.connect(seeded.url)
    async with connection.transaction():
        await connection.execute("SELECT set_config('app.organization_id', $1, true)", str(WORLD.organization_id))
        yield connection
    await connection.close()


@pytest.mark.parametrize(("listing", "sort", "is_continued"), _pages())
async def test_a_page_is_read_from_an_index_in_its_order(
    connection: "asyncpg.Connection[asyncpg.Record]", listing: Listing, sort: str, is_continued: bool
) -> None:
    query = listing.query(Visibility.ORGANIZATION, frozenset(), sort, is_continued=is_continued)
    after = {
        f"after_{index}": _some(column.type.python_type) for index, column in enumerate(listing.sorts[sort].columns)
    }
    await connection.execute(AVOID)

    plan = await _plan(connection, query, {"limit": 51, **(after if is_continued else {})})

    assert not _costly(plan), json.dumps(plan, indent=1)


@pytest.mark.parametrize("query", _reads())
async def test_a_hot_read_uses_indexes(connection: "asyncpg.Connection[asyncpg.Record]", query: ScopedQuery) -> None:
    compiled = query.of(Visibility.ORGANIZATION)
    await connection.execute(AVOID)

    plan = await _plan(connection, compiled, {name: ids.new_id() for name in compiled.names})

    assert not _costly(plan), json.dumps(plan, indent=1)


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "-updated_at", "updated_at"])
async def test_the_planner_chooses_the_index_by_itself(
    connection: "asyncpg.Connection[asyncpg.Record]", sort: str
) -> None:
    [listing] = [value for name, value in _all_of(Listing) if name == "applications.queries.APPLICATIONS"]
    query = listing.query(Visibility.ORGANIZATION, frozenset(), sort, is_continued=False)

    plan = await _plan(connection, query, {"limit": 51})

    assert not [node for node in _costly(plan) if node.get("Relation Name", "applications") in GROWING]


async def _plan(
    connection: "asyncpg.Connection[asyncpg.Record]", query: Query, values: dict[str, object]
) -> dict[str, Any]:
    values |= {"organization_id": WORLD.organization_id} if "organization_id" in query.names else {}
    explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {query.sql}", *query.arguments(values))
    plan: dict[str, Any] = json.loads(explained)[0]["Plan"]
    return plan


def _costly(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes that read a whole table or sort."""
    found = [plan] if plan["Node Type"] in {"Seq Scan", "Sort", "Incremental Sort"} else []
    for child in plan.get("Plans", ()):
        found += _costly(child)
    return found


def _some(kind: type) -> object:
    """A value of a sort column's type, to start a page after."""
    plain: dict[str, object] = {"UUID": ids.new_id(), "datetime": clock.now(), "str": "m", "int": 7}
    return plain[kind.__name__]
