"""list_job_matches: who fits a job, by what they do alone."""

from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, expect_scope
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


def path(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/matches"


async def matches(client: ApiClient, job: Data, **query: str) -> Data:
    """The whole answer."""
    answer = await client.get(path(job), params=query)
    assert answer.status_code == 200, answer.text
    found: Data = answer.json()
    return found


def names(found: Data) -> list[str]:
    return [each["full_name"] for each in found["data"]]


async def person(make: Factories, full_name: str, headline: str | None = None, **fields: Any) -> Data:
    return await make.candidate(profile={"full_name": full_name, "headline": headline}, **fields)


async def test_who_does_what_the_job_is_called_comes_first(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job(title="Senior Python engineer", description="You know PostgreSQL, and bake bread at night.")
    for name, headline in [
        ("Ada", "Python engineer, senior"),
        ("Bea", "Engineer, PostgreSQL"),
        ("Eva", "Engineer of bread"),
        ("Fay", "Engineer of cakes"),
        ("Cem", "Baker of bread"),
        ("Dee", "Accountant"),
        ("Python Engineer", None),
    ]:
        await person(make, name, headline)
    await watched.begin()
    found = await matches(recruiter, job)
    assert names(found) == ["Ada", "Bea", "Eva", "Fay"]
    assert [each["place"] for each in found["data"]] == [1, 2, 3, 4]
    assert found["ranking"]["found_count"] == 4
    assert found["ranking"]["is_complete"] is True
    first = found["data"][0]["reasons"]
    assert (first["basis"], first["band"], first["rubric_revision"], first["answers"]) == ("words", None, None, [])
    assert [(word["text"], word["is_in_front"]) for word in first["words"]] == [
        ("Senior", True),
        ("Python", True),
        ("engineer", True),
    ]
    assert first["score_hundredths"] == first["words_hundredths"] > found["data"][1]["reasons"]["score_hundredths"]
    await watched.expect_nothing()


async def test_a_name_or_a_place_counts_for_nothing(recruiter: ApiClient, make: Factories) -> None:
    parts = dict.fromkeys(("street", "postal_code", "region", "country_code"))
    city = {**parts, "city": "Baker", "kind": "personal"}
    job = await make.job(title="Baker")
    plain = await person(make, "Ada", "Baker")
    named = await make.candidate(
        profile={
            "full_name": "Max Baker",
            "headline": "Baker",
            "addresses": [city],
            "emails": [{"address": "baker@example.com", "kind": "personal"}],
        }
    )
    await make.candidate(profile={"full_name": "Josephine Baker", "addresses": [city]})
    found = (await matches(recruiter, job))["data"]
    assert {each["id"] for each in found} == {plain["id"], named["id"]}
    assert found[0]["reasons"] == found[1]["reasons"]


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    job, tag, other = await make.job(title="Baker"), await make.tag(), await make.tag()
    parts = dict.fromkeys(("street", "postal_code", "region", "country_code"))
    city = {**parts, "city": "São Paulo", "kind": "personal"}
    ada = await person(make, "Ada", "Baker", tag_ids=[tag["id"], other["id"]])
    await make.candidate(profile={"full_name": "Bea", "headline": "Baker", "addresses": [city]}, tag_ids=[tag["id"]])
    await make.application(job, ada)
    gone = await person(make, "Cem", "Baker")
    await make.admin.data("DELETE", f"{V1}/candidates/{gone['id']}")
    for query, expected in [
        ({}, {"Bea"}),
        ({"applied": "exclude"}, {"Bea"}),
        ({"applied": "include"}, {"Ada", "Bea"}),
        ({"applied": "only"}, {"Ada"}),
        ({"applied": "include", "tag_ids": f"{tag['id']},{other['id']}"}, {"Ada"}),
        ({"applied": "include", "tag_ids": tag["id"]}, {"Ada", "Bea"}),
        ({"tag_ids": NOWHERE}, set()),
        ({"location": "sao paulo"}, {"Bea"}),
        ({"location": "Paulo São"}, set()),
        ({"location": "!"}, set()),
    ]:
        assert set(names(await matches(recruiter, job, **query))) == expected, query


async def test_pages_go_on_behind_the_last_one(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(title="Sourdough baker", description="Night shifts")
    people = [await person(make, f"Person {number}", ["Baker", "Sourdough baker"][number % 2]) for number in range(5)]
    whole = [each["id"] for each in (await matches(recruiter, job))["data"]]
    assert set(whole[:2]) == {people[1]["id"], people[3]["id"]}
    first = await matches(recruiter, job, limit="2")
    assert first["page"]["has_more"]
    cursor = first["page"]["next_cursor"]
    await recruiter.delete(f"{V1}/candidates/{first['data'][-1]['id']}")
    rest = await matches(recruiter, job, limit="200", cursor=cursor)
    assert [each["id"] for each in first["data"] + rest["data"]] == whole
    assert [each["place"] for each in rest["data"]] == [2, 3, 4]
    other = await recruiter.get(path(job), params={"applied": "only", "cursor": cursor})
    assert problem(other) == (400, "cursor_mismatch")
    assert problem(await recruiter.get(path(job), params={"cursor": "x"})) == (400, "invalid_cursor")


async def test_a_job_without_words_finds_nobody(recruiter: ApiClient, make: Factories) -> None:
    await person(make, "Ada", "Baker")
    found = await matches(recruiter, await make.job(title="—"))
    assert (found["data"], found["ranking"]["found_count"]) == ([], 0)


async def test_sees_what_the_actor_sees(
    recruiter: ApiClient, outsider: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    job, other = await make.job(title="Baker"), await make.job()
    one, two = await person(make, "Ada", "Baker"), await person(make, "Bea", "Baker")
    await make.application(other, two)
    assert problem(await hiring_manager.get(path(job))) == (404, "not_found")
    assert problem(await outsider.get(path(job))) == (404, "not_found")
    await make.grant("hiring_manager", job)
    assert names(await matches(hiring_manager, job)) == []
    await make.application(job, one)
    assert names(await matches(hiring_manager, job, applied="include")) == ["Ada"]
    assert names(await matches(recruiter, job, applied="include")) != ["Ada"]


@pytest.mark.parametrize("missing", ["candidates:read", "jobs:read", "matching:read"])
async def test_needs_every_scope(make: Factories, missing: str) -> None:
    held = {"candidates:read", "jobs:read", "matching:read"} - {missing}
    machine = await make.machine(*held)
    await expect_scope(machine, "GET", path(await make.job()), None, missing)


async def test_needs_the_words(recruiter: ApiClient, make: Factories, cast: Cast) -> None:
    job = await make.job()
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})
    assert problem(await recruiter.get(path(job))) == (409, "full_text_search_off")
    assert problem(await recruiter.get(path(job), params={"limit": "0"})) == (422, "validation_failed")
