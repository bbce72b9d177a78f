"""update_custom_field: a row of the list, changed or archived."""

from typing import Any

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/custom_fields"

CHANGE: dict[str, Any] = {"name": "Shirt", "is_archived": True}


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.custom_field()

    changed = await admin.data("PATCH", f"{PATH}/{there['id']}", json=CHANGE)

    assert changed == there | CHANGE | {"version": 2, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > there["updated_at"]
    assert await admin.data("GET", f"{PATH}/{there['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("custom_field.updated", there["id"])
    fields = {change["field"]: change["after"] for change in event["changes"]}
    assert fields == {
        name: str(value).lower() if value is True else value for name, value in CHANGE.items() if there[name] != value
    }


async def test_changes_nothing_when_nothing_is_new(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.custom_field()

    assert await admin.data("PATCH", f"{PATH}/{there['id']}", json={"name": there["name"]}) == there
    assert await rows.event_types(cast.organization_id) == ["custom_field.created"]


async def test_refuses_a_stale_version(admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()
    tag = (await admin.get(f"{PATH}/{there['id']}")).headers["ETag"]

    assert (await admin.patch(f"{PATH}/{there['id']}", json=CHANGE, headers={"If-Match": tag})).status_code == 200
    stale = await admin.patch(f"{PATH}/{there['id']}", json={"name": "Late"}, headers={"If-Match": tag})
    assert problem(stale) == (412, "precondition_failed")


async def test_needs_a_version_where_the_organization_says_so(admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()
    await admin.data("PATCH", "/api/v1/organization", json={"settings": {"require_if_match": True}})

    assert problem(await admin.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (428, "precondition_required")


async def test_hides_another_organizations_row(outsider: ApiClient, admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()

    assert problem(await outsider.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (404, "not_found")
    assert await admin.data("GET", f"{PATH}/{there['id']}") == there


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    there = await make.custom_field()

    assert problem(await recruiter.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_scope")


async def test_needs_the_whole_organization(make: Factories) -> None:
    there, job = await make.custom_field(), await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.patch(f"{PATH}/{there['id']}", json=CHANGE)) == (403, "missing_grant")


async def test_options_are_merged_by_their_keys(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    there = await make.custom_field(kind="single_select")
    options = [{"key": "four", "name": "Four"}, {"key": "two", "is_archived": True}, {"key": "one", "name": "First"}]

    changed = await admin.data("PATCH", f"{PATH}/{there['id']}", json={"options": options, "description": "What fits"})

    assert changed["options"] == [
        {"key": "one", "name": "First", "is_archived": False},
        {"key": "two", "name": "Two", "is_archived": True},
        {"key": "three", "name": "Three", "is_archived": False},
        {"key": "four", "name": "Four", "is_archived": False},
    ]
    assert await admin.data("GET", f"{PATH}/{there['id']}") == changed
    told = {
        each["field"]: (each["before"], each["after"])
        for each in (await rows.events(cast.organization_id))[-1]["changes"]
    }
    assert told == {"description": (None, None), "options": ("3 options, 0 archived", "4 options, 1 archived")}


async def test_refuses_options_that_do_not_fit(admin: ApiClient, make: Factories) -> None:
    choice, text = await make.custom_field(kind="multi_select"), await make.custom_field()
    named = [{"key": f"option_{number}", "name": "Another"} for number in range(200)]
    cases = (
        (text, [{"key": "one", "name": "One"}], "/options", "no_options"),
        (choice, [{"key": "four"}], "/options/0/name", "required"),
        (choice, [{"key": "one"}, {"key": "one"}], "/options/1/key", "duplicate_items"),
        (choice, named, "/options", "maxItems"),
    )
    for field, options, pointer, code in cases:
        response = await admin.patch(f"{PATH}/{field['id']}", json={"options": options})
        assert problem(response) == (422, "options_invalid")
        assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [(pointer, code)]
        assert await admin.data("GET", f"{PATH}/{field['id']}") == field


async def test_what_never_changes_is_no_field_of_the_body(admin: ApiClient, make: Factories) -> None:
    there = await make.custom_field()

    for change in ({"key": "other"}, {"type": "date"}, {"applies_to": "job"}, {"is_private": True}):
        assert problem(await admin.patch(f"{PATH}/{there['id']}", json=change)) == (422, "validation_failed")
