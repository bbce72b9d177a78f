"""update_application: source and external id."""

from tests.services.applications.habits import path_of
from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_hidden,
    expect_if_match,
    expect_scope,
    refused_at,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_changes_what_is_given(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    old, new = await make.source(), await make.source()
    application = await make.application(source_id=old["id"])
    await watched.begin()

    response = await recruiter.patch(path_of(application), json={"source_id": new["id"], "external_id": "A-1"})

    assert response.status_code == 200
    changed = response.json()["data"]
    assert changed == {
        **application,
        "source_id": new["id"],
        "external_id": "A-1",
        "updated_at": changed["updated_at"],
        "version": 2,
    }
    assert response.headers["ETag"].startswith('"2-')
    assert await recruiter.data("GET", path_of(application)) == changed
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("application.updated", application["id"])
    assert changes_of(event) == {"source_id": (old["id"], new["id"]), "external_id": (None, None)}


async def test_null_clears_and_absent_keeps(recruiter: ApiClient, make: Factories) -> None:
    source = await make.source()
    application = await make.application(source_id=source["id"], external_id="A-1")

    cleared = await recruiter.data("PATCH", path_of(application), json={"external_id": None})

    assert (cleared["source_id"], cleared["external_id"]) == (source["id"], None)


async def test_a_change_to_the_same_is_none(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application(external_id="A-1")
    await watched.begin()

    for body in ({}, {"external_id": "A-1"}, {"external_id": "A-1", "source_id": None}):
        assert await recruiter.data("PATCH", path_of(application), json=body) == application
    await watched.expect_nothing()


async def test_refuses_an_external_id_that_is_taken(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    there, application = await make.application(external_id="A-1"), await make.application()
    await watched.begin()

    response = await recruiter.patch(path_of(application), json={"external_id": "A-1"})

    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == there["id"]
    await watched.expect_nothing()


async def test_does_not_name_a_hidden_one_that_has_the_external_id(hiring_manager: ApiClient, make: Factories) -> None:
    await make.application(external_id="A-1")
    application = await make.application()
    await make.grant("hiring_manager", {"id": application["job_id"]})

    response = await hiring_manager.patch(path_of(application), json={"external_id": "A-1"})

    assert problem(response) == (409, "external_id_taken")
    assert "conflicting_id" not in response.json()


async def test_refuses_an_unknown_source(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    application, foreign = await make.application(), await make_elsewhere.source()
    await watched.begin()
    for source_id in (NOWHERE, foreign["id"]):
        response = await recruiter.patch(path_of(application), json={"source_id": source_id})
        assert refused_at(response) == (404, "reference_not_found", ["/source_id"])
    await watched.expect_nothing()


async def test_stage_and_status_change_by_commands_only(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    for field in ("status", "stage_id", "job_id", "version"):
        response = await recruiter.patch(path_of(application), json={field: application[field]})
        assert refused_at(response) == (422, "validation_failed", [f"/{field}"])


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = path_of(await make.application())

    await expect_if_match(watched, recruiter, "PATCH", path, {"external_id": "A-1"}, path)


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    assert problem(await recruiter.patch(path_of({"id": NOWHERE}), json={})) == (404, "not_found")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "PATCH", path_of(await make.application()), {"external_id": "A-1"})


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("interviewer", {"id": application["job_id"]})

    await expect_scope(interviewer, "PATCH", path_of(application), {"external_id": "A-1"}, "applications:write")


async def test_granted_actors_change_those_of_their_jobs(
    hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await make.application()
    await expect_hidden(watched, hiring_manager, "PATCH", path_of(application), {"external_id": "A-1"})

    await make.grant("hiring_manager", {"id": application["job_id"]})

    assert (await hiring_manager.data("PATCH", path_of(application), json={"external_id": "A-1"}))["version"] == 2
