"""put_job_hiring_team: the whole team at once. It grants nothing."""

from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, expect_if_match
from tests.services.jobs.habits import job_path, types_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows


def member(user: Data, role: str = "interviewer") -> Data:
    return {"user_id": user["id"], "role": role}


async def put(client: ApiClient, job: Data, *members: Data) -> Data:
    team: Data = await client.data("PUT", job_path(job, "/hiring_team"), json={"members": list(members)})
    return team


async def test_replaces_the_team_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job, ada, bob = await make.job(status="draft"), await make.user(), await make.user()
    first = await put(recruiter, job, member(ada), member(bob, "hiring_manager"))
    assert (first["members"], first["version"]) == ([member(ada), member(bob, "hiring_manager")], 2)
    second = await put(recruiter, job, member(bob, "coordinator"), member(ada))
    assert (second["members"], second["version"]) == ([member(bob, "coordinator"), member(ada)], 3)
    assert await recruiter.data("GET", job_path(job, "/hiring_team")) == second
    assert (await put(recruiter, job))["members"] == []
    assert await types_of(rows, cast, job) == ["job.created", *["job.hiring_team_changed"] * 3]


async def test_records_nothing_when_nothing_changes(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job, user = await make.job(), await make.user()
    team = await put(recruiter, job, member(user))
    before = await rows.fingerprint(cast.organization_id)
    assert await put(recruiter, job, member(user)) == team
    assert await rows.fingerprint(cast.organization_id) == before


async def test_grants_nothing(recruiter: ApiClient, interviewer: ApiClient, make: Factories, cast: Cast) -> None:
    job = await make.job()
    await put(recruiter, job, member({"id": str(cast.people["interviewer"].id)}))
    assert problem(await interviewer.get(job_path(job))) == (404, "not_found")


async def test_refuses_a_user_who_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    job, user, foreign = await make.job(), await make.user(), await make_elsewhere.user()
    for unknown in (foreign, {"id": NOWHERE}):
        body = {"members": [member(user), member(unknown)]}
        response = await recruiter.put(job_path(job, "/hiring_team"), json=body)
        assert problem(response) == (404, "reference_not_found")
        assert [error["pointer"] for error in response.json()["errors"]] == ["/members/1/user_id"]


async def test_refuses_a_user_twice(recruiter: ApiClient, make: Factories) -> None:
    job, user = await make.job(), await make.user()
    body = {"members": [member(user), member(user, "coordinator")]}
    response = await recruiter.put(job_path(job, "/hiring_team"), json=body)
    assert problem(response) == (422, "duplicate_items")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/members/1/user_id"]


@pytest.mark.parametrize("members", [None, [{}], [{"user_id": NOWHERE}], [{"user_id": NOWHERE, "role": "boss"}]])
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, members: Any) -> None:
    job = await make.job()
    response = await recruiter.put(job_path(job, "/hiring_team"), json={"members": members})
    assert problem(response) == (422, "validation_failed")


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job, user = await make.job(), await make.user()
    path = job_path(job, "/hiring_team")
    await expect_if_match(watched, recruiter, "PUT", path, {"members": [member(user)]}, path)


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.put(job_path(job, "/hiring_team"), json={"members": []})) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    response = await hiring_manager.put(job_path(job, "/hiring_team"), json={"members": []})
    assert problem(response) == (403, "missing_scope")
