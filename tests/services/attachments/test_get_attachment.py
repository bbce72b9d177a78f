"""get_attachment: what is known of one file."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_shows_it(recruiter: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    answer = await recruiter.get(f"{V1}/attachments/{attachment['id']}")
    assert answer.json()["data"] == attachment
    tag = answer.headers["ETag"]
    assert (
        await recruiter.get(f"{V1}/attachments/{attachment['id']}", headers={"If-None-Match": tag})
    ).status_code == 304


async def test_not_of_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    await make.admin.data("DELETE", f"{V1}/candidates/{attachment['candidate_id']}")
    for path in (f"{V1}/attachments/{attachment['id']}", f"{V1}/attachments/{attachment['id']}/download"):
        assert problem(await recruiter.get(path)) == (404, "not_found")


async def test_each_sees_those_of_its_jobs(interviewer: ApiClient, make: Factories) -> None:
    mine, other = await make.attachment(), await make.attachment()
    await make.grant("interviewer", {"id": mine["job_id"]})
    assert await interviewer.data("GET", f"{V1}/attachments/{mine['id']}") == mine
    assert problem(await interviewer.get(f"{V1}/attachments/{other['id']}")) == (404, "not_found")


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    await expect_hidden(watched, outsider, "GET", f"{V1}/attachments/{attachment['id']}")


async def test_needs_its_permission(make: Factories) -> None:
    attachment = await make.attachment()
    other = await make.machine("candidates:read")
    await expect_scope(other, "GET", f"{V1}/attachments/{attachment['id']}", None, "attachments:read")
