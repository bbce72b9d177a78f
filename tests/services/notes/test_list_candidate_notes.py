"""list_candidate_notes: what the reader may read, newest first."""

import pytest

from tests.services.habits import (
    Watch,
    expect_cursor_rules,
    expect_hidden,
    expect_query_rules,
    expect_scope,
    ids_of,
    walk,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/notes"


async def test_lists_newest_first_page_by_page(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.note()
    notes = [await make.note(application) for _ in range(5)]

    where = path(application["candidate_id"])
    assert await walk(recruiter, where) == ids_of(notes)[::-1]
    assert await walk(recruiter, where, sort="created_at") == ids_of(notes)


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    other = await make.application(candidate={"id": application["candidate_id"]})
    notes = [await make.note(application), await make.note(other)]
    secret = await recruiter.data(
        "POST", path(application["candidate_id"]), json={"body": "x", "visibility": "private"}
    )

    where = path(application["candidate_id"])
    assert ids_of(await recruiter.data("GET", f"{where}?application_id={other['id']}")) == [notes[1]["id"]]
    assert ids_of(await recruiter.data("GET", f"{where}?visibility=private")) == [secret["id"]]
    assert ids_of(await recruiter.data("GET", f"{where}?visibility=public&sort=created_at")) == ids_of(notes)
    assert await recruiter.data("GET", f"{where}?created_after=2199-01-01T00:00:00Z") == []
    assert await recruiter.data("GET", f"{where}?updated_after=2199-01-01T00:00:00Z") == []


async def _written(make: Factories, author: ApiClient, application: Data, visibility: str) -> str:
    body = {"application_id": application["id"], "body": f"{visibility} words", "visibility": visibility}
    note: Data = await author.data("POST", path(application["candidate_id"]), json=body)
    return str(note["id"])


@pytest.mark.promise("A7")
async def test_each_reader_sees_its_own(
    admin: ApiClient, recruiter: ApiClient, hiring_manager: ApiClient, interviewer: ApiClient, make: Factories
) -> None:
    application = await make.application()
    for role in ("hiring_manager", "interviewer"):
        await make.grant(role, {"id": application["job_id"]})
    public = await _written(make, interviewer, application, "public")
    private = await _written(make, recruiter, application, "private")
    admins = await _written(make, hiring_manager, application, "admin_only")
    on_person = (await recruiter.data("POST", path(application["candidate_id"]), json={"body": "On the person"}))["id"]

    readable = {
        admin: {public, admins, on_person},
        recruiter: {public, private, on_person},
        hiring_manager: {public},
        interviewer: {public},
    }
    for reader, expected in readable.items():
        assert set(ids_of(await reader.data("GET", path(application["candidate_id"])))) == expected
        for note_id in (public, private, admins, on_person):
            status = (await reader.get(f"{V1}/notes/{note_id}")).status_code
            assert status == (200 if note_id in expected else 404)
            if note_id not in expected:
                assert problem(await reader.patch(f"{V1}/notes/{note_id}", json={"body": "x"})) == (404, "not_found")
                assert problem(await reader.delete(f"{V1}/notes/{note_id}")) == (404, "not_found")


async def test_refuses_what_it_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    for _ in range(2):
        await make.note(application)
    where = path(application["candidate_id"])
    await expect_query_rules(recruiter, where, "visibility=all", "application_id=x", "sort=body")
    await expect_cursor_rules(recruiter, where, "visibility=public", "sort=created_at")


async def test_not_of_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    note = await make.note()
    await make.admin.data("DELETE", f"{V1}/candidates/{note['candidate_id']}")
    assert problem(await recruiter.get(path(note["candidate_id"]))) == (404, "candidate_quarantined")
    assert problem(await recruiter.get(f"{V1}/notes/{note['id']}")) == (404, "not_found")


async def test_hides_another_organizations_candidate(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    note = await make.note()
    await expect_hidden(watched, outsider, "GET", path(note["candidate_id"]))


async def test_needs_its_permission(make: Factories) -> None:
    note = await make.note()
    other = await make.machine("candidates:read")
    await expect_scope(other, "GET", path(note["candidate_id"]), None, "notes:read")
