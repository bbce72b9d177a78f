"""get_application: one candidacy."""

import pytest

from tests.services.applications.habits import in_status, path_of, quarantine
from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_query_rules, expect_scope, shown_to_all
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_what_the_list_shows(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()

    response = await recruiter.get(path_of(application))

    assert (response.status_code, response.json()) == (200, {"data": application})
    assert response.headers["ETag"].startswith('"1-')


async def test_is_not_sent_again_to_who_has_it(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    tag = (await recruiter.get(path_of(application))).headers["ETag"]

    same = await recruiter.get(path_of(application), headers={"If-None-Match": tag})
    await make.command(application, "move")
    changed = await recruiter.get(path_of(application), headers={"If-None-Match": tag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"].startswith('"2-')


async def test_brings_along_what_is_asked_for(recruiter: ApiClient, make: Factories) -> None:
    job, candidate = await make.job(), await make.candidate(full_name="Mira Okafor")
    stage = (await make.stages(job))[0]
    application = await make.application(job, candidate)

    whole = await recruiter.data("GET", path_of(application, "?include=candidate,job,stage"))
    part = await recruiter.data("GET", path_of(application, "?include=stage"))

    assert whole == {
        **application,
        "candidate": {"id": candidate["id"], "status": "active", "full_name": "Mira Okafor"},
        "job": {"id": job["id"], "title": job["title"], "status": "open"},
        "stage": {"id": stage["id"], "name": stage["name"], "kind": stage["kind"]},
    }
    assert part == {**application, "stage": whole["stage"]}


async def test_keeps_the_name_of_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    await quarantine(recruiter, application)

    shown = await recruiter.data("GET", path_of(application, "?include=candidate"))

    assert shown["candidate"] == {"id": application["candidate_id"], "status": "quarantined", "full_name": None}


@pytest.mark.parametrize(
    ("status", "shown"), [("active", None), ("rejected", "rejection"), ("withdrawn", "withdrawal"), ("hired", "hire")]
)
async def test_shows_how_it_ended(recruiter: ApiClient, make: Factories, status: str, shown: str | None) -> None:
    application = await recruiter.data("GET", path_of(await in_status(make, status)))

    assert application["status"] == status
    assert [name for name in ("rejection", "withdrawal", "hire") if application[name]] == ([shown] if shown else [])


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    for unknown in (NOWHERE, "nonsense"):
        assert problem(await recruiter.get(path_of({"id": unknown}))) == (404, "not_found")


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient, make: Factories) -> None:
    path = path_of(await make.application())

    await expect_query_rules(recruiter, path, "include=notes", "include=job,job")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "GET", path_of(await make.application()))


async def test_needs_its_scope(make: Factories) -> None:
    application = await make.application()

    await expect_scope(await make.machine("jobs:read"), "GET", path_of(application), None, "applications:read")


async def test_granted_actors_see_those_of_their_jobs(interviewer: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await expect_hidden(watched, interviewer, "GET", path_of(application))

    await make.grant("interviewer", {"id": application["job_id"]})

    assert await interviewer.data("GET", path_of(application)) == shown_to_all(application)
