"""create_candidate_note: on the person or on an application, sealed, for everybody or for a few."""

import asyncpg
import pytest

from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_replay, expect_scope, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/notes"


async def test_works_and_records_its_event(
    recruiter: ApiClient,
    make: Factories,
    cast: Cast,
    rows: Rows,
    superuser: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    application = await make.application()
    response = await recruiter.post(
        path(application["candidate_id"]), json={"application_id": application["id"], "body": "Speaks  Welsh\n🙂"}
    )

    note = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["Location"] == f"{V1}/notes/{note['id']}"
    assert {name: note[name] for name in ("application_id", "candidate_id", "job_id", "visibility", "body")} == {
        "application_id": application["id"],
        "candidate_id": application["candidate_id"],
        "job_id": application["job_id"],
        "visibility": "public",
        "body": "Speaks  Welsh\n🙂",
    }
    assert note["author"] == {"type": "user", "id": str(recruiter.id)}
    assert await recruiter.data("GET", f"{V1}/notes/{note['id']}") == note
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("note.created", note["id"])
    assert (str(event["candidate_id"]), str(event["application_id"])) == (note["candidate_id"], application["id"])
    assert changes_of(event) == {"visibility": (None, "public")}
    sealed = await superuser.fetchval("SELECT body_sealed FROM notes WHERE organization_id = $1", cast.organization_id)
    assert b"Welsh" not in sealed


async def test_a_note_on_the_person_needs_the_whole_organization(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    application = await make.application()
    await make.grant("hiring_manager", {"id": application["job_id"]})
    where = path(application["candidate_id"])

    assert (await recruiter.data("POST", where, json={"body": "x"}))["job_id"] is None
    assert problem(await hiring_manager.post(where, json={"body": "x"})) == (409, "application_required")
    mine = await hiring_manager.data("POST", where, json={"body": "x", "application_id": application["id"]})
    assert await hiring_manager.data("GET", where) == [mine]


async def test_the_application_is_the_candidates_own(recruiter: ApiClient, make: Factories) -> None:
    candidate, other = await make.candidate(), await make.application()
    where = path(candidate["id"])

    refused = await recruiter.post(where, json={"body": "x", "application_id": other["id"]})
    assert problem(refused) == (409, "application_of_other_candidate")
    unknown = await recruiter.post(where, json={"body": "x", "application_id": NOWHERE})
    assert refused_at(unknown) == (404, "reference_not_found", ["/application_id"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/body"),
        ({"body": ""}, "/body"),
        ({"body": "x" * 10001}, "/body"),
        ({"body": "a\x00b"}, "/body"),
        ({"body": "x", "visibility": "secret"}, "/visibility"),
        ({"body": "x", "author": "me"}, "/author"),
    ],
)
async def test_refuses_what_does_not_fit(
    recruiter: ApiClient, make: Factories, watched: Watch, body: dict[str, str], pointer: str
) -> None:
    candidate = await make.candidate()
    await watched.begin()
    assert refused_at(await recruiter.post(path(candidate["id"]), json=body)) == (422, "validation_failed", [pointer])
    await watched.expect_nothing()


async def test_not_on_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await make.admin.data("DELETE", f"{V1}/candidates/{candidate['id']}")
    assert problem(await recruiter.post(path(candidate["id"]), json={"body": "x"})) == (404, "candidate_quarantined")


async def test_is_written_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await expect_replay(watched, recruiter, path(candidate["id"]), {"body": "x"}, {"body": "y"})


async def test_hides_another_organizations_candidate(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await expect_hidden(watched, outsider, "POST", path(candidate["id"]), {"body": "x"})


async def test_needs_its_permission(make: Factories) -> None:
    candidate = await make.candidate()
    reader = await make.machine("notes:read", "candidates:write")
    await expect_scope(reader, "POST", path(candidate["id"]), {"body": "x"}, "notes:write")
