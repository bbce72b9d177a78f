"""What the tests of screening share."""

from typing import Any, Protocol

from tests.screening.people import JOBS, Person
from tests.support.application import runtime_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories

SKILL: Data = {
    "kind": "skill",
    "key": "sourdough",
    "importance": "required",
    "weight": 3,
    "name": "Sourdough",
    "synonyms": ["levain"],
    "related": [],
}
YEARS: Data = {
    "kind": "years",
    "key": "baking",
    "importance": "preferred",
    "weight": 2,
    "minimum_years": 3,
    "within": "title",
    "terms": ["baker"],
}
PREDICATE: Data = {
    "kind": "predicate",
    "key": "positions",
    "importance": "preferred",
    "weight": 1,
    "pointer": "/work",
    "operator": "count_at_least",
    "amount": 2,
}
RUBRIC: Data = {"is_enabled": True, "is_blind": True, "criteria": [SKILL, YEARS, PREDICATE]}
BAKER = JOBS["baker"][1]
NURSE = JOBS["nurse"][1]


def rubric(**fields: Any) -> Data:
    return RUBRIC | fields


def rubric_path(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/screening_rubric"


def runs_path(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/screening_runs"


class Readings(Protocol):
    """What is read of candidates."""

    def put(self, candidate_id: str, person: Person, *flags: str) -> None:
        """Let this be what is read of a candidate from now on."""


class Desk:
    """Applications with resumes, and runs over them."""

    def __init__(self, cast: Cast, make: Factories, resumes: Readings) -> None:
        self.cast = cast
        self.make = make
        self.resumes = resumes

    async def job(self, **fields: Any) -> Data:
        """An open job with a rubric."""
        job = await self.make.job()
        await self.make.admin.data("PUT", rubric_path(job), json=rubric(**fields))
        return job

    async def application(self, job: Data, person: Person | None = None, *flags: str) -> Data:
        """An application, with somebody's resume if there is one."""
        application = await self.make.application(job, await self.make.reachable())
        if person is not None:
            self.resumes.put(application["candidate_id"], person, *flags)
        return application

    async def run(self, job: Data, *applications: Data) -> Data:
        """A run that is over."""
        body = {"application_ids": [each["id"] for each in applications]} if applications else {}
        run = await self.make.admin.data("POST", runs_path(job), json=body)
        await self.work()
        finished: Data = await self.make.admin.data("GET", f"{V1}/screening_runs/{run['id']}")
        return finished

    async def work(self) -> None:
        """Let the worker do what waits."""
        await run_due(runtime_of(self.cast.app), self.cast.organization_id)

    async def results(self, run: Data) -> list[Data]:
        found: list[Data] = await self.make.admin.data("GET", f"{V1}/screening_runs/{run['id']}/results")
        return found

    async def result(self, person: Person | None = BAKER, *flags: str) -> Data:
        """The result of one application."""
        job = await self.job()
        await self.application(job, person, *flags)
        return (await self.results(await self.run(job)))[0]
