"""list_job_screening_rubrics: every version that there ever was."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.screening.habits import rubric, rubric_path
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_pages_from_the_newest(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    path = f"{rubric_path(job)}s"
    assert await recruiter.data("GET", path) == []
    for is_blind in (True, False, True):
        await recruiter.data("PUT", rubric_path(job), json=rubric(is_blind=is_blind))
    await recruiter.data("PUT", rubric_path(await make.job()), json=rubric())
    page = await recruiter.get(f"{path}?limit=2")
    assert [each["revision"] for each in page.json()["data"]] == [3, 2]
    rest = await recruiter.data("GET", f"{path}?limit=2&cursor={page.json()['page']['next_cursor']}")
    assert [each["revision"] for each in rest] == [1]


async def test_hides_and_needs_its_permission(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{rubric_path(await make.job())}s"
    await expect_hidden(watched, outsider, "GET", path)
    await expect_scope(await make.machine("jobs:read"), "GET", path, None, "screening:read")
