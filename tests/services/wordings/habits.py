"""A deployment that has similar wording switched on, and what its tests share."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from starlette.types import ASGIApp

from impl.core.tasks import TaskRun
from impl.services.wordings import contents
from impl.settings import Settings
from tests.support import people
from tests.support.application import another, runtime_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories
from tests.support.fake_model import Fake

RESUME = """{name}
{title}

{address} | Leeds, United Kingdom

Experience
{title}\tJan 2019 - Present
Northwind Works
- {did}
- Paid the wages of 300 employees

Education
Bachelor of Science in Geology, 2008 - 2012
University of Leeds

Skills
Excel
"""
LENGTH = 64
#: What the fake model takes for the same.
ALIKE = {"talks": "speaking", "conferences": "public", "wages": "payroll", "employees": "payroll"}


def resume(did: str = "Gave talks at six conferences", title: str = "Bus driver") -> str:
    return RESUME.format(name="{name}", address="{address}", did=did, title=title)


def skill(name: str, *synonyms: str) -> Data:
    names = {"name": name, "synonyms": list(synonyms), "related": []}
    return {"kind": "skill", "key": name.lower().replace(" ", "_"), "importance": "required", "weight": 3} | names


CRITERIA = [skill("Excel"), skill("Public speaking"), skill("Payroll"), skill("Welding")]


def meaning(text: str) -> list[float]:
    """A vector that is near for texts that share words, or what the fake model takes for the same."""
    found = [0.001] * LENGTH
    for word in text.lower().split():
        found[hashlib.sha256(ALIKE.get(word, word).encode()).digest()[0] % LENGTH] += 1
    return found


@dataclass(frozen=True)
class Desk:
    """A deployment, its people, and its worker."""

    cast: Cast
    make: Factories

    async def work(self) -> int:
        """Do what is due."""
        return await run_due(runtime_of(self.cast.app), self.cast.organization_id)

    async def wish(self, is_wished: bool = True) -> None:
        """Switch it on, or off, for the organization."""
        settings = {"settings": {"similar_wording": is_wished}}
        await self.make.admin.data("PATCH", f"{V1}/organization", json=settings)
        await self.work()

    async def job(self, criteria: Sequence[Data] = CRITERIA, **fields: Any) -> Data:
        """An open job with a rubric."""
        job = await self.make.job(title="Bus driver")
        await self.make.screening_rubric(job, criteria=list(criteria), **fields)
        return job

    async def person(self, name: str = "Mira Okafor", text: str | None = None) -> Data:
        return await people.person(self.make, name, resume() if text is None else text)

    async def reasons(self, job: Data) -> list[Data]:
        """Why each candidate of a job stands where it does."""
        found = await self.cast.client("recruiter").data("GET", f"{V1}/jobs/{job['id']}/matches")
        return [each["reasons"] for each in found]

    async def similar(self, job: Data) -> list[Data]:
        """What is suggested of the first."""
        found: list[Data] = (await self.reasons(job))[0]["similar_wordings"]
        return found

    async def places(self, parse_id: str) -> list[contents.Place]:
        """What is kept of a resume."""
        from impl import models  # noqa: PLC0415

        run = TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1)
        async with run.step() as ctx:
            return contents.opened(ctx, vars(await ctx.load(models.ResumeParse, UUID(parse_id))))


@asynccontextmanager
async def switched_on(
    settings: Settings, database_url: str, fake: Fake | None = None, **more: Any
) -> AsyncIterator[ASGIApp]:
    """A deployment whose model is the local one, or the fake: one try, so that no test waits."""
    openai: dict[str, Any] = {"tries_max": 1, "timeout_seconds": 0.2, "circuit_failures_max": 1000}
    if fake is not None:
        openai |= {"api_key": SecretStr("sk-fake-key"), "base_url": fake.url}
    matching = {"embeddings": "local" if fake is None else "openai", "embedding_model": "fake", **more}
    async with another(settings, database_url, openai=openai, matching=matching) as app:
        yield app


def desk_in(app: ASGIApp, cast: Cast) -> Desk:
    """The people of a test in another deployment on the same database."""
    there = replace(cast, app=app)
    return Desk(there, Factories(there))
