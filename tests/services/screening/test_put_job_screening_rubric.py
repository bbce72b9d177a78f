"""put_job_screening_rubric: the next version of the whole document."""

from typing import Any

import pytest

from impl.screening.rubric import hash_of
from tests.services.habits import Watch, changes_of, expect_hidden, expect_if_match, expect_scope, refused_at
from tests.services.screening.habits import PREDICATE, RUBRIC, SKILL, YEARS, rubric, rubric_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

EVERY_KIND = [
    SKILL,
    YEARS,
    PREDICATE,
    {"kind": "education", "key": "degree", "importance": "preferred", "weight": 1, "minimum_degree": "bachelor", "fields": []},
    {"kind": "language", "key": "german", "importance": "preferred", "weight": 1, "language": "de", "minimum_level": "B2"},
    {"kind": "location", "key": "place", "importance": "preferred", "weight": 1, "places": ["Berlin"]},
    {"kind": "work_mode", "key": "remote", "importance": "preferred", "weight": 1, "modes": ["remote"]},
]  # fmt: skip


async def test_makes_the_next_version_and_keeps_every_one(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    await watched.begin()
    first = await recruiter.data("PUT", rubric_path(job), json=rubric(criteria=EVERY_KIND))
    assert (first["revision"], first["criteria"], first["version"]) == (1, EVERY_KIND, job["version"] + 1)
    assert await watched.effects() == [("job.screening_rubric_changed", job["id"])]
    assert changes_of((await watched.events())[0])["is_blind"] == ("false", "true")
    await watched.begin()
    assert await recruiter.data("PUT", rubric_path(job), json=rubric(criteria=EVERY_KIND)) == first
    await watched.expect_nothing()
    await recruiter.data("PUT", rubric_path(job), json=rubric(is_enabled=False))
    second, oldest = await recruiter.data("GET", f"{rubric_path(job)}s")
    assert (oldest["revision"], oldest["criteria"], oldest["sha256"]) == (1, EVERY_KIND, hash_of(EVERY_KIND))
    assert (second["revision"], second["is_enabled"], second["made_by"]["type"]) == (2, False, "user")


async def test_a_dry_run_makes_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    await watched.begin()
    tried = await recruiter.put(f"{rubric_path(job)}?dry_run=true", json=RUBRIC)
    assert tried.json()["data"]["revision"] == 1
    assert [effect["type"] for effect in tried.json()["effects"]] == ["job.screening_rubric_changed"]
    await watched.expect_nothing()


@pytest.mark.parametrize(
    ("criteria", "pointers"),
    [
        ([SKILL, SKILL], ["/criteria/1/key"]),
        ([SKILL | {"synonyms": ["LEVAIN", "levain"]}], ["/criteria/0/synonyms/1"]),
        ([YEARS | {"within": "any"}], ["/criteria/0/terms"]),
        ([PREDICATE | {"pointer": "/basics/name", "operator": "exists"}], ["/criteria/0/pointer"]),
        ([PREDICATE | {"operator": "contains"}], ["/criteria/0/amount"]),
    ],
)
async def test_says_what_does_not_hold_together(
    recruiter: ApiClient, make: Factories, watched: Watch, criteria: list[dict[str, Any]], pointers: list[str]
) -> None:
    path = rubric_path(await make.job())
    await watched.begin()
    refused = await recruiter.put(path, json=rubric(criteria=criteria))
    assert refused_at(refused) == (422, "rubric_invalid", pointers)
    assert problem(await recruiter.put(path, json=rubric(criteria=[SKILL | {"kind": "zodiac"}]))) == (
        422,
        "validation_failed",
    )
    await watched.expect_nothing()


async def test_takes_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = rubric_path(await make.job())
    await expect_if_match(watched, recruiter, "PUT", path, RUBRIC, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    await expect_hidden(watched, outsider, "PUT", rubric_path(job), RUBRIC)
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "PUT", rubric_path(job), RUBRIC, "jobs:write")
    await expect_scope(await make.machine("jobs:write"), "PUT", rubric_path(job), RUBRIC, "screening:write")
