"""list_candidate_duplicates: who may be the same person."""

from typing import Any

from impl.core.runtime import Runtime
from tests.services.candidates.habits import path_of
from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of


async def duplicates_of(client: ApiClient, candidate: Data) -> list[tuple[str, int, list[str]]]:
    """Who it names, with score and reasons."""
    found: list[Data] = await client.data("GET", path_of(candidate, "/duplicates"))
    return [(each["candidate"]["id"], each["score"], each["reasons"]) for each in found]


def reachable(name: str, **lists: list[Any]) -> Data:
    return {"full_name": name, **lists}


async def test_names_them_with_score_and_reasons(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    email, phone = {"address": "numbat@example.org", "kind": "work"}, {"number": "+49 30 901820", "kind": "work"}
    link = {"url": "https://numbat.example/x", "kind": "portfolio"}
    whole = reachable("Numbat Bilby", emails=[email], phones=[phone], links=[link])
    own = await make.candidate(profile=whole)
    by_phone = await make.candidate(profile=reachable("Quite Else", phones=[{**phone, "number": "+49 (30) 90-18-20"}]))
    by_name = await make.candidate(full_name="Bilby NUMBAT")
    by_all = await make.candidate(profile=whole)
    by_email = await make.candidate(full_name="Somebody Other", email="Numbat@Example.ORG")
    await make.candidate(profile=reachable("Nobody Near", links=[link]))
    await make.candidate(full_name="Numbat Quokkavich-Zyzzyva")
    await watched.begin()

    assert await duplicates_of(recruiter, own) == [
        (by_all["id"], 100, ["same_email", "same_link", "same_phone", "similar_name"]),
        (by_email["id"], 90, ["same_email"]),
        (by_phone["id"], 70, ["same_phone"]),
        (by_name["id"], 50, ["similar_name"]),
    ]
    [first, *_] = await recruiter.data("GET", path_of(own, "/duplicates"))
    assert first["candidate"] == {"id": by_all["id"], "status": "active", "full_name": "Numbat Bilby"}
    assert own["id"] in [each[0] for each in await duplicates_of(recruiter, by_all)]
    await watched.expect_nothing()


async def test_a_candidate_like_nobody_has_none(recruiter: ApiClient, make: Factories) -> None:
    assert await duplicates_of(recruiter, await make.candidate(full_name="Solitary Thylacine")) == []


async def test_without_an_index_of_words_names_find_nobody(recruiter: ApiClient, make: Factories) -> None:
    one, other = [await make.candidate(full_name="Numbat Bilby", email="n@example.org") for _ in range(2)]
    await make.candidate(full_name="Numbat Bilby")
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})

    assert await duplicates_of(recruiter, one) == [(other["id"], 95, ["same_email", "similar_name"])]


async def test_deleted_ones_are_none(recruiter: ApiClient, make: Factories) -> None:
    one, other = [await make.candidate(email="n@example.org") for _ in range(2)]
    await make.admin.data("DELETE", path_of(other))

    assert await duplicates_of(recruiter, one) == []
    assert problem(await recruiter.get(path_of(other, "/duplicates"))) == (404, "candidate_quarantined")


async def test_names_nobody_of_another_organization(
    recruiter: ApiClient, outsider: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    one = await make.candidate(full_name="Numbat Bilby", email="n@example.org")
    there = await make_elsewhere.candidate(full_name="Numbat Bilby", email="n@example.org")

    assert await duplicates_of(recruiter, one) == []
    assert await duplicates_of(outsider, there) == []


async def test_granted_actors_see_those_of_their_jobs(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    own, visible, hidden = [await make.candidate(email="n@example.org") for _ in range(3)]
    await make.application(job=job, candidate=own)
    await make.application(job=job, candidate=visible)
    await make.application(candidate=hidden)
    await make.grant("hiring_manager", job)

    assert [each[0] for each in await duplicates_of(hiring_manager, own)] == [visible["id"]]
    assert problem(await hiring_manager.get(path_of(hidden, "/duplicates"))) == (404, "not_found")


async def test_more_duplicates_cost_no_more_queries(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    own = await make.candidate(email="n@example.org")
    await duplicates_of(recruiter, own)  # the caller is known from now on
    counts = []
    for more in (1, 4):
        for _ in range(more):
            await make.candidate(email="n@example.org")
        with queries_of(runtime) as sent:
            await duplicates_of(recruiter, own)
        counts.append(len(sent))

    assert counts[0] == counts[1]


async def test_shows_fifty_at_the_most(recruiter: ApiClient, make: Factories) -> None:
    own = await make.candidate(email="n@example.org")
    for _ in range(51):
        await make.candidate(email="n@example.org")

    found = await duplicates_of(recruiter, own)

    assert len(found) == 50
    assert found == sorted(found, key=lambda each: (-each[1], each[0]))


async def test_an_unknown_id_is_not_found(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(path_of({"id": NOWHERE}, "/duplicates"))) == (404, "not_found")


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "GET", path_of(await make.candidate(), "/duplicates"))


async def test_needs_its_scope(make: Factories) -> None:
    machine = await make.machine("jobs:read")

    await expect_scope(machine, "GET", path_of(await make.candidate(), "/duplicates"), None, "candidates:read")
