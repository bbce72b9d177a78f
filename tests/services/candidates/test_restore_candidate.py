"""restore_candidate: out of quarantine, as it was."""

from tests.services.candidates.habits import WHOLE, path_of
from tests.services.habits import (
    CANDIDATES,
    NOWHERE,
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_replay,
    expect_scope,
    ids_of,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories


async def deleted(make: Factories) -> Data:
    """A candidate in quarantine, as it was before."""
    made: Data = await make.admin.data("POST", CANDIDATES, json={"profile": WHOLE})
    await make.admin.data("DELETE", path_of(made))
    return made


async def test_is_there_as_it_was(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    before = await deleted(make)
    await watched.begin()

    response = await recruiter.post(path_of(before, "/restore"))

    assert response.status_code == 200
    restored = response.json()["data"]
    assert restored == {**before, "version": 3, "updated_at": restored["updated_at"]}
    assert await recruiter.data("GET", path_of(before)) == restored
    for query in ("email=quokka.z@example.com", "q=zyzzyva"):
        assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?{query}")) == [before["id"]]
    [event] = await watched.events()
    assert (event["type"], str(event["candidate_id"])) == ("candidate.restored", before["id"])
    assert changes_of(event) == {"status": ("quarantined", "active")}


async def test_refuses_one_that_is_there(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await watched.begin()

    response = await recruiter.post(path_of(candidate, "/restore"))

    assert problem(response) == (409, "candidate_transition_refused")
    assert (response.json()["current_status"], response.json()["allowed"]) == (
        "active",
        ["delete_candidate", "merge_candidates", "anonymize_candidate", "erase_candidate"],
    )
    await watched.expect_nothing()


async def test_dry_run(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await deleted(make)

    shown = await expect_dry_run(
        watched, recruiter, path_of(candidate, "/restore"), None, [("candidate.restored", candidate["id"])]
    )

    assert (shown["status"], shown["purge_at"]) == ("active", None)


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_replay(watched, recruiter, path_of(await deleted(make), "/restore"), None)


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    assert problem(await recruiter.post(path_of({"id": NOWHERE}, "/restore"))) == (404, "not_found")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "POST", path_of(await deleted(make), "/restore"))


async def test_needs_its_scope(hiring_manager: ApiClient, make: Factories) -> None:
    path = path_of(await deleted(make), "/restore")

    await expect_scope(hiring_manager, "POST", path, None, "candidates:write")


async def test_needs_the_whole_organization(make: Factories, watched: Watch) -> None:
    candidate = await deleted(make)
    granted = await make.machine("candidates:write", job_ids=[(await make.job())["id"]])
    await watched.begin()

    assert problem(await granted.post(path_of(candidate, "/restore"))) == (403, "missing_grant")
    await watched.expect_nothing()
