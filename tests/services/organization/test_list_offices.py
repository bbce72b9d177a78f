"""list_offices: what the lists of other names do not have; the rest is in `tests/services/test_named_lists.py`."""

from tests.support.clients import ApiClient
from tests.support.factories import Factories

PATH = "/api/v1/offices"


async def names(client: ApiClient, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{PATH}{query}")]


async def test_narrows_by_parent(admin: ApiClient, make: Factories) -> None:
    parent = await make.office(name="Parent")
    below = await make.office(name="Below", parent_id=parent["id"])
    await make.office(name="Far below", parent_id=below["id"])

    assert await names(admin, f"?parent_id={parent['id']}") == ["Below"]
