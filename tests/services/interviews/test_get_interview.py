"""get_interview: one interview that the actor may see."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.interviews.habits import interview_path
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_shows_it_to_those_who_see_its_job(
    recruiter: ApiClient, interviewer: ApiClient, outsider: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    answer = await recruiter.get(interview_path(interview))
    assert answer.json()["data"] == interview
    unchanged = await recruiter.get(interview_path(interview), headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "GET", interview_path(interview))
    await make.grant("interviewer", {"id": interview["job_id"]})
    assert await interviewer.data("GET", interview_path(interview)) == interview


async def test_needs_its_permission(make: Factories) -> None:
    interview = await make.interview()
    await expect_scope(await make.machine("scorecards:read"), "GET", interview_path(interview), None, "interviews:read")
