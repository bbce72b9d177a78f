"""get_candidate: one person."""

from tests.services.candidates.habits import path_of
from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_query_rules, expect_scope, shown_to_all
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_what_was_made(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate(email="mira@example.org")

    response = await recruiter.get(path_of(candidate))

    assert (response.status_code, response.json()) == (200, {"data": candidate})


async def test_is_not_sent_again_to_who_has_it(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    tag = (await recruiter.get(path_of(candidate))).headers["ETag"]

    same = await recruiter.get(path_of(candidate), headers={"If-None-Match": f'"other", {tag}'})
    await recruiter.data("PATCH", path_of(candidate), json={"external_id": "C-1"})
    changed = await recruiter.get(path_of(candidate), headers={"If-None-Match": tag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"].startswith('"2-')


async def test_a_deleted_one_says_until_when_it_can_come_back(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await recruiter.data("DELETE", path_of(candidate))
    [listed] = await recruiter.data("GET", "/api/v1/candidates?status=quarantined")

    response = await recruiter.get(path_of(candidate))

    assert problem(response) == (404, "candidate_quarantined")
    assert response.json()["purge_at"] == listed["purge_at"]


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    for unknown in (NOWHERE, "nonsense"):
        assert problem(await recruiter.get(path_of({"id": unknown}))) == (404, "not_found")


async def test_refuses_a_query(recruiter: ApiClient, make: Factories) -> None:
    await expect_query_rules(recruiter, path_of(await make.candidate()))


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    deleted = await make.candidate()
    await make.admin.data("DELETE", path_of(deleted))
    for candidate in (await make.candidate(), deleted):
        await expect_hidden(watched, outsider, "GET", path_of(candidate))


async def test_needs_its_scope(make: Factories) -> None:
    candidate = await make.candidate()

    await expect_scope(await make.machine("jobs:read"), "GET", path_of(candidate), None, "candidates:read")


async def test_granted_actors_see_who_applied_to_their_jobs(
    interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    candidate = await make.candidate()
    application = await make.application(candidate=candidate)
    await make.grant("interviewer", await make.job())
    await expect_hidden(watched, interviewer, "GET", path_of(candidate))

    await make.grant("interviewer", {"id": application["job_id"]})

    assert await interviewer.data("GET", path_of(candidate)) == shown_to_all(candidate)
