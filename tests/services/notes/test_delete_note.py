"""delete_note: by its author, or by who holds notes:admin."""

from tests.services.habits import Watch, expect_hidden, expect_if_match, expect_scope
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


async def test_works_and_records_its_event(recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    application = await make.application()
    where = f"{V1}/candidates/{application['candidate_id']}/notes"
    note = await recruiter.data("POST", where, json={"body": "x"})

    assert (await recruiter.delete(f"{V1}/notes/{note['id']}")).status_code == 204

    assert problem(await recruiter.get(f"{V1}/notes/{note['id']}")) == (404, "not_found")
    assert await rows.count("notes", cast.organization_id) == 0
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("note.deleted", note["id"])


async def test_an_administrator_deletes_what_others_wrote(
    admin: ApiClient, recruiter: ApiClient, make: Factories
) -> None:
    candidate = await make.candidate()
    where = f"{V1}/candidates/{candidate['id']}/notes"
    note = await recruiter.data("POST", where, json={"body": "x"})
    assert (await admin.delete(f"{V1}/notes/{note['id']}")).status_code == 204


async def test_nobody_else_deletes_it(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    note = await make.note()
    await watched.begin()
    assert problem(await recruiter.delete(f"{V1}/notes/{note['id']}")) == (409, "not_the_author")
    await watched.expect_nothing()


async def test_takes_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{V1}/notes/{(await make.note())['id']}"
    await expect_if_match(watched, admin, "DELETE", path, None, path)


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    note = await make.note()
    await expect_hidden(watched, outsider, "DELETE", f"{V1}/notes/{note['id']}")


async def test_needs_its_permission(make: Factories) -> None:
    note = await make.note()
    reader = await make.machine("notes:read")
    await expect_scope(reader, "DELETE", f"{V1}/notes/{note['id']}", None, "notes:write")
