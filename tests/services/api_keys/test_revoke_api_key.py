"""revoke_api_key: the key is refused from the next request on, for good."""

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/api_keys"


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    key = await make.api_key("jobs:read")
    machine = ApiClient(cast.app, key["secret"])
    assert (await machine.get("/api/v1/jobs")).status_code == 200

    revoked = await admin.data("POST", f"{PATH}/{key['id']}/revoke")

    assert problem(await machine.get("/api/v1/jobs")) == (401, "invalid_token")
    assert revoked["revoked_at"] is not None
    assert (revoked["id"], revoked["version"]) == (key["id"], 2)
    assert await admin.data("GET", f"{PATH}/{key['id']}") == revoked
    assert await rows.event_types(cast.organization_id) == ["api_key.created", "api_key.revoked"]


async def test_tells_its_effects_and_changes_nothing_when_dry(
    admin: ApiClient, make: Factories, cast: Cast, rows: Rows
) -> None:
    key = await make.api_key("jobs:read")
    before = await rows.digest(cast.organization_id)

    response = await admin.post(f"{PATH}/{key['id']}/revoke?dry_run=true")

    assert response.json()["effects"] == [
        {"type": "api_key.revoked", "resource_type": "api_key", "resource_id": key["id"]}
    ]
    assert response.json()["data"]["revoked_at"] is not None
    assert await rows.digest(cast.organization_id) == before
    assert (await ApiClient(cast.app, key["secret"]).get("/api/v1/jobs")).status_code == 200


async def test_refuses_a_revoked_key(admin: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")
    await admin.data("POST", f"{PATH}/{key['id']}/revoke")

    assert problem(await admin.post(f"{PATH}/{key['id']}/revoke")) == (409, "api_key_revoked")


async def test_a_key_can_end_itself(make: Factories) -> None:
    key = await make.api_key("api_keys:write")
    machine = ApiClient(make.cast.app, key["secret"])

    assert (await machine.post(f"{PATH}/{key['id']}/revoke")).status_code == 200
    assert problem(await machine.post(f"{PATH}/{key['id']}/revoke")) == (401, "invalid_token")


async def test_refuses_a_stale_version(admin: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")

    stale = await admin.post(f"{PATH}/{key['id']}/revoke", headers={"If-Match": '"7-stale"'})
    assert problem(stale) == (412, "precondition_failed")

    await admin.data("PATCH", "/api/v1/organization", json={"settings": {"require_if_match": True}})
    assert problem(await admin.post(f"{PATH}/{key['id']}/revoke")) == (428, "precondition_required")
    tag = (await admin.get(f"{PATH}/{key['id']}")).headers["ETag"]
    assert (await admin.post(f"{PATH}/{key['id']}/revoke", headers={"If-Match": tag})).status_code == 200


async def test_hides_another_organizations_row(outsider: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    key = await make.api_key("jobs:read")

    assert problem(await outsider.post(f"{PATH}/{key['id']}/revoke")) == (404, "not_found")
    assert await rows.event_types(cast.organization_id) == ["api_key.created"]


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    key = await make.api_key("jobs:read")

    assert problem(await recruiter.post(f"{PATH}/{key['id']}/revoke")) == (403, "missing_scope")


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    key = await make.api_key("jobs:read")
    narrow = await make.machine("api_keys:write", job_ids=[job["id"]])

    assert problem(await narrow.post(f"{PATH}/{key['id']}/revoke")) == (403, "missing_grant")


async def test_replays(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    key = await make.api_key("jobs:read")
    once = {"Idempotency-Key": "once"}
    first = await admin.post(f"{PATH}/{key['id']}/revoke", headers=once)
    again = await admin.post(f"{PATH}/{key['id']}/revoke", headers=once)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (200, first.json())
    assert await rows.event_types(cast.organization_id) == ["api_key.created", "api_key.revoked"]
    other = await make.api_key("jobs:read")
    reused = await admin.post(f"{PATH}/{other['id']}/revoke", headers=once)
    assert problem(reused) == (422, "idempotency_key_reused")
