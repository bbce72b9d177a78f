"""get_organization: the tenant of the actor, for everybody in it."""

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/organization"


async def test_works_for_every_role(cast: Cast) -> None:
    for role in cast.people:
        shown = await cast.client(role).data("GET", PATH)
        assert (shown["id"], shown["slug"], shown["version"]) == (str(cast.organization_id), cast.slug, 1)
        assert shown["settings"] == {
            "require_if_match": False,
            "auto_close_jobs": True,
            "full_text_search": True,
            "quarantine_days": 30,
            "hide_scorecards_until_submitted": True,
            "reply_days": 7,
            "resume_reading": {"model": "off", "redact_contacts": True, "daily_token_budget": 1_000_000},
            "similar_wording": False,
        }


async def test_shows_each_its_own(admin: ApiClient, outsider: ApiClient, other_cast: Cast) -> None:
    assert (await admin.data("GET", PATH))["id"] != (await outsider.data("GET", PATH))["id"]
    assert (await outsider.data("GET", PATH))["id"] == str(other_cast.organization_id)


async def test_is_not_sent_again(admin: ApiClient) -> None:
    tag = (await admin.get(PATH)).headers["ETag"]

    assert (await admin.get(PATH, headers={"If-None-Match": tag})).status_code == 304
    await admin.data("PATCH", PATH, json={"name": "Northwind"})
    assert (await admin.get(PATH, headers={"If-None-Match": tag})).status_code == 200


async def test_needs_its_permission(make: Factories) -> None:
    other = await make.machine("jobs:read")

    assert problem(await other.get(PATH)) == (403, "missing_scope")
