"""search_candidates: by words, ranked, filtered, counted, and only what the caller may see."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from impl.core.runtime import Runtime
from impl.lib import clock
from impl.lib.clock import Hands
from impl.services.search import queries
from tests.services.habits import NOWHERE, expect_scope, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

SEARCH = f"{V1}/search/candidates"


async def search(client: ApiClient, query: str, **more: Any) -> Data:
    found: Data = await client.data("POST", SEARCH, json={"query": query, **more})
    return found


def names(found: Data) -> list[str]:
    return [hit["candidate"]["profile"]["full_name"] for hit in found["hits"]]


async def person(make: Factories, full_name: str, headline: str | None = None, **fields: Any) -> Data:
    return await make.candidate(profile={"full_name": full_name, "headline": headline}, **fields)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("engineer", {"Ada", "Cem"}),
        ("ENGINEERS berlin", {"Ada"}),
        ('"head of engineering"', {"Cem"}),
        ('"engineering head"', set()),
        ("bak*", {"Bea"}),
        ("engineer -head", {"Ada"}),
        ("baker OR berlin", {"Ada", "Bea"}),
        ("ada@example", set()),
        ("nobody", set()),
    ],
)
async def test_the_grammar(recruiter: ApiClient, make: Factories, query: str, expected: set[str]) -> None:
    await person(make, "Ada", "Software engineer in Berlin")
    await person(make, "Bea", "Baker")
    await person(make, "Cem", "Head of Engineering")
    found = await search(recruiter, query)
    assert set(names(found)) == expected
    assert (found["matches_count"], found["is_complete"], found["facets"]) == (len(expected), True, [])
    assert found["page"] == {"next_cursor": None, "has_more": False}


async def test_names_come_first_and_places_are_marked(recruiter: ApiClient, make: Factories) -> None:
    parts = dict.fromkeys(("street", "postal_code", "region", "country_code"))
    city = {**parts, "city": "Baker", "kind": "personal"}
    await make.candidate(profile={"full_name": "Cem", "addresses": [city]})
    await person(make, "Ada", "A baker <b>of</b> bread, bákers' pride")
    await person(make, "Josephine Baker")
    found = await search(recruiter, "baker")
    assert names(found) == ["Josephine Baker", "Ada", "Cem"]
    first, second, third = (hit["highlights"] for hit in found["hits"])
    assert first == [{"pointer": "/profile/full_name", "text": "Josephine Baker", "ranges": [{"start": 10, "end": 15}]}]
    [headline] = second
    assert headline["text"] == "A baker <b>of</b> bread, bákers' pride"
    assert [headline["text"][each["start"] : each["end"]] for each in headline["ranges"]] == ["baker", "bákers"]
    assert [each["pointer"] for each in third] == ["/profile/addresses/0/city"]


async def test_a_long_text_is_cut_around_the_first_place(recruiter: ApiClient, make: Factories) -> None:
    await person(make, "Ada", f"{'x ' * 120}needle {'y ' * 20}")
    [hit] = (await search(recruiter, "needle"))["hits"]
    [highlight] = hit["highlights"]
    [place] = highlight["ranges"]
    assert highlight["text"][place["start"] : place["end"]] == "needle"
    assert len(highlight["text"]) == 200


async def test_pages_follow_the_rank(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    for number in range(5):
        await person(make, f"Okafor {number}" if number % 2 else f"Somebody {number}", "okafor & sons")
    whole = await search(recruiter, "okafor")
    walked: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(5):
        page = await search(recruiter, "okafor", limit=2, facets=["source"], **cursor)
        walked += names(page)
        assert page["matches_count"] == 5
        if not page["page"]["has_more"]:
            break
        cursor = {"cursor": page["page"]["next_cursor"]}
    assert walked == names(whole)
    assert [name.startswith("Okafor") for name in walked] == [True, True, False, False, False]
    with queries_of(runtime) as sent:
        await search(recruiter, "okafor", facets=["source", "job", "stage_kind", "application_status", "tag"])
    assert len([each for each in sent if "candidates_by_words" in each]) == 1
    assert len(sent) == 2


async def test_a_cursor_belongs_to_its_search(recruiter: ApiClient, make: Factories) -> None:
    for number in range(3):
        await person(make, f"Okafor {number}")
    cursor = (await search(recruiter, "okafor", limit=1))["page"]["next_cursor"]
    for other in ({"query": "okafors"}, {"filters": {"source_id": NOWHERE}}, {"facets": ["tag"]}):
        body = {"query": "okafor", "cursor": cursor} | other
        assert problem(await recruiter.post(SEARCH, json=body)) == (400, "cursor_mismatch")
    for made_up in ("bm9uc2Vuc2U", "W10", cursor[:-6], "x"):
        body = {"query": "okafor", "cursor": made_up}
        assert problem(await recruiter.post(SEARCH, json=body)) == (400, "invalid_cursor")
    assert len((await search(recruiter, "okafor", limit=200, cursor=cursor))["hits"]) == 2


async def test_filters(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    hands.set(clock.now().replace(microsecond=0) + timedelta(seconds=1))
    source, tag, other_tag, job = await make.source(), await make.tag(), await make.tag(), await make.job()
    field = {"name": "Weeks", "key": "weeks", "type": "integer", "applies_to": "candidate"}
    await make.admin.data("POST", f"{V1}/custom_fields", json=field)
    stages = await make.stages(job)
    marked = {"source_id": source["id"], "tag_ids": [tag["id"], other_tag["id"]], "custom_fields": {"weeks": 4}}
    one = await person(make, "Okafor One", **marked)
    application = await make.application(job, one, stage_id=stages[1]["id"])
    hands.advance(timedelta(seconds=5))
    two = await person(make, "Okafor Two", tag_ids=[tag["id"]])
    await make.command(await make.application(candidate=two), "withdraw")
    both = {"Okafor One", "Okafor Two"}
    for filters, expected in [
        ({}, both),
        ({"job_id": job["id"]}, {"Okafor One"}),
        ({"stage_id": stages[1]["id"]}, {"Okafor One"}),
        ({"stage_kinds": [stages[1]["kind"], "offer"]}, {"Okafor One"}),
        ({"application_statuses": ["active"]}, {"Okafor One"}),
        ({"application_statuses": ["active", "withdrawn"]}, both),
        ({"application_statuses": ["withdrawn"], "job_id": job["id"]}, set()),
        ({"source_id": source["id"]}, {"Okafor One"}),
        ({"tag_ids": [tag["id"]]}, both),
        ({"tag_ids": [tag["id"], other_tag["id"]]}, {"Okafor One"}),
        ({"custom_fields": ["weeks:4"]}, {"Okafor One"}),
        ({"custom_fields": ["weeks:5"]}, set()),
        ({"created_after": one["created_at"], "created_before": "2100-01-01T00:00:00Z"}, {"Okafor Two"}),
        ({"created_before": two["created_at"]}, {"Okafor One"}),
        ({"updated_after": "2100-01-01T00:00:00Z"}, set()),
        ({"updated_before": "2100-01-01T00:00:00Z"}, both),
        ({"job_id": NOWHERE}, set()),
        ({"tag_ids": [tag["id"], NOWHERE]}, set()),
    ]:
        found = await search(recruiter, "okafor", filters=filters)
        assert set(names(found)) == expected, filters
        assert found["matches_count"] == len(expected)
    assert application["candidate_id"] == one["id"]
    unknown = {"query": "okafor", "filters": {"custom_fields": ["weeks:4", "colour:red"]}}
    refused = refused_at(await recruiter.post(SEARCH, json=unknown))
    assert refused == (422, "custom_fields_invalid", ["/filters/custom_fields/1"])


async def test_facets(recruiter: ApiClient, make: Factories, monkeypatch: pytest.MonkeyPatch) -> None:
    source, tag, jobs = await make.source(), await make.tag(), [await make.job(), await make.job()]
    everybody = [
        await person(make, f"Okafor {number}", tag_ids=[tag["id"]], **({"source_id": source["id"]} if number else {}))
        for number in range(3)
    ]
    for candidate, job in itertools.product(everybody[:2], jobs):
        await make.application(job, candidate)
    await make.command(await make.application(jobs[0], everybody[2]), "withdraw")
    await person(make, "Somebody else", source_id=source["id"])
    found = await search(
        recruiter, "okafor", facets=["tag", "source", "job", "stage_kind", "application_status"], limit=1
    )
    counts = {
        facet["facet"]: [(each["value"], each["candidates_count"]) for each in facet["values"]]
        for facet in found["facets"]
    }
    assert list(counts) == ["tag", "source", "job", "stage_kind", "application_status"]
    assert counts == {
        "tag": [(tag["id"], 3)],
        "source": [(source["id"], 2)],
        "job": [(jobs[0]["id"], 3), (jobs[1]["id"], 2)],
        "stage_kind": [("applied", 3)],
        "application_status": [("active", 2), ("withdrawn", 1)],
    }
    none = await search(recruiter, "nobody", facets=["tag"])
    assert (none["hits"], none["facets"]) == ([], [{"facet": "tag", "values": []}])
    beyond = found["page"]["next_cursor"]
    for candidate in everybody:
        await make.admin.data("DELETE", f"{V1}/candidates/{candidate['id']}")
    body = {"query": "okafor", "facets": ["tag", "source", "job", "stage_kind", "application_status"], "cursor": beyond}
    assert (await recruiter.data("POST", SEARCH, json=body))["matches_count"] == 0


async def test_says_when_there_is_more(recruiter: ApiClient, make: Factories, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        await person(make, f"Okafor {number}")
    monkeypatch.setattr(queries, "MATCHES_MAX", 2)
    found = await search(recruiter, "okafor")
    assert (found["matches_count"], found["is_complete"]) == (2, False)


@pytest.mark.parametrize("query", ['ada "love', "-ada", "of the", "ada OR -bea", "??"])
async def test_refuses_a_query_without_sense(recruiter: ApiClient, query: str) -> None:
    assert refused_at(await recruiter.post(SEARCH, json={"query": query})) == (422, "search_query_invalid", ["/query"])


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    for body, pointer in [
        ({}, "/query"),
        ({"query": ""}, "/query"),
        ({"query": "ada", "facets": ["colour"]}, "/facets/0"),
        ({"query": "ada", "filters": {"job": NOWHERE}}, "/filters/job"),
        ({"query": "ada", "limit": 0}, "/limit"),
        ({"query": "ada", "sort": "name"}, "/sort"),
    ]:
        assert refused_at(await recruiter.post(SEARCH, json=body)) == (422, "validation_failed", [pointer])
    assert problem(await recruiter.post(SEARCH, content=b"{", headers={"Content-Type": "application/json"})) == (
        400,
        "malformed_json",
    )


async def test_needs_the_words(recruiter: ApiClient, make: Factories) -> None:
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})
    assert problem(await recruiter.post(SEARCH, json={"query": "ada"})) == (409, "full_text_search_off")


async def test_finds_what_the_actor_sees(
    cast: Cast, outsider: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    seen, hidden = await make.job(), await make.job()
    one, two = await person(make, "Okafor One"), await person(make, "Okafor Two")
    await make.application(seen, one)
    await make.application(hidden, one)
    await make.application(hidden, two)
    await make.grant("hiring_manager", seen)
    facets = {"facets": ["job", "application_status"]}
    assert (await search(outsider, "okafor", **facets))["hits"] == []
    found = await search(hiring_manager, "okafor", **facets)
    assert (names(found), found["matches_count"]) == (["Okafor One"], 1)
    assert found["facets"][0]["values"] == [{"value": seen["id"], "candidates_count": 1}]
    assert (await search(hiring_manager, "okafor", filters={"job_id": hidden["id"]}))["hits"] == []
    await make.admin.data("DELETE", f"{V1}/candidates/{one['id']}")
    assert names(await search(cast.client("admin"), "okafor")) == ["Okafor Two"]
    machine = await make.machine("candidates:read")
    await expect_scope(machine, "POST", SEARCH, {"query": "ada"}, "applications:read")


async def test_private_fields_show_to_who_may_see_them(cast: Cast, make: Factories) -> None:
    field = {"name": "Visa", "key": "visa", "type": "integer", "applies_to": "candidate", "is_private": True}
    await make.admin.data("POST", f"{V1}/custom_fields", json=field)
    await person(make, "Okafor", private_custom_fields={"visa": 7})
    [whole] = (await search(cast.client("admin"), "okafor"))["hits"]
    assert whole["candidate"]["private_custom_fields"] == {"visa": 7}
    machine = await make.machine("candidates:read", "applications:read")
    [part] = (await search(machine, "okafor"))["hits"]
    assert "private_custom_fields" not in part["candidate"]
