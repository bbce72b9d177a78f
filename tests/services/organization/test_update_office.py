"""update_office: a row of the list, changed, moved or archived."""

import asyncio
from typing import Any

import pytest

from impl.lib import ids
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/offices"

CHANGE: dict[str, Any] = {"name": "Potsdam", "region": "Brandenburg", "time_zone": None}


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.office()

    changed = await admin.data("PATCH", f"{PATH}/{there['id']}", json=CHANGE)

    assert changed == there | CHANGE | {"version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > there["updated_at"]
    assert await admin.data("GET", f"{PATH}/{there['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("office.updated", there["id"])
    fields = {change["field"]: change["after"] for change in event["changes"]}
    assert fields == {
        name: str(value).lower() if value is True else value for name, value in CHANGE.items() if there[name] != value
    }


async def test_changes_nothing_when_nothing_is_new(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.office()

    assert await admin.data("PATCH", f"{PATH}/{there['id']}", json={"name": there["name"]}) == there
    assert await rows.event_types(cast.organization_id) == ["office.created"]


async def test_refuses_a_name_that_is_taken(admin: ApiClient, make: Factories) -> None:
    there, other = await make.office(), await make.office()

    response = await admin.patch(f"{PATH}/{other['id']}", json={"name": there["name"]})

    assert problem(response) == (409, "name_taken")
    assert response.json()["conflicting_id"] == there["id"]
    assert await admin.data("GET", f"{PATH}/{other['id']}") == other


async def test_moves_in_the_tree(admin: ApiClient, make: Factories) -> None:
    top, other = await make.office(), await make.office()
    below = await make.office(parent_id=top["id"])

    moved = await admin.data("PATCH", f"{PATH}/{below['id']}", json={"parent_id": other["id"]})
    assert moved["parent_id"] == other["id"]
    freed = await admin.data("PATCH", f"{PATH}/{below['id']}", json={"parent_id": None})
    assert (freed["parent_id"], freed["version"]) == (None, 3)


async def test_refuses_a_name_of_its_new_siblings(admin: ApiClient, make: Factories) -> None:
    top = await make.office()
    there = await make.office(name="Same", parent_id=top["id"])
    other = await make.office(name="Same")

    response = await admin.patch(f"{PATH}/{other['id']}", json={"parent_id": top["id"]})

    assert problem(response) == (409, "name_taken")
    assert response.json()["conflicting_id"] == there["id"]


@pytest.mark.parametrize("depth", [0, 1, 3])
async def test_refuses_a_circle(admin: ApiClient, make: Factories, depth: int) -> None:
    top = lowest = await make.office()
    for _ in range(depth):
        lowest = await make.office(parent_id=lowest["id"])

    response = await admin.patch(f"{PATH}/{top['id']}", json={"parent_id": lowest["id"]})

    assert problem(response) == (409, "parent_cycle")
    assert await admin.data("GET", f"{PATH}/{top['id']}") == top


async def test_two_moves_at_once_build_no_circle(admin: ApiClient, make: Factories) -> None:
    for _ in range(5):
        one, two = await make.office(), await make.office()
        answers = await asyncio.gather(
            admin.patch(f"{PATH}/{one['id']}", json={"parent_id": two["id"]}),
            admin.patch(f"{PATH}/{two['id']}", json={"parent_id": one["id"]}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]


@pytest.mark.parametrize("parent", ["unknown", "another organization's"])
async def test_refuses_a_parent_that_is_not_there(
    admin: ApiClient, make: Factories, make_elsewhere: Factories, parent: str
) -> None:
    there = await make.office()
    parent_id = str(ids.new_id()) if parent == "unknown" else (await make_elsewhere.office())["id"]

    response = await admin.patch(f"{PATH}/{there['id']}", json={"parent_id": parent_id})

    assert problem(response) == (404, "reference_not_found")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/parent_id"]
    assert await admin.data("GET", f"{PATH}/{there['id']}") == there


async def test_refuses_an_unknown_time_zone(admin: ApiClient, make: Factories) -> None:
    there = await make.office()

    response = await admin.patch(f"{PATH}/{there['id']}", json={"time_zone": "Europe/Atlantis"})

    assert problem(response) == (422, "unknown_time_zone")
    assert await admin.data("GET", f"{PATH}/{there['id']}") == there


async def test_refuses_a_stale_version(admin: ApiClient, make: Factories) -> None:
    there = await make.office()
    tag = (await admin.get(f"{PATH}/{there['id']}")).headers["ETag"]

    assert (await admin.patch(f"{PATH}/{there['id']}", json=CHANGE, headers={"If-Match": tag})).status_code == 200
    stale = await admin.patch(f"{PATH}/{there['id']}", json={"name": "Late"}, headers={"If-Match": tag})
    assert problem(stale) == (412, "precondition_failed")


async def test_needs_a_version_where_the_organization_says_so(admin: ApiClient, make: Factories) -> None:
    there = await make.office()
    await admin.data("PATCH", "/api/v1/organization", json={"settings": {"require_if_match": True}})

    assert problem(await admin.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (428, "precondition_required")


async def test_hides_another_organizations_row(outsider: ApiClient, admin: ApiClient, make: Factories) -> None:
    there = await make.office()

    assert problem(await outsider.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (404, "not_found")
    assert await admin.data("GET", f"{PATH}/{there['id']}") == there


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    there = await make.office()

    assert problem(await recruiter.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_scope")


async def test_needs_the_whole_organization(make: Factories) -> None:
    there, job = await make.office(), await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_grant")
