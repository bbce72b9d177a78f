"""The lists of named rows (list_departments, list_offices, list_rejection_reasons, list_sources, list_tags, list_custom_fields): pages,
in four orders. What only one of them can is tested beside its other operations."""

from typing import Any

import pytest

from impl.core.runtime import Runtime
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

#: By the last part of a list's path: the factory of its rows.
LISTS = {
    "departments": "department",
    "offices": "office",
    "rejection_reasons": "rejection_reason",
    "sources": "source",
    "tags": "tag",
    "custom_fields": "custom_field",
}

pytestmark = pytest.mark.parametrize("kind", LISTS)


async def made(make: Factories, kind: str, **fields: Any) -> Data:
    row: Data = await getattr(make, LISTS[kind])(**fields)
    return row


async def names(client: ApiClient, kind: str, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{V1}/{kind}{query}")]


async def test_sorts(admin: ApiClient, make: Factories, kind: str) -> None:
    for name in ("Beta", "Alpha", "Gamma"):
        await made(make, kind, name=name)

    assert await names(admin, kind) == ["Alpha", "Beta", "Gamma"]
    assert await names(admin, kind, "?sort=-name") == ["Gamma", "Beta", "Alpha"]
    assert await names(admin, kind, "?sort=created_at") == ["Beta", "Alpha", "Gamma"]
    assert await names(admin, kind, "?sort=-created_at") == ["Gamma", "Alpha", "Beta"]


async def test_shows_what_get_shows(admin: ApiClient, make: Factories, kind: str) -> None:
    there = await made(make, kind)

    assert await admin.data("GET", f"{V1}/{kind}") == [there]


async def test_pages(admin: ApiClient, make: Factories, kind: str) -> None:
    for number in range(5):
        await made(make, kind, name=f"N{number}")

    found: list[str] = []
    query = "?limit=2&sort=-name"
    while query:
        page = (await admin.get(f"{V1}/{kind}{query}")).json()
        found += [row["name"] for row in page["data"]]
        cursor = page["page"]["next_cursor"]
        assert (cursor is not None) == page["page"]["has_more"]
        query = f"?limit=2&sort=-name&cursor={cursor}" if cursor else ""
    assert found == ["N4", "N3", "N2", "N1", "N0"]


async def test_refuses_a_cursor_of_another_order(admin: ApiClient, make: Factories, kind: str) -> None:
    await made(make, kind)
    await made(make, kind)
    cursor = (await admin.get(f"{V1}/{kind}?limit=1")).json()["page"]["next_cursor"]

    assert problem(await admin.get(f"{V1}/{kind}?cursor={cursor}&sort=-name")) == (400, "cursor_mismatch")
    assert problem(await admin.get(f"{V1}/{kind}?cursor=nonsense")) == (400, "invalid_cursor")


async def test_narrows_by_state_and_time(admin: ApiClient, make: Factories, kind: str) -> None:
    first = await made(make, kind, name="First")
    second = await made(make, kind, name="Second")
    await admin.data("PATCH", f"{V1}/{kind}/{first['id']}", json={"is_archived": True})

    assert await names(admin, kind, "?is_archived=true") == ["First"]
    assert await names(admin, kind, "?is_archived=false") == ["Second"]
    assert await names(admin, kind, f"?created_after={first['created_at']}") == ["Second"]
    assert await names(admin, kind, f"?updated_after={second['created_at']}&is_archived=true") == ["First"]


async def test_hides_another_organizations_rows(admin: ApiClient, make_elsewhere: Factories, kind: str) -> None:
    await made(make_elsewhere, kind)

    assert await names(admin, kind) == []


async def test_needs_its_permission(make: Factories, kind: str) -> None:
    other = await make.machine("jobs:read")

    assert problem(await other.get(f"{V1}/{kind}")) == (403, "missing_scope")


async def test_asks_as_often_for_many_as_for_one(
    admin: ApiClient, make: Factories, runtime: Runtime, kind: str
) -> None:
    await made(make, kind)
    await names(admin, kind)
    with queries_of(runtime) as for_one:
        await names(admin, kind)
    for _ in range(3):
        await made(make, kind)
    with queries_of(runtime) as for_many:
        await names(admin, kind)

    assert len(for_many) == len(for_one)
