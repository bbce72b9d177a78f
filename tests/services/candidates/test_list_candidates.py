"""list_candidates: pages of people, found by keyed hashes of addresses, numbers and words."""

from datetime import timedelta

import pytest

from impl.core.runtime import Runtime
from impl.lib.clock import Hands
from tests.services.candidates.habits import path_of
from tests.services.habits import (
    CANDIDATES,
    NOWHERE,
    expect_cursor_rules,
    expect_query_rules,
    expect_scope,
    ids_of,
    walk,
)
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

DOMAIN = "example.org"


async def listed(client: ApiClient, **query: object) -> list[str]:
    return ids_of(await client.data("GET", CANDIDATES, params=query))


async def person(make: Factories, full_name: str, **profile: object) -> Data:
    body = {"profile": {"full_name": full_name, **profile}}
    made: Data = await make.admin.data("POST", CANDIDATES, json=body)
    return made


async def team(make: Factories) -> dict[str, Data]:
    """Four people, by their first names."""
    people = [
        await person(make, "Ada Lovelace", headline="Head of analysis, payments"),
        await person(make, "Grace Hopper", headline="Senior backend engineer"),
        await person(make, "Émilie du Châtelet", headline="Engineer of backends, payments"),
        await person(make, "Payton Analyst", emails=[{"address": f"engineer.p@{DOMAIN}", "kind": "work"}]),
    ]
    return dict(zip(("ada", "grace", "emilie", "payton"), people, strict=True))


async def test_shows_the_newest_first(recruiter: ApiClient, make: Factories) -> None:
    older, newer = await make.candidate(), await make.candidate()

    response = await recruiter.get(CANDIDATES)

    assert response.status_code == 200
    assert response.json() == {"data": [newer, older], "page": {"next_cursor": None, "has_more": False}}
    assert "Link" not in response.headers


async def test_filters(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    source = await make.source()
    first = await make.candidate(external_id="C-1")
    hands.advance(timedelta(seconds=5))
    second = await make.candidate(source_id=source["id"])
    hands.advance(timedelta(seconds=5))
    third = await make.candidate()
    hands.advance(timedelta(seconds=5))
    await recruiter.data("DELETE", path_of(first))
    a, b, c = ids_of([first, second, third])
    for query, expected in [
        ({}, [c, b]),
        ({"status": "active"}, [c, b]),
        ({"status": "quarantined"}, [a]),
        ({"status": "active,quarantined"}, [c, b, a]),
        ({"source_id": source["id"]}, [b]),
        ({"source_id": NOWHERE}, []),
        ({"external_id": "C-1"}, []),
        ({"external_id": "C-1", "status": "quarantined"}, [a]),
        ({"created_after": first["created_at"]}, [c, b]),
        ({"created_after": second["created_at"]}, [c]),
        ({"updated_after": second["updated_at"], "status": "active,quarantined"}, [c, a]),
    ]:
        assert await listed(recruiter, **query) == expected, query


async def test_sorts_and_walks_in_every_order(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    made = []
    for _ in range(5):
        made.append(await make.candidate())
        hands.advance(timedelta(seconds=1))
    a, b, c, d, e = ids_of(made)
    for changed in (made[3], made[1]):
        await recruiter.data("PATCH", path_of(changed), json={"external_id": changed["id"]})
        hands.advance(timedelta(seconds=1))
    for sort, expected in [("created_at", [a, b, c, d, e]), ("updated_at", [a, c, e, d, b])]:
        assert await walk(recruiter, CANDIDATES, sort=sort) == expected
        assert await walk(recruiter, CANDIDATES, sort=f"-{sort}") == expected[::-1]
        assert await listed(recruiter, sort=sort) == expected
    assert await listed(recruiter, sort="relevance") == [e, d, c, b, a]
    assert await walk(recruiter, CANDIDATES, sort="relevance") == [e, d, c, b, a]


async def test_finds_exactly_the_address(recruiter: ApiClient, make: Factories) -> None:
    mira = await make.candidate(email="Mira.Okafor@Example.org")
    namesake = await make.candidate(email="mira.okafor@example.org")
    await make.candidate(email="mira.okafor@example.org.uk")
    work = await person(
        make,
        "Two Addresses",
        emails=[{"address": "a@example.org", "kind": "other"}, {"address": "b@example.org", "kind": "work"}],
    )
    for address in ("mira.okafor@example.org", "MIRA.OKAFOR@EXAMPLE.ORG"):
        assert await listed(recruiter, email=address) == ids_of([namesake, mira])
    assert await listed(recruiter, email="b@example.org") == [work["id"]]
    for unknown in ("okafor@example.org", "mira@example.org"):
        assert await listed(recruiter, email=unknown) == []


async def test_finds_exactly_the_number_however_it_is_written(recruiter: ApiClient, make: Factories) -> None:
    mira = await person(make, "Mira", phones=[{"number": "+49 (30) 901820", "kind": "personal"}])
    await person(make, "Other", phones=[{"number": "+49 30 901821", "kind": "personal"}])
    for number in ("+4930901820", "0049 30 90 18 20", "+49-30-901820"):
        assert await listed(recruiter, phone=number) == [mira["id"]], number
    assert await listed(recruiter, phone="901820") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lovelace", ["ada"]),
        ("LOVELACE ada", ["ada"]),
        ("emilie chatelet", ["emilie"]),
        ("engineers", ["payton", "emilie", "grace"]),
        ("payments engineer", ["emilie"]),
        ('"backend engineer"', ["grace"]),
        ('"engineer backend"', []),
        ("pay*", ["payton", "emilie", "ada"]),
        ("paym*", ["emilie", "ada"]),
        ("payments -analysis", ["emilie"]),
        ("hopper OR lovelace", ["grace", "ada"]),
        ("turing", []),
        ("the", []),
        ("?!", []),
    ],
)
async def test_finds_words(recruiter: ApiClient, make: Factories, words: str, expected: list[str]) -> None:
    people = await team(make)

    assert await listed(recruiter, q=words) == [people[name]["id"] for name in expected]


async def test_all_filters_hold_together(recruiter: ApiClient, make: Factories) -> None:
    people = await team(make)

    assert await listed(recruiter, q="engineer", email=f"engineer.p@{DOMAIN}") == [people["payton"]["id"]]
    assert await listed(recruiter, q="hopper", email=f"engineer.p@{DOMAIN}") == []
    assert await listed(recruiter, q="hopper", sort="relevance", email=f"engineer.p@{DOMAIN}") == []
    assert await listed(recruiter, q="of the", sort="relevance") == []


async def test_the_best_match_comes_first(recruiter: ApiClient, make: Factories) -> None:
    in_city = await person(make, "A B", addresses=[{**_nowhere(), "city": "Marlow"}])
    in_name = await person(make, "Kit Marlow")
    in_headline = await person(make, "C D", headline="Marlow scholar")
    await person(make, "E F")
    best_first = ids_of([in_name, in_headline, in_city])

    assert await listed(recruiter, q="marlow", sort="relevance") == best_first
    assert await walk(recruiter, CANDIDATES, q="marlow", sort="relevance") == best_first
    assert await listed(recruiter, q="marlow") == ids_of([in_headline, in_name, in_city])


async def test_equal_matches_are_all_walked_through(recruiter: ApiClient, make: Factories) -> None:
    twins = [await person(make, "Kit Marlow") for _ in range(5)]

    assert await walk(recruiter, CANDIDATES, q="marlow", sort="relevance") == ids_of(twins)[::-1]


def _nowhere() -> Data:
    names = ("street", "postal_code", "city", "region", "country_code")
    return {**dict.fromkeys(names), "kind": "other"}


async def test_searching_needs_the_index(recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime) -> None:
    ada = await person(make, "Ada Lovelace")
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})

    assert problem(await recruiter.get(f"{CANDIDATES}?q=ada")) == (409, "full_text_search_off")
    assert await listed(recruiter) == [ada["id"]]
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": True}})
    assert await run_due(runtime, cast.organization_id) > 0
    assert await listed(recruiter, q="ada") == [ada["id"]]


async def test_a_cursor_belongs_to_its_list(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.candidate()

    await expect_cursor_rules(recruiter, CANDIDATES, "sort=created_at", "status=quarantined", "q=candidate")


async def test_a_cursor_holds_nothing_of_what_is_searched_by(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.candidate(email="mira@example.org", full_name="Mira Okafor")
    for query in ({"email": "mira@example.org"}, {"q": "okafor"}):
        page = (await recruiter.get(CANDIDATES, params={**query, "limit": 1})).json()["page"]
        other = await recruiter.get(CANDIDATES, params={"email": "x@example.org", "cursor": page["next_cursor"]})
        assert problem(other) == (400, "cursor_mismatch")


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_rules(
        recruiter, CANDIDATES, "status=lost", "sort=full_name", "email=mira", "phone=mira", "q=", "created_after=now"
    )


async def test_asks_no_more_for_more_rows(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    for _ in range(3):
        await make.candidate()
    await recruiter.get(CANDIDATES)
    with queries_of(runtime) as few:
        await recruiter.get(f"{CANDIDATES}?limit=1")
    with queries_of(runtime) as many:
        await recruiter.get(CANDIDATES)
    assert [len(few), len(many)] == [1, 1]


async def test_shows_nothing_of_another_organization(
    outsider: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    profile = {"full_name": "Mira Okafor", "email": "mira@example.org"}
    await make.candidate(**profile, external_id="C-1")
    own = await make_elsewhere.candidate(**profile)
    for query in ({}, {"email": "mira@example.org"}, {"q": "mira"}, {"q": "mira", "sort": "relevance"}):
        assert await listed(outsider, **query) == [own["id"]], query
    assert await listed(outsider, external_id="C-1") == []


async def test_granted_actors_see_who_applied_to_their_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen = await make.candidate(email="mira@example.org", full_name="Mira Okafor")
    hidden = await make.candidate(email="mira@example.org", full_name="Mira Hidden")
    job = await make.job()
    for _ in range(2):  # a candidate with two applications there is one candidate
        await make.command(await make.application(job, seen), "withdraw")
    await make.application(candidate=hidden)
    assert await listed(interviewer) == []

    await make.grant("interviewer", job)

    for query in ({}, {"email": "mira@example.org"}, {"q": "mira"}, {"q": "mira", "sort": "relevance"}):
        assert await listed(interviewer, **query) == [seen["id"]], query


async def test_only_who_sees_the_organization_sees_the_quarantine(
    recruiter: ApiClient, interviewer: ApiClient, make: Factories
) -> None:
    candidate = await make.candidate(full_name="Mira Okafor")
    application = await make.application(candidate=candidate)
    await make.grant("interviewer", {"id": application["job_id"]})
    await recruiter.data("DELETE", path_of(candidate))
    for query in ({"status": "quarantined"}, {"status": "quarantined", "q": "mira", "sort": "relevance"}):
        assert await listed(recruiter, **query) == [candidate["id"]]
        assert await listed(interviewer, **query) == []


async def test_needs_its_scope(make: Factories) -> None:
    await expect_scope(await make.machine("jobs:read"), "GET", CANDIDATES, None, "candidates:read")
