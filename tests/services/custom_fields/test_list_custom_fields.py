"""list_custom_fields: what the lists of other names do not have; the rest is in `tests/services/test_named_lists.py`."""

from tests.support.clients import ApiClient
from tests.support.factories import Factories

PATH = "/api/v1/custom_fields"


async def names(client: ApiClient, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{PATH}{query}")]


async def test_narrows_by_what_they_apply_to(admin: ApiClient, make: Factories) -> None:
    for target in ("candidate", "application", "job"):
        await make.custom_field("same", name=target, applies_to=target)

    assert await names(admin, "?applies_to=application") == ["application"]
    assert await names(admin, "?applies_to=candidate,job") == ["candidate", "job"]
