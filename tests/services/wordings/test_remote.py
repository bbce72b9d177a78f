"""Similar wording by a server: what it is sent, what that costs, and that matching goes on whatever the server does."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from impl.core.tasks import TaskRun
from impl.db.embedded import Server
from impl.services.wordings.tasks import embed_missing
from impl.settings import Settings
from tests.services.resumes.habits import usage
from tests.services.wordings.habits import CRITERIA, Desk, desk_in, meaning, switched_on
from tests.support.application import runtime_of
from tests.support.cast import Cast
from tests.support.factories import V1
from tests.support.fake_model import Asked, Behaviour, Fake, answered, embeds, fake_model, hangs, refuses, sends


@pytest_asyncio.fixture(scope="module")
async def listening() -> AsyncIterator[Fake]:
    async with fake_model() as made:
        yield made


@pytest_asyncio.fixture(scope="module")
async def app(settings: Settings, server: Server, database_name: str, listening: Fake) -> AsyncIterator[ASGIApp]:
    async with switched_on(settings, server.url("ats_app", database_name), listening) as running:
        yield running


@pytest.fixture
def fake(listening: Fake) -> Fake:
    listening.script, listening.requests = [embeds(meaning)], []
    return listening


@pytest_asyncio.fixture
async def desk(app: ASGIApp, cast: Cast, fake: Fake) -> Desk:
    made = desk_in(app, cast)
    await made.wish()
    return made


async def missing(desk: Desk) -> None:
    """What the worker does by itself once an hour."""
    await embed_missing.work(TaskRun(runtime_of(desk.cast.app), desk.cast.organization_id, "a-request", 1))


def data(*vectors: Any, **more: Any) -> Behaviour:
    """A server that answers with these vectors, whatever it was asked."""
    found = [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]
    return sends(json.dumps({"data": found, **more}).encode())


async def uneven(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Vectors of two lengths."""
    found = [{"index": at, "embedding": [1.0] * (8 + at % 2)} for at, _ in enumerate(asked.texts)]
    answered(writer, 200, json.dumps({"data": found}).encode())


FAULTS: dict[str, Behaviour] = {
    "429": refuses(429, retry_after="1"),
    "quota": refuses(429, "insufficient_quota"),
    "500": refuses(500),
    "401": refuses(401),
    "timeout": hangs,
    "fewer": data([1.0] * 8),
    "lengths": uneven,
    "short": data(*[[1.0]] * 4),
    "zero": data(*[[0.0] * 8] * 4),
    "texts": data(*[["a"] * 8] * 4),
    "infinite": sends(b'{"data":[{"index":0,"embedding":[1e999,1,1,1,1,1,1,1]}]}'),
    "garbage": sends(b"\xff\xfe nonsense"),
    "nothing": sends(b"{}"),
}


async def test_what_is_sent_is_what_the_work_says_and_is_counted(desk: Desk, fake: Fake) -> None:
    job, _ = await desk.job(), await desk.person("Mira Okafor")
    await desk.work()
    assert [each["criterion_key"] for each in await desk.similar(job)] == ["public_speaking", "payroll"]
    rubric, resume = fake.requests
    assert rubric.texts == ["excel", "public speaking", "payroll", "welding"]
    assert "Gave talks at six conferences" in resume.texts
    said = " ".join(resume.texts)
    assert not [word for word in ("Mira", "Okafor", "example.org", "Leeds", "2019", "Jan", "[") if word in said]
    assert (set(resume.body), resume.body["model"], resume.path) == (
        {"model", "input", "encoding_format"},
        "fake",
        "/v1/embeddings",
    )
    day = await usage(desk.make.admin)
    assert (day["calls_count"], day["tries_count"], day["failed_count"], day["reserved_tokens"]) == (2, 2, 0, 0)
    assert (day["input_tokens"], day["output_tokens"]) == (5 * (len(rubric.texts) + len(resume.texts)), 0)

    await missing(desk)
    assert len(fake.requests) == 2, "what is there is not asked for again"


@pytest.mark.promise("G3")
async def test_another_name_sends_the_same_bytes(desk: Desk, fake: Fake) -> None:
    for name in ("Mira Okafor", "Jan de Vries"):
        await desk.person(name)
        await desk.work()
    first, second = fake.requests
    assert first.raw == second.raw


@pytest.mark.promise("G1")
async def test_whatever_the_server_does_matching_goes_on(desk: Desk, fake: Fake) -> None:
    fake.script = [refuses(400)]
    job, _ = await desk.job(), await desk.person()
    await desk.work()
    [before] = await desk.reasons(job)
    assert (before["similar_wordings"], before["band"]) == ([], "required_not_found")
    for number, (fault, behaviour) in enumerate(FAULTS.items(), 1):
        fake.script = [behaviour]
        await missing(desk)
        assert await desk.reasons(job) == [before], fault
        day = await usage(desk.make.admin)
        assert (day["calls_count"], day["failed_count"], day["reserved_tokens"]) == (2 + number, 2 + number, 0), fault

    # An hour later it works again.
    fake.script = [embeds(meaning, is_counted=False)]
    await missing(desk)
    assert len(await desk.similar(job)) == 2


async def test_a_server_that_is_away_is_asked_once_an_hour(desk: Desk, fake: Fake) -> None:
    fake.script = [refuses(500)]
    for name in ("Mira Okafor", "Jan de Vries"):
        await desk.person(name)
    await desk.work()
    before = len(fake.requests)
    await missing(desk)
    assert len(fake.requests) == before + 1


async def test_vectors_of_another_length_are_not_compared(desk: Desk, fake: Fake) -> None:
    job = await desk.job()
    await desk.work()
    fake.script = [embeds(lambda text: [*meaning(text), 1.0])]
    await desk.person()
    await desk.work()
    assert await desk.similar(job) == []


async def test_beyond_the_budget_nothing_is_sent(desk: Desk, fake: Fake) -> None:
    budget = {"settings": {"resume_reading": {"daily_token_budget": 20}}}
    await desk.make.admin.data("PATCH", f"{V1}/organization", json=budget)
    job, _ = await desk.job(CRITERIA[:2]), await desk.person()
    await desk.work()
    assert [each.texts for each in fake.requests] == [["excel", "public speaking"]]
    assert await desk.similar(job) == []


async def test_another_model_makes_them_anew(
    desk: Desk, fake: Fake, settings: Settings, server: Server, database_name: str
) -> None:
    job, _ = await desk.job(), await desk.person()
    await desk.work()
    url = server.url("ats_app", database_name)
    async with switched_on(settings, url, fake, embedding_model="other") as other:
        there = desk_in(other, desk.cast)
        assert await there.similar(job) == []
        await missing(there)
        assert [each.body["model"] for each in fake.requests] == ["fake", "fake", "other", "other"]
        assert len(await there.similar(job)) == 2
