"""open_job: draft or closed becomes open."""

import asyncio

from tests.services.habits import Watch, changes_of, expect_dry_run, expect_if_match, expect_replay
from tests.services.jobs.habits import events_of, expect_in_progress, job_path, types_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows


async def test_opens_a_draft_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(status="draft")
    opened = await recruiter.data("POST", job_path(job, "/open"))
    when = {"opened_at": opened["opened_at"], "updated_at": opened["updated_at"]}
    assert opened == job | {"status": "open", "version": 2} | when
    assert opened["opened_at"] is not None
    _, event = await events_of(rows, cast, job)
    assert (event["type"], changes_of(event)) == ("job.opened", {"status": ("draft", "open")})


async def test_opens_a_closed_job_once_it_has_an_opening_again(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="closed")
    assert problem(await recruiter.post(job_path(job, "/open"))) == (409, "job_has_no_open_opening")
    await make.opening(job)
    opened = await recruiter.data("POST", job_path(job, "/open"))
    assert opened | {"status": "open", "closed_at": None, "close_reason": None} == opened


async def test_refuses_a_job_without_an_open_opening(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft", openings=0)
    response = await recruiter.post(job_path(job, "/open"))
    assert problem(response) == (409, "job_has_no_open_opening")
    assert response.json()["allowed"] == ["create_job_opening"]
    assert (await recruiter.data("GET", job_path(job)))["status"] == "draft"


async def test_refuses_an_open_job(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    response = await recruiter.post(job_path(job, "/open"))
    assert problem(response) == (409, "job_transition_refused")
    assert (response.json()["current_status"], response.json()["allowed"]) == ("open", ["close_job"])


async def test_of_many_at_once_one_opens_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(status="draft")
    answers = await asyncio.gather(*(recruiter.post(job_path(job, "/open")) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert await types_of(rows, cast, job) == ["job.created", "job.opened"]


async def test_a_dry_run_leaves_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(status="draft")
    effects = [("job.opened", job["id"])]
    shown = await expect_dry_run(watched, recruiter, job_path(job, "/open"), None, effects)
    assert shown["status"] == "open"
    assert problem(await recruiter.post(job_path(job, "/open?dry_run=maybe"))) == (422, "validation_failed")


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(status="draft")
    assert (await expect_replay(watched, recruiter, job_path(job, "/open"), None))["status"] == "open"


async def test_waits_for_the_same_key(recruiter: ApiClient, make: Factories, rows: Rows) -> None:
    await expect_in_progress(rows, recruiter, job_path(await make.job(status="draft"), "/open"))


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(status="draft")
    await expect_if_match(watched, recruiter, "POST", job_path(job, "/open"), None, job_path(job))


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    assert problem(await outsider.post(job_path(job, "/open"))) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    await make.grant("hiring_manager", job)
    assert problem(await hiring_manager.post(job_path(job, "/open"))) == (403, "missing_scope")
