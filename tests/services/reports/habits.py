"""What the reports are tested for in the same way: histories of every kind, and what a plain count of them gives."""

import math
import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import NOWHERE, expect_scope, instant
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

COMMANDS = ("move", "move", "back", "transfer", "reject", "withdraw", "hire", "reopen")
ALL_TIME = {"start": "1900-01-01T00:00:00Z", "end": "2200-01-01T00:00:00Z"}


class History:
    """Applications on two jobs, one of a department and an office, that came a random way; `moments` are instants on it."""

    def __init__(self, make: Factories, hands: Hands, seed: int) -> None:
        self.make = make
        self.hands = hands
        self.chance = random.Random(seed)
        self.jobs: list[Data] = []
        self.sources: list[Data] = []
        self.reason: Data = {}
        self.kinds: dict[str, str] = {}
        self.pipelines: dict[str, list[str]] = {}
        self.applications: list[Data] = []
        self.moments: list[str] = []

    async def happen(self, steps: int = 40, pause: int = 4000) -> None:
        """Make all of it, with `pause` seconds at the most between two steps."""
        place = {"department_id": (await self.make.department())["id"], "office_id": (await self.make.office())["id"]}
        self.hands.set(clock.now().replace(microsecond=0) + timedelta(seconds=1))
        for fields in (place, {}):
            job = await self.make.job(requires_opening=False, auto_close=False, **fields)
            stages = await self.make.stages(job)
            self.jobs.append(job)
            self.pipelines[job["id"]] = [stage["id"] for stage in stages]
            self.kinds |= {stage["id"]: stage["kind"] for stage in stages}
        self.sources = [await self.make.source(), await self.make.source()]
        self.reason = await self.make.rejection_reason()
        for step in range(steps):
            self.hands.advance(timedelta(seconds=self.chance.randint(60, pause)))
            await self._step(is_new=step % 4 == 0)
            if step % 10 == 9:
                self.moments.append(instant(clock.now()))

    async def _step(self, *, is_new: bool) -> None:
        if is_new:
            source = self.chance.choice([None, *self.sources])
            fields = {"source_id": source["id"]} if source else {}
            self.applications.append(await self.make.application(self.chance.choice(self.jobs), **fields))
            return
        place = self.chance.randrange(len(self.applications))
        application, command = self.applications[place], self.chance.choice(COMMANDS)
        path, body = self._request(application, command)
        answer = await self.make.admin.post(f"{V1}/applications/{application['id']}/{path}", json=body)
        assert answer.status_code in (200, 409), answer.text
        if answer.is_success:
            self.applications[place] = answer.json()["data"]

    def _request(self, application: Data, command: str) -> tuple[str, Data]:
        if command == "back":
            return "move", {"to_stage_id": self.chance.choice(self.pipelines[application["job_id"]])}
        if command == "transfer":
            return "move", {"to_job_id": next(job["id"] for job in self.jobs if job["id"] != application["job_id"])}
        return command, {"reason_id": self.reason["id"]} if command == "reject" else {}

    async def stays(self, client: ApiClient, as_of: str, **wanted: str) -> list[Data]:
        """The stays that had begun by `as_of`, as they were then, in their order; `wanted` are filters of the reports."""
        found: list[Data] = await client.data("GET", f"{V1}/stage_history?limit=200")
        assert 10 < len(found) < 200
        applications = {each["id"]: each for each in await client.data("GET", f"{V1}/applications?limit=200")}
        jobs = {job["id"]: job for job in self.jobs}
        known = []
        for stay in sorted(found, key=lambda stay: (stay["entered_at"], stay["id"])):
            application = applications[stay["application_id"]]
            facts = jobs[stay["job_id"]] | stay | {"source_id": application["source_id"]}
            if stay["entered_at"] <= as_of and all(facts[name] == value for name, value in wanted.items()):
                has_left = stay["left_at"] is not None and stay["left_at"] <= as_of
                known.append(
                    facts
                    | {"applied_at": application["applied_at"], "kind": self.kinds[stay["stage_id"]]}
                    | ({} if has_left else {"left_at": None, "outcome": "current"})
                )
        return known

    def filters(self) -> list[dict[str, str]]:
        """Each filter of the reports by itself, and none."""
        job, source = self.jobs[0], self.sources[0]
        return [
            {},
            {"job_id": job["id"]},
            {"department_id": job["department_id"]},
            {"office_id": job["office_id"]},
            {"source_id": source["id"]},
        ]


def last_stays(stays: Iterable[Data], *keys: str) -> list[Data]:
    """Of stays in their order, the last one of each application in each group."""
    return list({(stay["application_id"], *(stay[key] for key in keys)): stay for stay in stays}.values())


def nearest_rank(values: list[int], percent: int) -> int | None:
    """The percentile of some values."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1] if values else None


async def read(client: ApiClient, report: str, **query: Any) -> Data:
    """A report, which is complete."""
    found: Data = await client.data("GET", f"{V1}/reports/{report}?{urlencode(query)}")
    assert found["is_complete"]
    return found


async def expect_query_refused(client: ApiClient, report: str, *queries: str) -> None:
    """What the contract does not know is refused."""
    for query in ("colour=red", "job_id=x", "as_of=yesterday", "limit=1", *queries):
        answer = await client.get(f"{V1}/reports/{report}?{query}")
        assert problem(answer) == (422, "validation_failed"), query


async def expect_own_rows_only(cast: Cast, outsider: ApiClient, make: Factories, report: str, shown: str) -> None:
    """Another organization sees nothing, a hiring manager what belongs to granted jobs; both scope and name of the key are asked for.
    The organization has one row of `report` for each of two jobs, under `shown`."""
    first, second = (await make.admin.data("GET", f"{V1}/jobs?sort=created_at"))[:2]
    manager = cast.client("hiring_manager")
    assert (await read(outsider, report))[shown] == []
    assert (await read(outsider, report, job_id=first["id"]))[shown] == []
    assert (await read(manager, report))[shown] == []
    await make.grant("hiring_manager", second)
    assert {row["job_id"] for row in (await read(manager, report))[shown]} == {second["id"]}
    assert (await read(manager, report, job_id=first["id"]))[shown] == []
    assert (await read(manager, report, job_id=NOWHERE))[shown] == []
    path = f"{V1}/reports/{report}"
    await expect_scope(await make.machine("applications:read"), "GET", path, None, "reports:read")
    await expect_scope(cast.client("interviewer"), "GET", path, None, "reports:read")
