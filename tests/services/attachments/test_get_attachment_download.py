"""get_attachment_download: a link for a few minutes."""

from datetime import datetime, timedelta

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_gives_a_link_that_ends(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    attachment = await make.attachment()
    link = await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    assert link["url"].endswith(f"/api/v1/files/{link['token']}")
    assert datetime.fromisoformat(link["expires_at"]) == clock.now() + timedelta(seconds=300)
    hands.advance(timedelta(seconds=1))
    later = await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    assert later["token"] != link["token"]


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    attachment = await make.attachment()
    await expect_hidden(watched, outsider, "GET", f"{V1}/attachments/{attachment['id']}/download")


async def test_needs_its_permission(make: Factories) -> None:
    attachment = await make.attachment()
    other = await make.machine("attachments:write")
    await expect_scope(other, "GET", f"{V1}/attachments/{attachment['id']}/download", None, "attachments:read")
