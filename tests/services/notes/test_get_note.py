"""get_note: one note that the caller may read."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_shows_it(recruiter: ApiClient, make: Factories) -> None:
    note = await make.note()
    answer = await recruiter.get(f"{V1}/notes/{note['id']}")
    assert answer.json()["data"] == note
    tag = answer.headers["ETag"]
    assert (await recruiter.get(f"{V1}/notes/{note['id']}", headers={"If-None-Match": tag})).status_code == 304


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    note = await make.note()
    await expect_hidden(watched, outsider, "GET", f"{V1}/notes/{note['id']}")


async def test_needs_its_permission(make: Factories) -> None:
    note = await make.note()
    await expect_scope(await make.machine("candidates:read"), "GET", f"{V1}/notes/{note['id']}", None, "notes:read")
