"""update_note: the author's words, changed by the author."""

from tests.services.habits import Watch, changes_of, expect_hidden, expect_if_match, expect_scope, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    note = await make.note()
    changed = await admin.data(
        "PATCH", f"{V1}/notes/{note['id']}", json={"body": "Other words", "visibility": "private"}
    )

    new = {"body": "Other words", "visibility": "private", "version": 2, "updated_at": changed["updated_at"]}
    assert changed == note | new
    assert await admin.data("GET", f"{V1}/notes/{note['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], changes_of(event)) == ("note.updated", {"visibility": ("public", "private")})
    assert "words" not in str(event)


async def test_changes_nothing_when_nothing_is_new(admin: ApiClient, make: Factories, watched: Watch) -> None:
    note = await make.note()
    await watched.begin()
    same = {"body": note["body"], "visibility": "public"}
    assert await admin.data("PATCH", f"{V1}/notes/{note['id']}", json=same) == note
    await watched.expect_nothing()


async def test_nobody_else_changes_it(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    note = await make.note()
    await watched.begin()
    assert problem(await recruiter.patch(f"{V1}/notes/{note['id']}", json={"body": "x"})) == (409, "not_the_author")
    await watched.expect_nothing()


async def test_refuses_what_does_not_fit(admin: ApiClient, make: Factories) -> None:
    note = await make.note()
    refused = await admin.patch(f"{V1}/notes/{note['id']}", json={"body": ""})
    assert refused_at(refused) == (422, "validation_failed", ["/body"])
    foreign = await admin.patch(f"{V1}/notes/{note['id']}", json={"application_id": None})
    assert refused_at(foreign) == (422, "validation_failed", ["/application_id"])


async def test_takes_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{V1}/notes/{(await make.note())['id']}"
    await expect_if_match(watched, admin, "PATCH", path, {"body": "x"}, path)


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    note = await make.note()
    await expect_hidden(watched, outsider, "PATCH", f"{V1}/notes/{note['id']}", {"body": "x"})


async def test_needs_its_permission(make: Factories) -> None:
    note = await make.note()
    reader = await make.machine("notes:read")
    await expect_scope(reader, "PATCH", f"{V1}/notes/{note['id']}", {"body": "x"}, "notes:write")
