"""create_screening_run: applications held against a rubric, by the worker, and nothing else."""

import pytest

from impl.screening import SCORER_VERSION
from impl.services.screening import tasks
from tests.screening.people import JOBS
from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_replay, expect_scope, ids_of, refused_at
from tests.services.screening.habits import BAKER, NURSE, Desk, rubric, rubric_path, runs_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

UNTOUCHED = ("applications", "stage_history", "candidates", "messages", "offers", "interviews", "notes", "openings")
OWN = {"screening_runs", "screening_results", "screening_documents", "events", "tasks", "idempotency_keys"}


async def test_screens_all_that_are_active_and_changes_nothing_else(
    recruiter: ApiClient, desk: Desk, watched: Watch
) -> None:
    job = await desk.job()
    alone = await desk.application(job)
    fits, near = await desk.application(job, BAKER), await desk.application(job, BAKER.without("Sourdough"))
    withdrawn = await desk.make.command(await desk.application(job, BAKER), "withdraw")
    before = await watched.rows.fingerprint(watched.cast.organization_id)
    await watched.begin()
    run = await recruiter.data("POST", runs_path(job), json={})
    assert (run["applications_count"], run["results_count"], run["is_finished"]) == (3, 0, False)
    assert (run["rubric_revision"], run["scorer_version"], run["is_blind"]) == (1, SCORER_VERSION, True)
    assert run["started_by"] == {"type": "user", "id": str(recruiter.id)}
    await desk.work()
    finished = await recruiter.data("GET", f"{V1}/screening_runs/{run['id']}")
    assert (finished["results_count"], finished["is_finished"]) == (3, True)
    assert await watched.effects() == [("screening_run.created", run["id"]), ("screening_run.finished", run["id"])]
    results = await desk.results(run)
    assert [each["application_id"] for each in results] == ids_of([fits, near, alone])
    assert [each["band"] for each in results] == ["required_met", "required_not_found", "no_resume"]
    assert [each["score_hundredths"] for each in results] == [10000, 5000, None]
    after = await watched.rows.fingerprint(watched.cast.organization_id)
    assert {table for table in after if after[table] != before.get(table)} <= OWN
    assert withdrawn["id"] not in {each["application_id"] for each in results}


@pytest.mark.promise("G2")
async def test_whatever_the_rubric_no_application_changes(desk: Desk, watched: Watch) -> None:
    """A property: over every rubric, with people who fit and who do not, only screening's own rows and events come to be."""
    job = await desk.make.job()
    for person in (None, BAKER, NURSE):
        await desk.application(job, person)
    others = {each: (await watched.rows.fingerprint(watched.cast.organization_id))[each] for each in UNTOUCHED}
    for criteria, _, _ in JOBS.values():
        await desk.make.admin.data("PUT", rubric_path(job), json=rubric(criteria=criteria))
        await watched.begin()
        await desk.run(job)
        assert {kind for kind, _ in await watched.effects()} == {"screening_run.created", "screening_run.finished"}
    after = await watched.rows.fingerprint(watched.cast.organization_id)
    assert {each: after[each] for each in UNTOUCHED} == others


async def test_screens_what_is_named_and_goes_on_where_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, watched: Watch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", 1)
    job = await desk.job()
    several = [await desk.application(job, person) for person in (BAKER, NURSE, BAKER)]
    run = await desk.run(job, *several[:2])
    assert sorted(each["application_id"] for each in await desk.results(run)) == sorted(ids_of(several[:2]))
    assert [kind for kind, _ in await watched.effects()].count("screening_run.finished") == 1
    again = await desk.run(job, *several[:2])
    assert [each["result_sha256"] for each in await desk.results(again)] == [
        each["result_sha256"] for each in await desk.results(run)
    ]


async def test_refuses_what_cannot_be_screened(recruiter: ApiClient, desk: Desk, watched: Watch) -> None:
    job, bare, off = await desk.job(), await desk.make.job(), await desk.job(is_enabled=False)
    other = await desk.application(await desk.job())
    own = await desk.application(job)
    await watched.begin()
    assert problem(await recruiter.post(runs_path(bare), json={})) == (409, "rubric_empty")
    assert problem(await recruiter.post(runs_path(off), json={})) == (409, "screening_off")
    mixed = await recruiter.post(runs_path(job), json={"application_ids": [own["id"], other["id"]]})
    assert refused_at(mixed) == (409, "application_of_other_job", ["/application_ids/1"])
    unknown = await recruiter.post(runs_path(job), json={"application_ids": [NOWHERE]})
    assert refused_at(unknown) == (404, "reference_not_found", ["/application_ids/0"])
    assert problem(await recruiter.post(runs_path(job), json={"application_ids": []})) == (422, "validation_failed")
    await watched.expect_nothing()


async def test_a_job_nobody_applied_for_is_done_at_once(desk: Desk, watched: Watch) -> None:
    run = await desk.run(await desk.job())
    assert (await watched.effects())[-2:] == [
        ("screening_run.created", run["id"]),
        ("screening_run.finished", run["id"]),
    ]
    assert (run["applications_count"], run["is_finished"], await desk.results(run)) == (0, True, [])


async def test_replays(recruiter: ApiClient, desk: Desk, watched: Watch) -> None:
    job = await desk.job()
    named = {"application_ids": [(await desk.application(job))["id"]]}
    await expect_replay(watched, recruiter, runs_path(job), {}, named)


async def test_a_run_keeps_to_the_rubric_it_began_with(recruiter: ApiClient, desk: Desk) -> None:
    job = await desk.job()
    await desk.application(job, BAKER)
    run = await recruiter.data("POST", runs_path(job), json={})
    await recruiter.data("PUT", rubric_path(job), json=rubric(criteria=[]))
    await desk.work()
    [result] = await desk.results(run)
    assert (result["rubric_revision"], len(result["answers"])) == (1, 3)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, desk: Desk, make: Factories, watched: Watch
) -> None:
    job = await desk.job()
    for stranger in (outsider, hiring_manager):
        await expect_hidden(watched, stranger, "POST", runs_path(job), {})
    await expect_scope(await make.machine("screening:read"), "POST", runs_path(job), {}, "screening:write")
    await make.grant("hiring_manager", job)
    assert (await hiring_manager.data("POST", runs_path(job), json={}))["job_id"] == job["id"]
