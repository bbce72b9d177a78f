"""cancel_opening: an open seat is given up."""

from tests.services.habits import Watch, changes_of, expect_dry_run, expect_if_match, expect_replay
from tests.services.jobs.habits import events_of, expect_in_progress, job_path, opening_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows


async def test_cancels_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(openings=0, status="draft")
    opening = await make.opening(job)
    cancelled = await recruiter.data("POST", opening_path(opening, "/cancel"))
    when = {"cancelled_at": cancelled["cancelled_at"], "updated_at": cancelled["updated_at"]}
    assert cancelled == opening | {"status": "cancelled", "version": 2} | when
    assert cancelled["cancelled_at"] is not None
    _, event = await events_of(rows, cast, opening)
    assert (event["type"], str(event["job_id"])) == ("opening.cancelled", job["id"])
    assert changes_of(event) == {"status": ("open", "cancelled")}


async def test_leaves_the_job_as_it_is(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    [opening] = await make.openings(job)
    await recruiter.data("POST", opening_path(opening, "/cancel"))
    assert await recruiter.data("GET", job_path(job)) == job | {"open_openings_count": 0}


async def test_refuses_a_filled_and_a_cancelled_opening(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(openings=2, auto_close=False)
    await make.command(await make.application(job), "hire")
    for opening in await make.openings(job):
        if opening["status"] == "open":
            await recruiter.data("POST", opening_path(opening, "/cancel"))
    for opening in await make.openings(job):
        response = await recruiter.post(opening_path(opening, "/cancel"))
        assert problem(response) == (409, "opening_not_open")
        assert (response.json()["current_status"], response.json()["allowed"]) == (opening["status"], [])


async def test_a_dry_run_leaves_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    opening = await make.opening(await make.job())
    path = opening_path(opening, "/cancel")
    shown = await expect_dry_run(watched, recruiter, path, None, [("opening.cancelled", opening["id"])])
    assert shown["status"] == "cancelled"
    assert problem(await recruiter.post(f"{path}?dry_run=maybe")) == (422, "validation_failed")


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    opening = await make.opening(await make.job())
    shown = await expect_replay(watched, recruiter, opening_path(opening, "/cancel"), None)
    assert shown["status"] == "cancelled"


async def test_waits_for_the_same_key(recruiter: ApiClient, make: Factories, rows: Rows) -> None:
    opening = await make.opening(await make.job())
    await expect_in_progress(rows, recruiter, opening_path(opening, "/cancel"))


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    opening = await make.opening(await make.job())
    path = opening_path(opening, "/cancel")
    await expect_if_match(watched, recruiter, "POST", path, None, opening_path(opening))


async def test_hides_an_opening_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    opening = await make.opening(await make.job())
    assert problem(await outsider.post(opening_path(opening, "/cancel"))) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    opening = await make.opening(job)
    await make.grant("hiring_manager", job)
    assert problem(await hiring_manager.post(opening_path(opening, "/cancel"))) == (403, "missing_scope")
