"""put_job_pipeline: the whole pipeline at once; what applications have been in is retired, never deleted."""

import asyncio
from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, expect_if_match
from tests.services.jobs.habits import job_path, types_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows


def kept(stage: Data, **changes: Any) -> Data:
    return {"id": stage["id"], "name": stage["name"], "kind": stage["kind"]} | changes


def new(name: str, kind: str = "other") -> Data:
    return {"name": name, "kind": kind}


async def put(client: ApiClient, job: Data, *stages: Data) -> Data:
    pipeline: Data = await client.data("PUT", job_path(job, "/pipeline"), json={"stages": list(stages)})
    return pipeline


async def test_renames_reorders_adds_and_records_it(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job(status="draft")
    applied, screen, interview, offer = await make.stages(job)
    pipeline = await put(
        recruiter,
        job,
        kept(applied),
        kept(interview, name="Talk"),
        new("Test", "assessment"),
        kept(screen),
        kept(offer),
    )
    stages = pipeline["stages"]
    assert [stage["name"] for stage in stages] == ["Applied", "Talk", "Test", "Screen", "Offer"]
    assert [stage["position"] for stage in stages] == [1, 2, 3, 4, 5]
    assert [stage["id"] for stage in stages if stage["name"] != "Test"] == [
        stage["id"] for stage in (applied, interview, screen, offer)
    ]
    assert (pipeline["version"], pipeline["retired_stages"]) == (2, [])
    assert pipeline["updated_at"] > job["updated_at"]
    assert await types_of(rows, cast, job) == ["job.created", "job.pipeline_changed"]
    assert await recruiter.data("GET", job_path(job, "/pipeline")) == pipeline


async def test_removes_a_stage_that_nothing_was_ever_in(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job(status="draft")
    applied, *_ = await make.stages(job)
    pipeline = await put(recruiter, job, kept(applied))
    assert ([stage["id"] for stage in pipeline["stages"]], pipeline["retired_stages"]) == ([applied["id"]], [])
    assert await rows.count("stages", cast.organization_id) == 1


async def test_retires_a_stage_with_applications_in_it(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    application = await make.application(job)
    applied, screen, *_ = await make.stages(job)
    pipeline = await put(recruiter, job, kept(screen))
    assert pipeline["retired_stages"] == [applied | {"is_retired": True}]
    found = await recruiter.data("GET", f"{V1}/applications/{application['id']}")
    assert (found["stage_id"], found["status"]) == (applied["id"], "active")


async def test_retires_a_stage_that_applications_have_left(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    application = await make.application(job)
    applied, screen, *_ = await make.stages(job)
    await make.command(application, "move", {"to_stage_id": screen["id"]})
    pipeline = await put(recruiter, job, kept(screen))
    assert [stage["id"] for stage in pipeline["retired_stages"]] == [applied["id"]]
    [stay, _] = await recruiter.data("GET", f"{V1}/stage_history?application_id={application['id']}&sort=entered_at")
    assert stay["stage_id"] == applied["id"]


async def test_a_retired_stage_takes_no_application_until_it_comes_back(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    application = await make.application(job)
    applied, screen, *_ = await make.stages(job)
    await make.command(application, "move", {"to_stage_id": screen["id"]})
    await put(recruiter, job, kept(screen))
    move = f"{V1}/applications/{application['id']}/move"
    refused = await recruiter.post(move, json={"to_stage_id": applied["id"]})
    assert problem(refused) == (409, "stage_retired")
    pipeline = await put(recruiter, job, kept(screen), kept(applied, name="Again"))
    assert pipeline["stages"][1] == applied | {"name": "Again", "position": 2}
    assert pipeline["retired_stages"] == []
    assert (await recruiter.post(move, json={"to_stage_id": applied["id"]})).status_code == 200


async def test_a_new_stage_may_have_the_name_of_a_retired_one(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.application(job)
    applied, *_ = await make.stages(job)
    pipeline = await put(recruiter, job, new("Applied", "applied"))
    assert pipeline["stages"][0]["id"] != applied["id"]
    assert [stage["name"] for stage in pipeline["retired_stages"]] == ["Applied"]


async def test_records_nothing_when_nothing_changes(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job(status="draft")
    before = await rows.fingerprint(cast.organization_id)
    pipeline = await put(recruiter, job, *map(kept, await make.stages(job)))
    assert pipeline["version"] == 1
    assert await rows.fingerprint(cast.organization_id) == before


async def test_takes_fifty_stages_and_no_more(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    stages = [new(f"Stage {number}") for number in range(51)]
    assert [stage["position"] for stage in (await put(recruiter, job, *stages[:50]))["stages"]] == [*range(1, 51)]
    response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": stages})
    assert problem(response) == (422, "validation_failed")


@pytest.mark.parametrize("stages", [[], [{"name": "", "kind": "other"}], [{"name": "A"}], [{"name": "A", "kind": "x"}]])
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, stages: list[Any]) -> None:
    job = await make.job(status="draft")
    response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": stages})
    assert problem(response) == (422, "validation_failed")


async def test_refuses_a_stage_or_a_name_twice(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    applied, screen, *_ = await make.stages(job)
    twice = [kept(applied), kept(screen), kept(applied, name="Else")]
    response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": twice})
    assert problem(response) == (422, "duplicate_items")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/stages/2/id"]
    names = [kept(applied), new("Screen"), kept(screen)]
    response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": names})
    assert problem(response) == (422, "duplicate_items")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/stages/2/name"]


async def test_refuses_a_stage_of_another_job(recruiter: ApiClient, make: Factories) -> None:
    job, other = await make.job(status="draft"), await make.job(status="draft")
    [foreign, *_] = await make.stages(other)
    response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": [kept(foreign)]})
    assert problem(response) == (409, "stage_of_other_job")


async def test_refuses_a_stage_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    job = await make.job(status="draft")
    [foreign, *_] = await make_elsewhere.stages(await make_elsewhere.job())
    [applied, *_] = await make.stages(job)
    for unknown in (foreign["id"], NOWHERE):
        stages = [kept(applied), kept(applied, id=unknown, name="Unknown")]
        response = await recruiter.put(job_path(job, "/pipeline"), json={"stages": stages})
        assert problem(response) == (404, "reference_not_found")
        assert [error["pointer"] for error in response.json()["errors"]] == ["/stages/1/id"]


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = job_path(await make.job(status="draft"), "/pipeline")
    await expect_if_match(watched, recruiter, "PUT", path, {"stages": [new("Only")]}, path)


async def test_of_many_writes_of_one_version_one_wins(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(status="draft")
    tag = (await recruiter.get(job_path(job, "/pipeline"))).headers["etag"]
    answers = await asyncio.gather(
        *(
            recruiter.put(
                job_path(job, "/pipeline"), json={"stages": [new(f"Only {number}")]}, headers={"If-Match": tag}
            )
            for number in range(5)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]


async def test_a_stage_is_retired_or_refuses_the_applications_that_enter_meanwhile(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job = await make.job()
    applied, screen, *_ = await make.stages(job)
    candidates = [await make.candidate() for _ in range(6)]
    create = (
        recruiter.post(
            f"{V1}/applications",
            json={"candidate_id": candidate["id"], "job_id": job["id"], "stage_id": applied["id"]},
        )
        for candidate in candidates
    )
    change = recruiter.put(job_path(job, "/pipeline"), json={"stages": [kept(screen)]})
    *created, changed = await asyncio.gather(*create, change)
    assert changed.status_code == 200
    entered = [answer for answer in created if answer.status_code == 201]
    assert {problem(answer) for answer in created if answer not in entered} <= {
        (404, "reference_not_found"),
        (409, "stage_retired"),
    }
    retired = [stage["id"] for stage in changed.json()["data"]["retired_stages"]]
    assert await rows.count("applications", cast.organization_id) == len(entered)
    assert (applied["id"] in retired) == bool(entered)


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    response = await outsider.put(job_path(job, "/pipeline"), json={"stages": [new("Mine")]})
    assert problem(response) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    response = await hiring_manager.put(job_path(job, "/pipeline"), json={"stages": [new("Mine")]})
    assert problem(response) == (403, "missing_scope")
