"""get_api_key: one credential of a machine, without its secret."""

from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/api_keys"


async def test_works(admin: ApiClient, make: Factories) -> None:
    job = await make.job()
    key = await make.api_key("jobs:read", job_ids=[job["id"]])

    shown = await admin.data("GET", f"{PATH}/{key['id']}")

    assert shown == {name: value for name, value in key.items() if name != "secret"}


async def test_is_not_sent_again(admin: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")
    tag = (await admin.get(f"{PATH}/{key['id']}")).headers["ETag"]

    assert (await admin.get(f"{PATH}/{key['id']}", headers={"If-None-Match": tag})).status_code == 304
    await admin.data("POST", f"{PATH}/{key['id']}/revoke")
    assert (await admin.get(f"{PATH}/{key['id']}", headers={"If-None-Match": tag})).status_code == 200


async def test_hides_another_organizations_row(outsider: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")

    assert problem(await outsider.get(f"{PATH}/{key['id']}")) == (404, "not_found")


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")

    response = await recruiter.get(f"{PATH}/{key['id']}")

    assert problem(response) == (403, "missing_scope")
    assert response.json()["missing_scopes"] == ["api_keys:read"]
