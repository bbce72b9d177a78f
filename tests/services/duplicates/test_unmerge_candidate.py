"""unmerge_candidate: a merge is undone by its ledger."""

from tests.services.candidates.habits import path_of
from tests.services.duplicates.test_merge_candidates import merge_path, naming
from tests.services.habits import (
    APPLICATIONS,
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
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows


def unmerge_path(candidate: Data) -> str:
    return path_of(candidate, "/unmerge")


async def test_gives_back_just_what_went_over(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor = await make.candidate(full_name="Mira Okafor", email="mira@home.example")
    duplicate = await make.candidate(
        profile={
            "full_name": "M. Okafor",
            "headline": "Engineer",
            "emails": [{"address": "m@work.example", "kind": "work"}],
        }
    )
    own, gone_over = await make.application(candidate=survivor), await make.application(candidate=duplicate)
    notes = [await make.note(own), await make.note(gone_over)]
    before = await recruiter.data("GET", path_of(duplicate))
    await recruiter.data("POST", merge_path(survivor), json=naming(duplicate))
    since = await make.application(candidate=survivor)
    notes += [await make.note(since), await make.note({**gone_over, "candidate_id": survivor["id"]})]
    await make.command(gone_over, "move")
    await watched.begin()

    back = await recruiter.data("POST", unmerge_path(duplicate))

    assert back == {**before, "updated_at": back["updated_at"], "version": 3}
    assert await recruiter.data("GET", path_of(duplicate)) == back
    again = await recruiter.data("GET", path_of(survivor))
    assert again["profile"] == survivor["profile"]
    listed = {
        each["id"]: ids_of(await recruiter.data("GET", f"{APPLICATIONS}?candidate_id={each['id']}&sort=created_at"))
        for each in (survivor, duplicate)
    }
    assert listed == {survivor["id"]: [own["id"], since["id"]], duplicate["id"]: [gone_over["id"]]}
    written = {
        each["id"]: sorted(ids_of(await recruiter.data("GET", path_of(each, "/notes"))))
        for each in (survivor, duplicate)
    }
    assert written == {
        survivor["id"]: sorted([notes[0]["id"], notes[2]["id"]]),
        duplicate["id"]: sorted([notes[1]["id"], notes[3]["id"]]),
    }
    history = await recruiter.data("GET", f"{V1}/stage_history?candidate_id={duplicate['id']}")
    assert [each["application_id"] for each in history] == [gone_over["id"]] * 2
    assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?email=m@work.example")) == [duplicate["id"]]
    assert await watched.effects() == [
        ("application.reassigned", gone_over["id"]),
        ("candidate.unmerged", duplicate["id"]),
        ("candidate.updated", survivor["id"]),
    ]
    assert changes_of((await watched.events())[1]) == {
        "status": ("merged", "active"),
        "merged_into_id": (survivor["id"], None),
    }


async def test_what_was_changed_since_stays_with_the_survivor(recruiter: ApiClient, make: Factories) -> None:
    survivor = await make.candidate(full_name="Mira Okafor")
    duplicate = await make.candidate(profile={"full_name": "M", "headline": "Engineer", "given_name": "Mira"})
    await make.merged(survivor, duplicate)
    await recruiter.data("PATCH", path_of(survivor), json={"profile": {"headline": "Manager"}})

    await recruiter.data("POST", unmerge_path(duplicate))

    profile = (await recruiter.data("GET", path_of(survivor)))["profile"]
    assert (profile["headline"], profile["given_name"]) == ("Manager", None)


async def test_can_be_merged_and_unmerged_again_and_again(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    survivor, duplicate = await make.reachable(), await make.reachable()
    application = await make.application(candidate=duplicate)
    for _ in range(2):
        await make.merged(survivor, duplicate)
        await recruiter.data("POST", unmerge_path(duplicate))
    found = await recruiter.data("GET", f"{APPLICATIONS}/{application['id']}")
    assert found["candidate_id"] == duplicate["id"]
    assert (await recruiter.data("GET", path_of(survivor)))["profile"] == survivor["profile"]
    assert await rows.count("candidate_merges", cast.organization_id) == 2


async def test_a_chain_is_undone_from_its_end(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second, last = [await make.candidate() for _ in range(3)]
    application = await make.application(candidate=first)
    await make.merged(second, first)
    await make.merged(last, second)
    await watched.begin()

    refused = await recruiter.post(unmerge_path(first))
    assert problem(refused) == (409, "candidate_merged")
    assert refused.json()["survivor_id"] == last["id"]
    await watched.expect_nothing()

    for each in (second, first):
        await recruiter.data("POST", unmerge_path(each))
    found = await recruiter.data("GET", f"{APPLICATIONS}/{application['id']}")
    assert found["candidate_id"] == first["id"]


async def test_refuses_where_there_is_nothing_to_undo(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor = await make.candidate()
    duplicate = await make.merged(survivor)
    await make.admin.data("DELETE", path_of(survivor))
    await watched.begin()

    assert problem(await recruiter.post(unmerge_path(duplicate))) == (409, "candidate_not_active")
    assert problem(await recruiter.post(unmerge_path(survivor))) == (409, "candidate_transition_refused")
    assert problem(await recruiter.post(unmerge_path({"id": NOWHERE}))) == (404, "not_found")
    await watched.expect_nothing()


async def test_tries_it_first_and_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor = await make.candidate()
    duplicate = await make.merged(survivor)
    effects = [("candidate.unmerged", duplicate["id"]), ("candidate.updated", survivor["id"])]
    await expect_dry_run(watched, recruiter, unmerge_path(duplicate), None, effects)
    duplicate = await make.merged(await make.candidate(), await make.candidate())
    await expect_replay(watched, recruiter, unmerge_path(duplicate), None)


async def test_who_may_not(outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch) -> None:
    duplicate = await make.merged()
    await expect_hidden(watched, outsider, "POST", unmerge_path(duplicate))
    await expect_scope(hiring_manager, "POST", unmerge_path(duplicate), None, "candidates:write")
    granted = await make.machine("candidates:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(unmerge_path(duplicate))) == (403, "missing_grant")
