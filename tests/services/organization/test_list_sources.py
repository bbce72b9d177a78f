"""list_sources: what the lists of other names do not have; the rest is in `tests/services/test_named_lists.py`."""

from tests.support.clients import ApiClient
from tests.support.factories import Factories

PATH = "/api/v1/sources"


async def names(client: ApiClient, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{PATH}{query}")]


async def test_narrows_by_kind(admin: ApiClient, make: Factories) -> None:
    await make.source(name="One", kind="referral")
    await make.source(name="Two", kind="agency")

    assert await names(admin, "?kind=referral") == ["One"]
    assert await names(admin, "?kind=referral,agency") == ["One", "Two"]
