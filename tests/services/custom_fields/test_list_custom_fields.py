"""list_custom_fields: pages of the list, in four orders."""

from impl.core.runtime import Runtime
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import queries_of

PATH = "/api/v1/custom_fields"


async def names(client: ApiClient, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{PATH}{query}")]


async def test_sorts(admin: ApiClient, make: Factories) -> None:
    for name in ("Beta", "Alpha", "Gamma"):
        await make.custom_field(name=name)

    assert await names(admin) == ["Alpha", "Beta", "Gamma"]
    assert await names(admin, "?sort=-name") == ["Gamma", "Beta", "Alpha"]
    assert await names(admin, "?sort=created_at") == ["Beta", "Alpha", "Gamma"]
    assert await names(admin, "?sort=-created_at") == ["Gamma", "Alpha", "Beta"]


async def test_shows_what_get_shows(admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()

    assert await admin.data("GET", PATH) == [there]


async def test_pages(admin: ApiClient, make: Factories) -> None:
    for number in range(5):
        await make.custom_field(name=f"N{number}")

    found: list[str] = []
    query = "?limit=2&sort=-name"
    while query:
        page = (await admin.get(f"{PATH}{query}")).json()
        found += [row["name"] for row in page["data"]]
        cursor = page["page"]["next_cursor"]
        assert (cursor is not None) == page["page"]["has_more"]
        query = f"?limit=2&sort=-name&cursor={cursor}" if cursor else ""
    assert found == ["N4", "N3", "N2", "N1", "N0"]


async def test_refuses_a_cursor_of_another_order(admin: ApiClient, make: Factories) -> None:
    await make.custom_field()
    await make.custom_field()
    cursor = (await admin.get(f"{PATH}?limit=1")).json()["page"]["next_cursor"]

    assert problem(await admin.get(f"{PATH}?cursor={cursor}&sort=-name")) == (400, "cursor_mismatch")
    assert problem(await admin.get(f"{PATH}?cursor=nonsense")) == (400, "invalid_cursor")


async def test_narrows_by_what_they_apply_to(admin: ApiClient, make: Factories) -> None:
    for target in ("candidate", "application", "job"):
        await make.custom_field("same", name=target, applies_to=target)

    assert await names(admin, "?applies_to=application") == ["application"]
    assert await names(admin, "?applies_to=candidate,job") == ["candidate", "job"]


async def test_narrows_by_state_and_time(admin: ApiClient, make: Factories) -> None:
    first = await make.custom_field(name="First")
    second = await make.custom_field(name="Second")
    await admin.data("PATCH", f"{PATH}/{first['id']}", json={"is_archived": True})

    assert await names(admin, "?is_archived=true") == ["First"]
    assert await names(admin, "?is_archived=false") == ["Second"]
    assert await names(admin, f"?created_after={first['created_at']}") == ["Second"]
    assert await names(admin, f"?updated_after={second['created_at']}&is_archived=true") == ["First"]


async def test_hides_another_organizations_rows(admin: ApiClient, make_elsewhere: Factories) -> None:
    await make_elsewhere.custom_field()

    assert await names(admin) == []


async def test_needs_its_permission(make: Factories) -> None:
    other = await make.machine("jobs:read")

    assert problem(await other.get(PATH)) == (403, "missing_scope")


async def test_asks_as_often_for_many_as_for_one(admin: ApiClient, make: Factories, runtime: Runtime) -> None:
    await make.custom_field()
    await names(admin)
    with queries_of(runtime) as for_one:
        await names(admin)
    for _ in range(3):
        await make.custom_field()
    with queries_of(runtime) as for_many:
        await names(admin)

    assert len(for_many) == len(for_one)
