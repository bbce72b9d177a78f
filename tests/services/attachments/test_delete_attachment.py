"""delete_attachment: the row at once, and the object right after."""

from impl.core.runtime import Runtime
from tests.services.habits import Watch, expect_hidden, expect_if_match, expect_scope
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


async def test_works_and_records_its_event(
    recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows, runtime: Runtime
) -> None:
    attachment, kept = await make.attachment(), await make.attachment()

    assert (await recruiter.delete(f"{V1}/attachments/{attachment['id']}")).status_code == 204

    assert problem(await recruiter.get(f"{V1}/attachments/{attachment['id']}")) == (404, "not_found")
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("attachment.deleted", attachment["id"])
    await run_due(runtime, cast.organization_id)
    assert [str(found.id) async for found in runtime.storage.list(cast.organization_id)] == [kept["id"]]


async def test_what_came_with_an_application_too(recruiter: ApiClient, make: Factories) -> None:
    intake = await make.intake("processed")
    await recruiter.data("DELETE", f"{V1}/attachments/{intake['files'][0]['id']}")
    assert (await recruiter.data("GET", f"{V1}/intakes/{intake['id']}"))["files"] == []


async def test_not_while_a_hold_stands(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    attachment = await make.attachment()
    hold = await make.legal_hold({"id": attachment["candidate_id"]})
    await watched.begin()
    assert problem(await recruiter.delete(f"{V1}/attachments/{attachment['id']}")) == (409, "legal_hold")
    await watched.expect_nothing()
    await make.admin.data("POST", f"{V1}/legal_holds/{hold['id']}/release")
    assert (await recruiter.delete(f"{V1}/attachments/{attachment['id']}")).status_code == 204


async def test_takes_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{V1}/attachments/{(await make.attachment())['id']}"
    await expect_if_match(watched, admin, "DELETE", path, None, path)


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    await expect_hidden(watched, outsider, "DELETE", f"{V1}/attachments/{attachment['id']}")


async def test_needs_its_permission(make: Factories) -> None:
    attachment = await make.attachment()
    reader = await make.machine("attachments:read")
    await expect_scope(reader, "DELETE", f"{V1}/attachments/{attachment['id']}", None, "attachments:write")
