"""update_organization: name, time zone, currency and settings of the tenant."""

from typing import Any

import asyncpg
import pytest

from impl.core.runtime import Runtime
from impl.services.candidates import tasks
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/organization"
CHANGE: dict[str, Any] = {"name": "Northwind", "time_zone": "Europe/Berlin", "default_currency": "USD"}


async def test_works_and_records_its_event(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    before = await admin.data("GET", PATH)

    changed = await admin.data("PATCH", PATH, json=CHANGE)

    assert changed == before | CHANGE | {"version": 2, "updated_at": changed["updated_at"]}
    assert await admin.data("GET", PATH) == changed
    [event] = await rows.events(cast.organization_id)
    assert (event["type"], event["resource_id"]) == ("organization.updated", cast.organization_id)
    assert {change["field"]: change["after"] for change in event["changes"]} == CHANGE


async def test_changes_only_the_settings_that_are_given(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    before = await admin.data("GET", PATH)

    changed = await admin.data("PATCH", PATH, json={"settings": {"quarantine_days": 60, "auto_close_jobs": True}})

    assert changed["settings"] == before["settings"] | {"quarantine_days": 60}
    [event] = await rows.events(cast.organization_id)
    assert event["changes"] == [{"field": "settings.quarantine_days", "before": "30", "after": "60"}]


async def test_changes_how_resumes_are_read_field_by_field(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    before = (await admin.data("GET", PATH))["settings"]
    assert before["resume_reading"] == {"model": "off", "redact_contacts": True, "daily_token_budget": 1_000_000}

    for reading in ({"model": "on"}, {"redact_contacts": False, "daily_token_budget": 0}, {"model": "on"}, {}):
        await admin.data("PATCH", PATH, json={"settings": {"resume_reading": reading}})

    after = await admin.data("GET", PATH)
    wished = {"model": "on", "redact_contacts": False, "daily_token_budget": 0}
    assert after["settings"] == before | {"resume_reading": wished}
    changes = [change for event in await rows.events(cast.organization_id) for change in event["changes"]]
    assert {change["field"]: (change["before"], change["after"]) for change in changes} == {
        "settings.resume_reading.model": ("off", "on"),
        "settings.resume_reading.redact_contacts": ("true", "false"),
        "settings.resume_reading.daily_token_budget": ("1000000", "0"),
    }


@pytest.mark.parametrize(
    ("reading", "pointer"),
    [
        ({"model": "maybe"}, "/settings/resume_reading/model"),
        ({"model": True}, "/settings/resume_reading/model"),
        ({"daily_token_budget": -1}, "/settings/resume_reading/daily_token_budget"),
        ({"api_key": "x"}, "/settings/resume_reading/api_key"),
    ],
)
async def test_refuses_other_ways_of_reading(
    admin: ApiClient, cast: Cast, rows: Rows, reading: dict[str, Any], pointer: str
) -> None:
    response = await admin.patch(PATH, json={"settings": {"resume_reading": reading}})

    assert problem(response) == (422, "validation_failed")
    assert {error["pointer"] for error in response.json()["errors"]} == {pointer}
    assert await rows.events(cast.organization_id) == []


@pytest.mark.parametrize("body", [{}, {"settings": {}}, {"settings": {"quarantine_days": 30}}, {"time_zone": "UTC"}])
async def test_changes_nothing_when_nothing_is_new(
    admin: ApiClient, cast: Cast, rows: Rows, body: dict[str, Any]
) -> None:
    before = await admin.data("GET", PATH)

    assert await admin.data("PATCH", PATH, json=body) == before
    assert await rows.events(cast.organization_id) == []


async def test_refuses_an_unknown_time_zone(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    response = await admin.patch(PATH, json={"time_zone": "europe/berlin"})

    assert problem(response) == (422, "unknown_time_zone")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/time_zone"]
    assert await rows.events(cast.organization_id) == []


async def test_a_demand_for_versions_holds_from_the_next_request_on(admin: ApiClient, recruiter: ApiClient) -> None:
    assert (await recruiter.get("/api/v1/me")).status_code == 200  # the recruiter is remembered with the old rule
    await admin.data("PATCH", PATH, json={"settings": {"require_if_match": True}})

    assert problem(await admin.patch(PATH, json=CHANGE)) == (428, "precondition_required")
    tag = (await admin.get(PATH)).headers["ETag"]
    assert (await admin.patch(PATH, json=CHANGE, headers={"If-Match": tag})).status_code == 200


async def test_refuses_a_stale_version(admin: ApiClient) -> None:
    tag = (await admin.get(PATH)).headers["ETag"]
    assert (await admin.patch(PATH, json=CHANGE, headers={"If-Match": tag})).status_code == 200

    stale = await admin.patch(PATH, json={"name": "Late"}, headers={"If-Match": tag})

    assert problem(stale) == (412, "precondition_failed")


async def words(superuser: "asyncpg.Connection[asyncpg.Record]", cast: Cast) -> list[str | None]:
    found = await superuser.fetch(
        "SELECT words::text AS words FROM candidates WHERE organization_id = $1 ORDER BY id", cast.organization_id
    )
    return [row["words"] for row in found]


async def test_search_off_removes_every_word_and_on_builds_the_same_index_again(
    admin: ApiClient, make: Factories, cast: Cast, runtime: Runtime, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    found = [await make.candidate(full_name=name) for name in ("Ada Lindqvist", "Noor Haddad")]
    before = await words(superuser, cast)
    assert None not in before

    await admin.data("PATCH", PATH, json={"settings": {"full_text_search": False}})
    assert problem(await admin.get("/api/v1/candidates?q=ada")) == (409, "full_text_search_off")
    assert await words(superuser, cast) == before, "the worker does it"
    assert await run_due(runtime, cast.organization_id) == 1
    assert await words(superuser, cast) == [None, None]

    await admin.data("PATCH", PATH, json={"settings": {"full_text_search": True}})
    assert await run_due(runtime, cast.organization_id) == 1
    assert await words(superuser, cast) == before
    assert await admin.data("GET", "/api/v1/candidates?q=lindqvist") == [found[0]]


async def test_search_of_another_organization_is_left_alone(
    admin: ApiClient,
    make_elsewhere: Factories,
    cast: Cast,
    other_cast: Cast,
    runtime: Runtime,
    superuser: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await make_elsewhere.candidate()
    before = await words(superuser, other_cast)

    await admin.data("PATCH", PATH, json={"settings": {"full_text_search": False}})

    assert await run_due(runtime, cast.organization_id) == 1
    assert await words(superuser, other_cast) == before != [None]


async def test_a_change_of_mind_meanwhile_ends_as_the_setting_says(
    admin: ApiClient,
    make: Factories,
    cast: Cast,
    runtime: Runtime,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "BATCH", 1)
    for _ in range(3):
        await make.candidate()
    before = await words(superuser, cast)

    for is_on in (False, True):
        await admin.data("PATCH", PATH, json={"settings": {"full_text_search": is_on}})

    assert await run_due(runtime, cast.organization_id) == 2
    assert await words(superuser, cast) == before


async def test_needs_its_permission(recruiter: ApiClient, cast: Cast, rows: Rows) -> None:
    assert problem(await recruiter.patch(PATH, json=CHANGE)) == (403, "missing_scope")
    assert await rows.events(cast.organization_id) == []


async def test_needs_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    narrow = await make.machine("organization:write", job_ids=[job["id"]])

    assert problem(await narrow.patch(PATH, json=CHANGE)) == (403, "missing_grant")
