"""update_tag: a row of the list, changed or archived."""

from typing import Any

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/tags"

CHANGE: dict[str, Any] = {"name": "Conference speaker", "is_archived": True}


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.tag()

    changed = await admin.data("PATCH", f"{PATH}/{there['id']}", json=CHANGE)

    assert changed == there | CHANGE | {"version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > there["updated_at"]
    assert await admin.data("GET", f"{PATH}/{there['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("tag.updated", there["id"])
    fields = {change["field"]: change["after"] for change in event["changes"]}
    assert fields == {
        name: str(value).lower() if value is True else value for name, value in CHANGE.items() if there[name] != value
    }


async def test_changes_nothing_when_nothing_is_new(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.tag()

    assert await admin.data("PATCH", f"{PATH}/{there['id']}", json={"name": there["name"]}) == there
    assert await rows.event_types(cast.organization_id) == ["tag.created"]


async def test_refuses_a_name_that_is_taken(admin: ApiClient, make: Factories) -> None:
    there, other = await make.tag(), await make.tag()

    response = await admin.patch(f"{PATH}/{other['id']}", json={"name": there["name"]})

    assert problem(response) == (409, "name_taken")
    assert response.json()["conflicting_id"] == there["id"]
    assert await admin.data("GET", f"{PATH}/{other['id']}") == other


async def test_refuses_a_stale_version(admin: ApiClient, make: Factories) -> None:
    there = await make.tag()
    tag = (await admin.get(f"{PATH}/{there['id']}")).headers["ETag"]

    assert (await admin.patch(f"{PATH}/{there['id']}", json=CHANGE, headers={"If-Match": tag})).status_code == 200
    stale = await admin.patch(f"{PATH}/{there['id']}", json={"name": "Late"}, headers={"If-Match": tag})
    assert problem(stale) == (412, "precondition_failed")


async def test_needs_a_version_where_the_organization_says_so(admin: ApiClient, make: Factories) -> None:
    there = await make.tag()
    await admin.data("PATCH", "/api/v1/organization", json={"settings": {"require_if_match": True}})

    assert problem(await admin.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (428, "precondition_required")


async def test_hides_another_organizations_row(outsider: ApiClient, admin: ApiClient, make: Factories) -> None:
    there = await make.tag()

    assert problem(await outsider.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (404, "not_found")
    assert await admin.data("GET", f"{PATH}/{there['id']}") == there


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    there = await make.tag()

    assert problem(await recruiter.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_scope")


async def test_needs_the_whole_organization(make: Factories) -> None:
    there, job = await make.tag(), await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_grant")
