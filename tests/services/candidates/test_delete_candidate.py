"""delete_candidate: into quarantine."""

from datetime import timedelta

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.candidates.habits import path_of
from tests.services.habits import (
    CANDIDATES,
    NOWHERE,
    Watch,
    changes_of,
    expect_hidden,
    expect_if_match,
    expect_scope,
    ids_of,
    instant,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_is_gone_for_every_read_but_one(
    recruiter: ApiClient, make: Factories, watched: Watch, hands: Hands
) -> None:
    candidate = await make.candidate(email="mira@example.org", full_name="Mira Okafor")
    await watched.begin()

    response = await recruiter.delete(path_of(candidate))

    assert (response.status_code, response.content) == (204, b"")
    assert problem(await recruiter.get(path_of(candidate))) == (404, "candidate_quarantined")
    for query in ("", "?email=mira@example.org", "?q=mira", "?status=active"):
        assert await recruiter.data("GET", f"{CANDIDATES}{query}") == []
    [shown] = await recruiter.data("GET", f"{CANDIDATES}?status=quarantined")
    assert shown == {
        **candidate,
        "status": "quarantined",
        "purge_at": instant(clock.now() + timedelta(days=30)),
        "updated_at": shown["updated_at"],
        "version": 2,
    }
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("candidate.deleted", candidate["id"])
    assert changes_of(event) == {"status": ("active", "quarantined")}


async def test_the_organization_says_for_how_long(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"quarantine_days": 3}})
    candidate = await make.candidate()

    await recruiter.data("DELETE", path_of(candidate))

    gone = await recruiter.get(path_of(candidate))
    assert gone.json()["purge_at"] == instant(clock.now() + timedelta(days=3))


async def test_its_applications_stay(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()

    await recruiter.data("DELETE", path_of({"id": application["candidate_id"]}))

    assert ids_of(await recruiter.data("GET", f"{V1}/applications")) == [application["id"]]
    assert (await make.command(application, "withdraw"))["status"] == "withdrawn"


async def test_is_deleted_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await recruiter.data("DELETE", path_of(candidate))
    await watched.begin()

    assert problem(await recruiter.delete(path_of(candidate))) == (404, "candidate_quarantined")
    await watched.expect_nothing()


async def test_its_external_id_stays_its_own(recruiter: ApiClient, make: Factories) -> None:
    candidate = await make.candidate(external_id="C-1")
    await recruiter.data("DELETE", path_of(candidate))

    response = await recruiter.post(CANDIDATES, json={"profile": {"full_name": "Other"}, "external_id": "C-1"})

    assert problem(response) == (409, "external_id_taken")


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = path_of(await make.candidate())

    await expect_if_match(watched, recruiter, "DELETE", path, None, path)


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    assert problem(await recruiter.delete(path_of({"id": NOWHERE}))) == (404, "not_found")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "DELETE", path_of(await make.candidate()))


async def test_needs_its_scope(hiring_manager: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()

    await expect_scope(hiring_manager, "DELETE", path_of(candidate), None, "candidates:write")


async def test_needs_the_whole_organization(make: Factories, watched: Watch) -> None:
    application = await make.application()
    granted = await make.machine("candidates:read", "candidates:write", job_ids=[application["job_id"]])
    await watched.begin()

    response = await granted.delete(path_of({"id": application["candidate_id"]}))

    assert problem(response) == (403, "missing_grant")
    await watched.expect_nothing()
