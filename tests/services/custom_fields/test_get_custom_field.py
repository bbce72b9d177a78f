"""get_custom_field: one row, for everybody in the organization."""

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/custom_fields"


async def test_works_for_every_role(make: Factories, cast: Cast) -> None:
    there = await make.custom_field()

    for role in cast.people:
        assert await cast.client(role).data("GET", f"{PATH}/{there['id']}") == there


async def test_is_not_sent_again(admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()
    tag = (await admin.get(f"{PATH}/{there['id']}")).headers["ETag"]

    assert (await admin.get(f"{PATH}/{there['id']}", headers={"If-None-Match": tag})).status_code == 304
    await admin.data("PATCH", f"{PATH}/{there['id']}", json={"is_archived": True})
    assert (await admin.get(f"{PATH}/{there['id']}", headers={"If-None-Match": tag})).status_code == 200


async def test_hides_another_organizations_row(outsider: ApiClient, make: Factories) -> None:
    there = await make.custom_field()

    assert problem(await outsider.get(f"{PATH}/{there['id']}")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    there = await make.custom_field()
    other = await make.machine("jobs:read")

    response = await other.get(f"{PATH}/{there['id']}")

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["organization:read"]
