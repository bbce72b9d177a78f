"""The plans of every list and of every hot read, asked for as the service's role, under row-level security.

Sequential scans and sorts are made unattractive first, so that a plan with one says that there is no index for the query,
however few rows the tables have and whatever the planner thinks of that.
"""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import psycopg
import pytest

from generated.enums import Visibility
from impl import services
from impl.core.context import ScopedQuery
from impl.core.pages import Listing
from impl.db.query import Query
from tests.performance.conftest import WORLD, Seeded

AVOID = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off"
# Whole tables of these are what a growing organization cannot read for each request.
GROWING = frozenset({"applications", "candidates", "stage_history", "events"})
READS_ALL = frozenset({"Seq Scan"})
SORTS = frozenset({"Sort", "Incremental Sort"})
# What is found by its words is ranked, not read in an order of the table.
RANKED = "relevance"

FILTERS = ("job_id", "department_id", "office_id", "source_id")
WINDOWS = ("entered", "applied", "hired")
IDS = ("organization_id", "holder_id", *FILTERS)
INSTANTS = ("as_of", "quiet_before", *(f"{what}_{end}" for what in WINDOWS for end in ("from", "before")))
INSTANT = datetime(2026, 11, 1, tzinfo=UTC)

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"


def _all_of(kind: type) -> Iterator[tuple[str, Any]]:
    """Each object of this kind at the top of a module of the services, or in a mapping there, with its name."""
    seen: set[int] = set()
    for module_info in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(module_info.name)
        for name, found in vars(module).items():
            for key, value in found.items() if isinstance(found, dict) else [("", found)]:
                if isinstance(value, kind) and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{module_info.name.removeprefix('impl.services.')}.{name} {key}".strip(), value


def _pages() -> Iterator[Any]:
    """Every order of every list, at its first page and further on."""
    for name, listing in _all_of(Listing):
        for sort in sorted(listing.sorts.keys() - {RANKED}):
            for is_continued in (False, True):
                yield pytest.param(listing, sort, is_continued, id=f"{name} {sort} {is_continued}")


def _reads() -> Iterator[Any]:
    for name, query in _all_of(ScopedQuery):
        yield pytest.param(query, id=name)


@pytest.fixture(scope="module")
def opened(seeded: Seeded) -> Iterator[Connection]:
    """A connection as the role of the service, which remembers the tables once it has planned for them."""
    with psycopg.connect(seeded.url) as connection:
        yield connection


@pytest.fixture
def connection(opened: Connection) -> Iterator[Connection]:
    """A transaction of the world's organization."""
    if opened.info.server_version < 160000:
        pytest.skip("PostgreSQL 15 cannot explain a statement without its values")
    with opened.transaction(force_rollback=True):
        opened.execute("SELECT set_config('app.organization_id', %s, true)", [str(WORLD.organization_id)])
        yield opened


@pytest.mark.parametrize(("listing", "sort", "is_continued"), list(_pages()))
def test_a_page_is_read_from_an_index_in_its_order(
    connection: Connection, listing: Listing, sort: str, is_continued: bool
) -> None:
    query = listing.query(Visibility.ORGANIZATION, frozenset(), sort, is_continued=is_continued)
    connection.execute(AVOID)

    plan = _plan(connection, query)

    assert not _nodes(plan, READS_ALL | SORTS), json.dumps(plan, indent=1)


@pytest.mark.parametrize(
    ("name", "narrowed"),
    [
        ("candidates.queries.CANDIDATES", {"tag_id"}),
        ("candidates.queries.CANDIDATES", {"custom_field_0", "custom_field_1"}),
        ("applications.queries.APPLICATIONS", {"custom_field_0"}),
        ("jobs.queries.JOBS", {"custom_field_0"}),
    ],
)
def test_what_stands_in_another_table_is_found_by_an_index(
    connection: Connection, name: str, narrowed: set[str]
) -> None:
    listing = dict(_all_of(Listing))[name]
    query = listing.query(Visibility.ORGANIZATION, frozenset(narrowed), "-created_at", is_continued=True)
    connection.execute(AVOID)

    plan = _plan(connection, query)

    assert not _nodes(plan, READS_ALL | SORTS), json.dumps(plan, indent=1)


@pytest.mark.parametrize("query", list(_reads()))
def test_a_hot_read_uses_indexes(connection: Connection, query: ScopedQuery) -> None:
    connection.execute(AVOID)

    plan = _plan(connection, query.of(Visibility.ORGANIZATION))

    assert not _nodes(plan, READS_ALL), json.dumps(plan, indent=1)


@pytest.mark.parametrize("names", [(), ("job_id",), ("source_id",), FILTERS])
@pytest.mark.parametrize("query", [param for param in _reads() if str(param.id).startswith("reports.")])
def test_a_report_with_filters_uses_indexes(connection: Connection, query: ScopedQuery, names: tuple[str, ...]) -> None:
    """Planned for values, as the server plans the first executions, under grants too."""
    connection.execute(AVOID)
    for visibility in Visibility:
        compiled = query.of(visibility)
        given: dict[str, Any] = dict.fromkeys(IDS, WORLD.organization_id) | dict.fromkeys(INSTANTS, INSTANT)
        given |= {name: None for name in FILTERS if name not in names}
        values = {name: value for name, value in given.items() if name in compiled.names}

        plan = _plan_for(connection, compiled, values)

        assert not _nodes(plan, READS_ALL), json.dumps(plan, indent=1)


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "-updated_at", "updated_at"])
def test_the_planner_chooses_the_index_by_itself(connection: Connection, sort: str) -> None:
    [listing] = [value for name, value in _all_of(Listing) if name == "applications.queries.APPLICATIONS"]

    plan = _plan(connection, listing.query(Visibility.ORGANIZATION, frozenset(), sort, is_continued=True))

    found = _nodes(plan, READS_ALL | SORTS)
    assert not [node for node in found if node.get("Relation Name", "applications") in GROWING]


def _plan(connection: Connection, query: Query) -> dict[str, Any]:
    """The plan for any values."""
    statement = f"EXPLAIN (FORMAT JSON, GENERIC_PLAN) {query.sql}"
    [explained] = connection.execute(statement.encode()).fetchone() or ()
    plan: dict[str, Any] = explained[0]["Plan"]
    return plan


def _plan_for(connection: Connection, query: Query, values: dict[str, Any]) -> dict[str, Any]:
    """The plan for these values."""
    given = {f"p{place}": value for place, value in enumerate(query.arguments(values), start=1)}
    sql = re.sub(r"\$(\d+)", r"%(p\1)s", query.sql.replace("%", "%%"))
    [explained] = connection.execute(f"EXPLAIN (FORMAT JSON) {sql}".encode(), given).fetchone() or ()
    plan: dict[str, Any] = explained[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any], kinds: frozenset[str]) -> list[dict[str, Any]]:
    """The nodes of these kinds in a plan."""
    found = [plan] if plan["Node Type"] in kinds else []
    for child in plan.get("Plans", ()):
        found += _nodes(child, kinds)
    return found
