"""get_user: one member of the staff, for everybody in the organization."""

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/users"


async def test_works_for_every_role(make: Factories, cast: Cast) -> None:
    job = await make.job()
    user = await make.user("hiring_manager", job_ids=[job["id"]])

    for role in cast.people:
        assert await cast.client(role).data("GET", f"{PATH}/{user['id']}") == user
    assert user["job_ids"] == [job["id"]]


async def test_is_not_sent_again(admin: ApiClient, make: Factories) -> None:
    user, job = await make.user(), await make.job()
    tag = (await admin.get(f"{PATH}/{user['id']}")).headers["ETag"]

    assert (await admin.get(f"{PATH}/{user['id']}", headers={"If-None-Match": tag})).status_code == 304
    await admin.data("PATCH", f"{PATH}/{user['id']}", json={"job_ids": [job["id"]]})
    assert (await admin.get(f"{PATH}/{user['id']}", headers={"If-None-Match": tag})).status_code == 200


async def test_hides_another_organizations_row(outsider: ApiClient, make: Factories) -> None:
    user = await make.user()

    assert problem(await outsider.get(f"{PATH}/{user['id']}")) == (404, "not_found")


async def test_needs_its_permission(make: Factories) -> None:
    user = await make.user()
    other = await make.machine("jobs:read")

    response = await other.get(f"{PATH}/{user['id']}")

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["users:read"]
