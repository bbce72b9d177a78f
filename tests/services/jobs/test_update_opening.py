"""update_opening: the planned start or the external id, in any status."""

from typing import Any

import pytest

from tests.services.habits import Watch, changes_of, expect_if_match
from tests.services.jobs.habits import events_of, opening_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows


async def test_changes_what_is_given_and_records_it(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    opening = await make.opening(await make.job(), external_id="SEAT-7", target_start_on="2027-01-04")
    body = {"external_id": None, "target_start_on": "2027-02-01"}
    changed = await recruiter.data("PATCH", opening_path(opening), json=body)
    assert changed == opening | body | {"version": 2, "updated_at": changed["updated_at"]}
    _, event = await events_of(rows, cast, opening)
    assert event["type"] == "opening.updated"
    assert changes_of(event) == {
        "external_id": ("SEAT-7", None),
        "target_start_on": ("2027-01-04", "2027-02-01"),
    }


async def test_changes_a_cancelled_opening_too(recruiter: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    await recruiter.data("POST", opening_path(opening, "/cancel"))
    changed = await recruiter.data("PATCH", opening_path(opening), json={"external_id": "SEAT-8"})
    assert (changed["status"], changed["external_id"]) == ("cancelled", "SEAT-8")


async def test_records_nothing_when_nothing_changes(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    opening = await make.opening(await make.job(), external_id="SEAT-7")
    before = await rows.fingerprint(cast.organization_id)
    assert await recruiter.data("PATCH", opening_path(opening), json={"external_id": "SEAT-7"}) == opening
    assert await recruiter.data("PATCH", opening_path(opening), json={}) == opening
    assert await rows.fingerprint(cast.organization_id) == before


async def test_refuses_an_external_id_of_another_opening(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    first, second = await make.opening(job, external_id="SEAT-7"), await make.opening(job)
    response = await recruiter.patch(opening_path(second), json={"external_id": "SEAT-7"})
    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == first["id"]


@pytest.mark.parametrize("body", [{"target_start_on": "soon"}, {"external_id": ""}, {"status": "filled"}])
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, body: dict[str, Any]) -> None:
    opening = await make.opening(await make.job())
    assert problem(await recruiter.patch(opening_path(opening), json=body)) == (422, "validation_failed")


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = opening_path(await make.opening(await make.job()))
    await expect_if_match(watched, recruiter, "PATCH", path, {"external_id": "S"}, path)


async def test_hides_an_opening_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    assert problem(await outsider.patch(opening_path(opening), json={"external_id": "S"})) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    opening = await make.opening(job)
    await make.grant("hiring_manager", job)
    response = await hiring_manager.patch(opening_path(opening), json={"external_id": "S"})
    assert problem(response) == (403, "missing_scope")
