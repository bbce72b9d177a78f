"""get_offer: one version, to those who may know the pay."""

from tests.services.habits import expect_scope
from tests.services.offers.habits import offer_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_every_version(recruiter: ApiClient, make: Factories) -> None:
    first = await make.offer(status="superseded")
    assert await recruiter.data("GET", offer_path(first)) == first
    tag = (await recruiter.get(offer_path(first))).headers["ETag"]
    again = await recruiter.get(offer_path(first), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


async def test_is_shown_to_the_hiring_manager_of_the_job_and_to_no_interviewer(
    hiring_manager: ApiClient, interviewer: ApiClient, outsider: ApiClient, make: Factories
) -> None:
    offer = await make.offer()
    assert problem(await hiring_manager.get(offer_path(offer))) == (404, "not_found")
    assert problem(await outsider.get(offer_path(offer))) == (404, "not_found")
    for role in ("hiring_manager", "interviewer"):
        await make.grant(role, {"id": offer["job_id"]})
    assert await hiring_manager.data("GET", offer_path(offer)) == offer
    await expect_scope(interviewer, "GET", offer_path(offer), None, "offers:read")
