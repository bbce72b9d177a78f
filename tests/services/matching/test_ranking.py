"""Who comes first, and that nothing but what people do decides it."""

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.keyed_text import KeyedText
from impl.screening import Rubric
from impl.services.candidates import profile
from impl.services.matching import people as matching_people
from impl.services.matching import queries, wanted
from tests.support import people
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

RESUME = """{name}
{title}

{email} | {place}

Summary
{summary}

Experience
{title}\t{since} - Present
{employer}
- {did}

Education
{degree}, 2008 - 2012
{school}

Skills
{skills}
"""
PLAIN = {
    "email": "{address}",
    "place": "Leeds, United Kingdom",
    "summary": "Careful, calm and curious.",
    "since": "Jan 2019",
    "employer": "Northwind Works",
    "did": "Worked with others on what was asked for",
    "degree": "Bachelor of Science in Geology",
    "school": "University of Leeds",
    "skills": "Teamwork",
}


def resume(**parts: str) -> str:
    return RESUME.format(**{"name": "{name}"} | PLAIN | parts)


def skill(name: str, *synonyms: str, required: bool = True, weight: int = 3, related: Sequence[str] = ()) -> Data:
    key = "".join(letter for letter in name.lower() if letter.isalpha())
    importance = "required" if required else "preferred"
    names = {"name": name, "synonyms": list(synonyms), "related": list(related)}
    return {"kind": "skill", "key": key, "importance": importance, "weight": weight} | names


def years(minimum: int, *terms: str) -> Data:
    asked = {"minimum_years": minimum, "within": "title", "terms": list(terms)}
    return {"kind": "years", "key": "years", "importance": "required", "weight": 2} | asked


JOBS: dict[str, list[Data]] = {
    "Backend engineer": [
        skill("Python"),
        skill("PostgreSQL", "Postgres"),
        skill("Kubernetes", "k8s", required=False, related=["Docker"]),
        years(3, "engineer", "developer"),
    ],
    "Artisan baker": [skill("Sourdough", "levain"), skill("Food safety", "HACCP"), years(3, "baker")],
    "Accountant": [skill("IFRS"), skill("SAP"), skill("Excel", required=False, weight=1), years(4, "accountant")],
    "Laboratory glassblower": [skill("Lampworking"), skill("Annealing"), skill("Quartz", required=False)],
}
#: For each job who should be first, and those who nearly do.
PEOPLE: dict[str, list[str]] = {
    "Backend engineer": [
        resume(title="Backend engineer", skills="Python, Postgres, k8s", did="Kept forty services running"),
        resume(title="Backend engineer", skills="Python, MySQL, k8s", did="Kept forty services running"),
        resume(title="Backend engineer", skills="Python, Postgres, k8s", since="Jun 2026"),
        resume(title="Data analyst", skills="Python, Postgres", did="Reported to the board"),
        resume(title="Zookeeper", skills="Pythons, Boas", did="Fed each python twice a month"),
    ],
    "Artisan baker": [
        resume(title="Baker", skills="Levain, HACCP", did="Baked for two hundred guests"),
        resume(title="Baker", skills="Levain, Cakes", did="Baked for two hundred guests"),
        resume(title="Pastry chef", skills="Sourdough, HACCP", did="Plated desserts"),
        resume(title="Food inspector", skills="HACCP", did="Inspected bakeries"),
    ],
    "Accountant": [
        resume(title="Accountant", skills="IFRS, SAP, Excel", did="Closed the books each month"),
        resume(title="Accountant", skills="US GAAP, SAP, Excel", did="Closed the books each month"),
        resume(title="Accountant", skills="IFRS, SAP, Excel", since="Feb 2026"),
        resume(title="SAP consultant", skills="SAP, Excel", did="Rolled out warehouses"),
    ],
    "Laboratory glassblower": [
        resume(title="Glassblower", skills="Lampworking, Annealing, Quartz", did="Made retorts"),
        resume(title="Glassblower", skills="Lampworking, Cutting", did="Made retorts"),
        resume(title="Metallurgist", skills="Annealing, Quartz", did="Hardened steel"),
    ],
}


async def ranked(client: ApiClient, job: Data) -> list[Data]:
    found: list[Data] = await client.data("GET", f"{V1}/jobs/{job['id']}/matches")
    return found


async def screened(make: Factories, title: str, **switches: Any) -> Data:
    """An open job with its rubric."""
    job = await make.job(title=title)
    await make.screening_rubric(job, criteria=JOBS[title], **switches)
    return job


async def crowd(
    make: Factories, order: Sequence[tuple[str, int]], names: Mapping[tuple[str, int], str] | None = None
) -> dict[tuple[str, int], Data]:
    """Everybody of `PEOPLE`, entered in an order."""
    made = {}
    for title, number in order:
        name = names[title, number] if names else "Mira Okafor"
        made[title, number] = await people.person(make, name, PEOPLE[title][number])
    return made


EVERYBODY = [(title, number) for title, resumes in PEOPLE.items() for number in range(len(resumes))]


async def test_the_right_one_is_first_for_each_job_and_the_right_job_for_each(
    recruiter: ApiClient, make: Factories
) -> None:
    jobs = {title: await screened(make, title) for title in JOBS}
    made = await crowd(make, random.Random(3).sample(EVERYBODY, len(EVERYBODY)))
    for title, job in jobs.items():
        found = await ranked(recruiter, job)
        assert found[0]["id"] == made[title, 0]["id"], title
        first, second = (each["reasons"] for each in found[:2])
        assert first["band"] == "required_met"
        assert first["score_hundredths"] > second["score_hundredths"] or second["band"] != "required_met"
        for criterion in first["answers"]:
            assert criterion["verdict"] == "met"
            assert criterion["evidence"], criterion
            assert all(each["text"] for each in criterion["evidence"])
        best = await recruiter.data("GET", f"{V1}/candidates/{made[title, 0]['id']}/matches")
        assert best[0]["id"] == job["id"], title
        assert best[0]["reasons"] == first


async def test_the_reasons_say_where_it_stands(recruiter: ApiClient, make: Factories) -> None:
    job = await screened(make, "Backend engineer")
    mira = await people.person(make, "Mira Okafor", PEOPLE["Backend engineer"][0])
    [found] = await ranked(recruiter, job)
    reasons = found["reasons"]
    assert (found["id"], found["full_name"], found["place"]) == (mira["id"], "Mira Okafor", 1)
    assert (reasons["basis"], reasons["rubric_revision"], reasons["score_hundredths"]) == ("rubric", 1, 10_000)
    assert reasons["words"] == [
        {"text": name, "is_in_front": True} for name in ("Python", "PostgreSQL", "Kubernetes", "engineer")
    ]
    parse = await recruiter.data("GET", f"{V1}/resume_parses/{reasons['resume_parse_id']}")
    assert parse["candidate_id"] == mira["id"]
    by_key = {each["key"]: each for each in reasons["answers"]}
    assert by_key["postgresql"]["evidence"][0]["text"] == "Postgres"


NAMES = [("Ebony Washington", "Connor Schmidt"), ("Aiko Tanaka", "Mohammed Al-Farsi")]
#: Called as a trade is: what they are called is taken out of their resumes, and with it a word that others may keep.
TRADES = ("Max Baker", "Rosa Farmer")


@pytest.mark.parametrize("pair", [*NAMES, TRADES], ids=str)
async def test_another_name_changes_nothing(recruiter: ApiClient, make: Factories, pair: tuple[str, str]) -> None:
    """The same people under other names: the same scores, and the same reasons to the last byte but for the ids."""
    jobs = {title: await screened(make, title) for title in JOBS}
    answers = []
    for given in (pair, pair[::-1]):
        names = dict(zip(EVERYBODY, itertools.cycle(given), strict=False))
        made = await crowd(make, EVERYBODY, names)
        who = {candidate["id"]: person for person, candidate in made.items()}
        answers.append({title: told(await ranked(recruiter, job), who) for title, job in jobs.items()})
        for candidate in made.values():
            await recruiter.delete(f"{V1}/candidates/{candidate['id']}")
    first, second = answers if pair is not TRADES else [without_evidence(answer) for answer in answers]
    assert first == second


def told(matches: list[Data], who: dict[str, tuple[str, int]]) -> list[tuple[tuple[str, int], Data]]:
    """Everybody with the reasons, but for the ids; equals, whom the lot has put in order, by who they are."""
    found = [(who[each["id"]], each["reasons"] | {"resume_parse_id": None}) for each in matches]
    key = ("band", "score_hundredths", "words_hundredths")
    groups = itertools.groupby(found, key=lambda each: [each[1][name] for name in key])
    return [each for _, group in groups for each in sorted(group, key=lambda each: each[0])]


def without_evidence(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        title: [
            (who, reasons | {"answers": [each | {"evidence": []} for each in reasons["answers"]]})
            for who, reasons in found
        ]
        for title, found in answer.items()
    }


async def test_the_order_of_entering_changes_nothing(recruiter: ApiClient, make: Factories) -> None:
    jobs = {title: await screened(make, title) for title in JOBS}
    answers = []
    for seed in range(2):
        made = await crowd(make, random.Random(seed).sample(EVERYBODY, len(EVERYBODY)))
        who = {candidate["id"]: person for person, candidate in made.items()}
        answers.append(
            {title: [who[each["id"]] for each in await ranked(recruiter, job)] for title, job in jobs.items()}
        )
        for candidate in made.values():
            await recruiter.delete(f"{V1}/candidates/{candidate['id']}")
    assert answers[0] == answers[1]


async def test_equals_are_drawn_by_lot(recruiter: ApiClient, make: Factories) -> None:
    """Who was entered first is not always first, and the same two come in the same order each time."""
    same = [await people.person(make, f"Person {number}", PEOPLE["Accountant"][0]) for number in range(6)]
    entered = [each["id"] for each in same]
    orders = []
    for _ in range(4):
        job = await screened(make, "Accountant")
        orders.append([each["id"] for each in await ranked(recruiter, job)])
        assert orders[-1] == [each["id"] for each in await ranked(recruiter, job)]
        assert sorted(orders[-1]) == sorted(entered)
    assert len({tuple(order) for order in orders}) > 1
    assert any(order not in (entered, entered[::-1]) for order in orders)


async def test_saying_it_often_changes_no_score(recruiter: ApiClient, make: Factories) -> None:
    job = await screened(make, "Artisan baker")
    once = await people.person(make, "Ada", PEOPLE["Artisan baker"][0])
    text = PEOPLE["Artisan baker"][0]
    often = await people.person(make, "Bea", text.replace("Baked for", "Sourdough levain HACCP " * 20 + "Baked for"))
    found = {each["id"]: each["reasons"] for each in await ranked(recruiter, job)}
    assert found[once["id"]]["score_hundredths"] == found[often["id"]]["score_hundredths"]
    assert found[once["id"]]["words_hundredths"] == found[often["id"]]["words_hundredths"]


async def test_blind_and_switched_off(recruiter: ApiClient, make: Factories) -> None:
    mira = await people.person(make, "Mira Okafor", PEOPLE["Accountant"][0])
    blind = await screened(make, "Accountant", is_blind=True)
    [found] = await ranked(recruiter, blind)
    assert (found["id"], found["full_name"]) == (mira["id"], None)
    assert "Okafor" not in str(found)
    off = await screened(make, "Artisan baker", is_enabled=False)
    answer = await recruiter.get(f"{V1}/jobs/{off['id']}/matches")
    assert (answer.status_code, answer.json()["code"]) == (409, "matching_off")
    await people.read(make, mira, PEOPLE["Artisan baker"][0])
    assert await recruiter.data("GET", f"{V1}/candidates/{mira['id']}/matches") == []


async def test_who_has_no_resume_comes_after_all_who_have_one(recruiter: ApiClient, make: Factories) -> None:
    job = await screened(make, "Artisan baker")
    named = await make.candidate(profile={"full_name": "Ada", "headline": "Sourdough baker, HACCP"})
    weak = await people.person(make, "Bea", PEOPLE["Artisan baker"][3])
    found = await ranked(recruiter, job)
    assert [each["id"] for each in found] == [weak["id"], named["id"]]
    last = found[1]["reasons"]
    assert (last["band"], last["score_hundredths"], last["resume_parse_id"]) == ("no_resume", 0, None)
    assert last["words_hundredths"] > found[0]["reasons"]["words_hundredths"]


async def test_a_granted_actor_is_shown_what_was_read_of_its_own_jobs(
    hiring_manager: ApiClient, make: Factories
) -> None:
    """A resume that came with another job's application is not read for somebody who may not see that."""
    job, other = await screened(make, "Accountant"), await make.job()
    mira = await make.candidate(full_name="Mira")
    await make.application(job, mira)
    elsewhere = await make.application(other, mira)
    await people.read(make, {"id": mira["id"]}, PEOPLE["Accountant"][0], application=elsewhere)
    await make.grant("hiring_manager", job)
    [found] = await hiring_manager.data("GET", f"{V1}/jobs/{job['id']}/matches?applied=only")
    assert (found["id"], found["reasons"]["band"], found["reasons"]["answers"][0]["evidence"]) == (
        mira["id"],
        "no_resume",
        [],
    )


@pytest.mark.parametrize("seed", range(3))
async def test_recall_agrees_with_plain_words(make: Factories, cast: Cast, runtime: Runtime, seed: int) -> None:
    """The keyed index against sets of plain words: the same points, and the order of `ts_rank`'s own arithmetic among equals."""
    chance = random.Random(seed)
    vocabulary = ["python", "java", "kotlin", "baking", "welding", "sales", "ledger", "quartz"]
    crowd = {}
    for number in range(12):
        front, rest = chance.sample(vocabulary, 2), chance.choices(vocabulary, k=9)
        text = resume(title="Somebody", skills=", ".join(front), did=" and ".join(rest))
        candidate = await people.person(make, f"Person {number}", text)
        crowd[UUID(candidate["id"])] = (set(front), rest)
    criteria = [skill(word, required=chance.random() < 0.5, weight=chance.randint(1, 9)) for word in vocabulary[:5]]
    wants = wanted.of_rubric(Rubric.of(criteria))
    found = await recalled(runtime, cast, wants)
    assert set(found) == {who for who, (front, rest) in crowd.items() if (front | set(rest)) & set(vocabulary[:5])}
    for who, (points, rank) in found.items():
        said, rest = crowd[who]
        assert points == sum(
            want.weight * (2 if want.texts[0] in said else 1 if want.texts[0] in rest else 0) for want in wants
        )
        assert rank == pytest.approx(reference(said, rest, [want.texts[0] for want in wants]), abs=1e-6)


async def recalled(runtime: Runtime, cast: Cast, wants: list[wanted.Want]) -> dict[UUID, tuple[int, float]]:
    async with TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
        words: KeyedText = profile.words_of(ctx.keys)
        asked = wanted.asked(words, wants)
        rows = await ctx.rows(
            queries.CANDIDATES,
            job_id=UUID(int=7),
            found_by=asked.found_by,
            ranked_by=asked.found_by,
            applied="include",
            tag_ids=None,
            location=None,
            **matching_people.arrays(asked),
        )
        return {row["id"]: (row["points"], row["rank"]) for row in rows}


def reference(front: set[str], rest: Sequence[str], asked: Sequence[str]) -> float:
    """`ts_rank` of any of some words: of each word the weights of its places, the n-th by n squared; the mean of all words."""
    total = 0.0
    for word in asked:
        # What stands in front stands in the text, too, as a skill of the list.
        places = [1.0, 0.5] if word in front else []
        places += [0.5] * rest.count(word)
        total += sum(weight / (place + 1) ** 2 for place, weight in enumerate(places)) / 1.64493406685
    return total / len(asked)


async def test_a_rubric_that_words_cannot_say_scores_those_who_do_what_the_job_is_called(
    recruiter: ApiClient, make: Factories
) -> None:
    job = await make.job(title="Accountant")
    asked = {"kind": "education", "key": "degree", "importance": "required", "weight": 1}
    await make.screening_rubric(job, criteria=[asked | {"minimum_degree": "bachelor", "fields": []}])
    mira = await people.person(make, "Mira Okafor", PEOPLE["Accountant"][0])
    [found] = await ranked(recruiter, job)
    assert (found["id"], found["reasons"]["basis"], found["reasons"]["score_hundredths"]) == (
        mira["id"],
        "rubric",
        10_000,
    )
    assert [word["text"] for word in found["reasons"]["words"]] == ["Accountant"]
    [best] = await recruiter.data("GET", f"{V1}/candidates/{mira['id']}/matches")
    assert best["reasons"]["score_hundredths"] == 10_000
