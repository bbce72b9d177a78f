"""list_screening_runs and get_screening_run."""

from tests.services.habits import Watch, expect_hidden, expect_scope, ids_of, walk
from tests.services.screening.habits import Desk, runs_path
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_lists_the_runs_of_a_job_newest_first(recruiter: ApiClient, desk: Desk) -> None:
    job = await desk.job()
    runs = [await desk.run(job) for _ in range(3)]
    await desk.run(await desk.job())
    assert await walk(recruiter, runs_path(job)) == ids_of(runs[::-1])
    later = await recruiter.data("GET", f"{runs_path(job)}?created_after={runs[0]['created_at']}")
    assert ids_of(later) == ids_of(runs[:0:-1])


async def test_reads_one(recruiter: ApiClient, desk: Desk) -> None:
    run = await desk.run(await desk.job())
    path = f"{V1}/screening_runs/{run['id']}"
    first = await recruiter.get(path)
    assert first.json()["data"] == run
    assert (await recruiter.get(path, headers={"If-None-Match": first.headers["ETag"]})).status_code == 304


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, desk: Desk, make: Factories, watched: Watch
) -> None:
    job = await desk.job()
    run = await desk.run(job)
    machine = await make.machine("jobs:read")
    for path in (runs_path(job), f"{V1}/screening_runs/{run['id']}"):
        for stranger in (outsider, hiring_manager):
            await expect_hidden(watched, stranger, "GET", path)
        await expect_scope(machine, "GET", path, None, "screening:read")
