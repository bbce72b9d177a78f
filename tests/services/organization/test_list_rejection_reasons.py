"""list_rejection_reasons: what the lists of other names do not have; the rest is in `tests/services/test_named_lists.py`."""

from tests.support.clients import ApiClient
from tests.support.factories import Factories

PATH = "/api/v1/rejection_reasons"


async def names(client: ApiClient, query: str = "") -> list[str]:
    return [row["name"] for row in await client.data("GET", f"{PATH}{query}")]


async def test_narrows_by_kind(admin: ApiClient, make: Factories) -> None:
    await make.rejection_reason(name="One", kind="rejected_by_organization")
    await make.rejection_reason(name="Two", kind="withdrawn_by_candidate")

    assert await names(admin, "?kind=rejected_by_organization") == ["One"]
    assert await names(admin, "?kind=rejected_by_organization,withdrawn_by_candidate") == ["One", "Two"]
