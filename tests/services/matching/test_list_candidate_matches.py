"""list_candidate_matches: which jobs fit somebody."""

import pytest

from tests.services.habits import Watch, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


def path(candidate: Data) -> str:
    return f"{V1}/candidates/{candidate['id']}/matches"


async def matches(client: ApiClient, candidate: Data, **query: str) -> Data:
    """The whole answer."""
    answer = await client.get(path(candidate), params=query)
    assert answer.status_code == 200, answer.text
    found: Data = answer.json()
    return found


def titles(found: Data) -> list[str]:
    return [each["title"] for each in found["data"]]


async def baker(make: Factories) -> Data:
    return await make.candidate(profile={"full_name": "Ada Clerk", "headline": "Sourdough baker, Python"})


async def test_the_jobs_that_want_the_most_of_it_come_first(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    ada = await baker(make)
    both = await make.job(title="Sourdough baker", description="Python is a plus.")
    await make.job(title="Baker", description="Cakes and tarts. Creams and fillings.")
    await make.job(title="Clerk", description="Sourdough at lunch.")
    await make.job(title="Baker", status="draft")
    await make.job(title="Baker", status="closed")
    await watched.begin()
    found = await matches(recruiter, ada)
    assert titles(found) == ["Sourdough baker", "Baker"]
    assert found["data"][0]["id"] == both["id"]
    reasons = found["data"][0]["reasons"]
    assert (reasons["basis"], reasons["band"], reasons["resume_parse_id"]) == ("words", None, None)
    assert [word["text"] for word in reasons["words"]] == ["Sourdough", "baker", "Python"]
    assert found["ranking"]["found_count"] == 2
    await watched.expect_nothing()


async def test_jobs_applied_to(recruiter: ApiClient, make: Factories) -> None:
    ada, job = await baker(make), await make.job(title="Baker")
    await make.job(title="Python baker")
    await make.command(await make.application(job, ada), "withdraw")
    assert titles(await matches(recruiter, ada)) == ["Python baker"]
    assert titles(await matches(recruiter, ada, applied="only")) == ["Baker"]
    assert set(titles(await matches(recruiter, ada, applied="include"))) == {"Python baker", "Baker"}


async def test_pages(recruiter: ApiClient, make: Factories) -> None:
    ada = await baker(make)
    for _ in range(3):
        await make.job(title="Baker")
    whole = [each["id"] for each in (await matches(recruiter, ada))["data"]]
    first = await matches(recruiter, ada, limit="2")
    rest = await matches(recruiter, ada, cursor=first["page"]["next_cursor"])
    assert [each["id"] for each in first["data"] + rest["data"]] == whole
    answer = await recruiter.get(path(ada), params={"cursor": first["page"]["next_cursor"], "applied": "only"})
    assert problem(answer) == (400, "cursor_mismatch")
    assert problem(await recruiter.get(path(ada), params={"cursor": "x"})) == (400, "invalid_cursor")


async def test_sees_what_the_actor_sees(
    recruiter: ApiClient, outsider: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    ada, job, hidden = await baker(make), await make.job(title="Baker"), await make.job(title="Baker")
    await make.application(job, ada)
    assert problem(await outsider.get(path(ada))) == (404, "not_found")
    assert problem(await hiring_manager.get(path(ada))) == (404, "not_found")
    await make.grant("hiring_manager", job)
    found = await matches(hiring_manager, ada, applied="include")
    assert [each["id"] for each in found["data"]] == [job["id"]]
    assert len((await matches(recruiter, ada, applied="include"))["data"]) == 2
    assert hidden["id"] in [each["id"] for each in (await matches(recruiter, ada))["data"]]


async def test_of_who_is_gone(recruiter: ApiClient, make: Factories) -> None:
    await make.job(title="Baker")
    gone = await baker(make)
    await recruiter.delete(f"{V1}/candidates/{gone['id']}")
    assert problem(await recruiter.get(path(gone))) == (404, "candidate_quarantined")
    blank = await baker(make)
    await make.admin.data("POST", f"{V1}/candidates/{blank['id']}/anonymize")
    assert (await matches(recruiter, blank))["data"] == []
    erased = await baker(make)
    await make.admin.data("POST", f"{V1}/candidates/{erased['id']}/erase")
    assert problem(await recruiter.get(path(erased))) == (410, "candidate_erased")
    survivor, merged = await make.reachable(), await make.reachable()
    await make.merged(survivor, merged)
    assert (await recruiter.get(path(merged))).status_code == 308


@pytest.mark.parametrize("missing", ["candidates:read", "jobs:read", "matching:read"])
async def test_needs_every_scope(make: Factories, missing: str) -> None:
    held = {"candidates:read", "jobs:read", "matching:read"} - {missing}
    machine = await make.machine(*held)
    await expect_scope(machine, "GET", path(await baker(make)), None, missing)


async def test_needs_the_words(recruiter: ApiClient, make: Factories) -> None:
    ada = await baker(make)
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})
    assert problem(await recruiter.get(path(ada))) == (409, "full_text_search_off")
    assert problem(await recruiter.get(path(ada), params={"limit": "0"})) == (422, "validation_failed")
