"""The words of resumes in the index: found while a resume says them, by whoever searches, and not any longer."""

from typing import Any

import asyncpg
import pytest

from impl.core.runtime import Runtime
from tests.services.habits import NOWHERE
from tests.support import people
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

RESUME = """Grace Okonkwo
Glassblower

grace.okonkwo@example.org | +49 30 901820 | Lyon, France
Marital status: married

Experience
Head Glassblower\tJan 2018 - Present
Quartz & Daughters
- Retorts for laboratories; sandblasting by night

Education
Diploma in Vitrification, 2010 - 2012
University of Toulouse

Skills
Lampworking, Annealing
"""
LATER = RESUME.replace("sandblasting", "engraving").replace("Lampworking", "Cutting")


async def found(client: ApiClient, query: str) -> list[str]:
    hits: list[Data] = (await client.data("POST", f"{V1}/search/candidates", json={"query": query}))["hits"]
    return [hit["candidate"]["id"] for hit in hits]


async def words(rows: "asyncpg.Connection[asyncpg.Record]", candidate: Data) -> Any:
    return await rows.fetchval("SELECT words::text FROM candidates WHERE id = $1", candidate["id"])


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("glassblower", True),
        ("mira glassblower lampworking retorts toulouse", True),
        ('"head glassblower"', True),
        ('"sandblasting by night"', True),
        ("vitrif*", True),
        ("lyon", True),
        # Whoever wrote the resume: the profile says who it is, and how to reach them.
        ("grace", False),
        ("okonkwo", False),
        ("901820", False),
        ("2012", False),
        ("married", False),
        # The long text is found by whole words.
        ("sandblasting", True),
        ("sandbl*", False),
        # What a person does not see on the page.
        ("astronaut", False),
        ("mira -annealing", False),
    ],
)
async def test_what_is_found(recruiter: ApiClient, make: Factories, query: str, is_found: bool) -> None:
    mira = await make.candidate(full_name="Mira Okafor")
    hidden = ({"text": "Astronaut", "reason": "pale", "page": 1, "spans": []},)
    await people.read(make, mira, RESUME, hidden=hidden)
    assert await found(recruiter, query) == ([mira["id"]] if is_found else [])


async def test_a_resume_is_found_and_not_quoted(recruiter: ApiClient, make: Factories) -> None:
    await people.person(make, "Mira Okafor", RESUME)
    answer = await recruiter.data("POST", f"{V1}/search/candidates", json={"query": "mira sandblasting"})
    [hit] = answer["hits"]
    assert [each["pointer"] for each in hit["highlights"]] == ["/profile/full_name"]


async def test_the_reading_that_counts_is_the_one_that_is_found(recruiter: ApiClient, make: Factories) -> None:
    mira = await make.candidate(full_name="Mira Okafor")
    first = await people.read(make, mira, RESUME)
    second = await people.read(make, mira, LATER)
    assert await found(recruiter, "lampworking") == await found(recruiter, "sandblasting") == []
    assert await found(recruiter, "cutting engraving") == [mira["id"]]
    accepted = f"{V1}/resume_parses/{first['newest_parse']['id']}/accept"
    await make.admin.data("POST", accepted, json={"take_over": ["/basics/emails/0"]})
    assert await found(recruiter, "engraving") == []
    assert await found(recruiter, "lampworking sandblasting") == [mira["id"]]
    await recruiter.data("PATCH", f"{V1}/candidates/{mira['id']}", json={"profile": {"headline": "Potter"}})
    assert await found(recruiter, "potter lampworking") == [mira["id"]]
    await make.admin.delete(f"{V1}/attachments/{first['id']}")
    assert await found(recruiter, "engraving potter") == [mira["id"]]
    await make.admin.delete(f"{V1}/attachments/{second['id']}")
    assert await found(recruiter, "glassblower") == []
    assert await found(recruiter, "potter") == [mira["id"]]


async def test_a_merge_takes_the_words_along_and_back(
    recruiter: ApiClient, make: Factories, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    survivor, duplicate = await make.candidate(full_name="Mira"), await make.candidate(full_name="Mira Okafor")
    await people.read(make, duplicate, RESUME)
    before = [await words(superuser, each) for each in (survivor, duplicate)]
    await make.merged(survivor, duplicate)
    assert await found(recruiter, "lampworking") == [survivor["id"]]
    await make.admin.data("POST", f"{V1}/candidates/{duplicate['id']}/unmerge")
    assert await found(recruiter, "lampworking") == [duplicate["id"]]
    assert [await words(superuser, each) for each in (survivor, duplicate)] == before


async def test_the_switch_removes_them_and_brings_the_same_ones_back(
    make: Factories, cast: Cast, runtime: Runtime, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    mira, plain = await people.person(make, "Mira Okafor", RESUME), await make.candidate()
    gone = await people.person(make, "Ada Lovelace", RESUME)
    await make.admin.data("POST", f"{V1}/candidates/{gone['id']}/anonymize")
    before = [await words(superuser, each) for each in (mira, plain, gone)]
    assert before[2] is None
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": False}})
    await run_due(runtime, cast.organization_id)
    assert [await words(superuser, each) for each in (mira, plain, gone)] == [None] * 3
    other = await people.person(make, "Noor Haddad", RESUME)
    assert await words(superuser, other) is None
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"full_text_search": True}})
    await run_due(runtime, cast.organization_id)
    assert [await words(superuser, each) for each in (mira, plain, gone)] == before
    assert await words(superuser, other) is not None


@pytest.mark.promise("H6")
async def test_nothing_is_left_of_who_is_erased(
    make: Factories, recruiter: ApiClient, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    mira = await people.person(make, "Mira Okafor", RESUME)
    await make.admin.data("POST", f"{V1}/candidates/{mira['id']}/erase")
    assert await words(superuser, mira) is None
    assert await found(recruiter, "lampworking") == []


@pytest.mark.promise("A1")
async def test_the_words_are_the_organizations_own(
    recruiter: ApiClient, outsider: ApiClient, make: Factories, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    mira = await people.person(make, "Mira Okafor", RESUME)
    assert await found(outsider, "lampworking") == []
    assert await found(recruiter, "lampworking") == [mira["id"]]
    stored = (await words(superuser, mira)).lower()
    assert not any(word in stored for word in ("lampwork", "glassblow", "toulouse", "sandblast"))
    assert problem(await recruiter.get(f"{V1}/candidates/{NOWHERE}")) == (404, "not_found")


async def test_a_long_resume_is_cut_and_not_refused(recruiter: ApiClient, make: Factories) -> None:
    long = RESUME + "Interests\n" + "\n".join(f"word{number} other{number}" for number in range(20_000))
    mira = await people.person(make, "Mira Okafor", long[:200_000])
    assert await found(recruiter, "sandblasting word1") == [mira["id"]]
