"""D3 (second part): jobs and applications behave as a plain Python model, alone and when many act at once."""

import asyncio
import threading
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories
from tests.support.threads import Loop

SEATS = 2
APPLICANTS = 4


@dataclass
class Model:
    """What the contract says, as simply as it can be said: one job that closes when its last seat is taken."""

    stages: int
    job: str = "open"
    seats: list[int | None] = field(default_factory=lambda: [None] * SEATS)
    status: list[str] = field(default_factory=lambda: ["active"] * APPLICANTS)
    stage: list[int] = field(default_factory=lambda: [0] * APPLICANTS)
    stays: list[int] = field(default_factory=lambda: [1] * APPLICANTS)

    def apply(self, command: str, who: int) -> str:
        """Run a command: `ok` or the problem code."""
        method: Any = getattr(self, command)
        return str(method(who))

    def move(self, who: int) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        if self.stage[who] + 1 >= self.stages:
            return "no_next_stage"
        self.stage[who] += 1
        self.stays[who] += 1
        return "ok"

    def reject(self, who: int) -> str:
        return self._end(who, "rejected")

    def withdraw(self, who: int) -> str:
        return self._end(who, "withdrawn")

    def hire(self, who: int) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        if None not in self.seats:
            return "opening_required"
        self.seats[self.seats.index(None)] = who
        self.status[who] = "hired"
        if None not in self.seats:
            self.job = "closed"
        return "ok"

    def reopen(self, who: int) -> str:
        """With `reopen_job`."""
        if self.status[who] == "active":
            return "application_already_active"
        if self.job == "closed" and None not in self.seats and who not in self.seats:
            return "job_has_no_open_opening"
        self.job = "open"
        self.seats = [None if seat == who else seat for seat in self.seats]
        self.status[who] = "active"
        self.stays[who] += 1
        return "ok"

    def _end(self, who: int, status: str) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        self.status[who] = status
        return "ok"

    def shown(self) -> Any:
        """Everything that can be compared. Which seat a person has is told by who has one."""
        taken = sorted(seat for seat in self.seats if seat is not None)
        return self.job, taken, self.status, self.stage, self.stays


class Real:
    """The same, in the service."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.make = Factories(cast)
        self.client = cast.client("recruiter")
        self.job: Data
        self.stages: list[str]
        self.applications: list[Data]
        self.reason: Data

    async def set_up(self) -> "Real":
        self.job = await self.make.job(openings=SEATS, requires_opening=True, auto_close=True)
        self.stages = [stage["id"] for stage in await self.make.stages(self.job)]
        self.applications = [await self.make.application(job=self.job) for _ in range(APPLICANTS)]
        self.reason = await self.make.rejection_reason()
        return self

    async def apply(self, command: str, who: int) -> str:
        bodies = {"reject": {"reason_id": self.reason["id"]}, "reopen": {"reopen_job": True}}
        path = f"{V1}/applications/{self.applications[who]['id']}/{command}"
        answer = await self.client.post(path, json=bodies.get(command, {}))
        return "ok" if answer.is_success else str(answer.json()["code"])

    async def shown(self) -> Any:
        job = await self.client.data("GET", f"{V1}/jobs/{self.job['id']}")
        seats = await self.make.openings(self.job)
        numbers = {application["id"]: number for number, application in enumerate(self.applications)}
        status, stage, stays = [], [], []
        for application in self.applications:
            now = await self.client.data("GET", f"{V1}/applications/{application['id']}")
            history = await self.client.data(
                "GET", f"{V1}/stage_history?application_id={application['id']}&sort=entered_at"
            )
            assert sum(stay["left_at"] is None for stay in history) == (now["status"] == "active")
            status.append(now["status"])
            stage.append(self.stages.index(now["stage_id"]))
            stays.append(len(history))
        taken = sorted(numbers[seat["application_id"]] for seat in seats if seat["application_id"] is not None)
        return job["status"], taken, status, stage, stays


def new(threaded: Loop) -> Real:
    """A new organization with its job and applications."""

    async def made() -> Real:
        return await Real(await threaded.new_cast()).set_up()

    return threaded.run(made())


COMMANDS = ["move", "reject", "withdraw", "hire", "reopen"]
STEP = st.tuples(st.sampled_from(COMMANDS), st.integers(0, APPLICANTS - 1))


def machine_on(threaded: Loop) -> type[RuleBasedStateMachine]:
    class Recruiting(RuleBasedStateMachine):
        real: Real
        model: Model

        @initialize()
        def start(self) -> None:
            self.real = new(threaded)
            self.model = Model(len(self.real.stages))

        @rule(step=STEP)
        def command(self, step: tuple[str, int]) -> None:
            assert threaded.run(self.real.apply(*step)) == self.model.apply(*step), step

        @invariant()
        def agree(self) -> None:
            if hasattr(self, "model"):
                assert threaded.run(self.real.shown()) == self.model.shown()

    return Recruiting


@pytest.mark.promise("D3")
async def test_the_service_behaves_as_the_model(threaded: Loop) -> None:
    chosen = settings(
        max_examples=25,
        stateful_step_count=16,
        deadline=None,
        derandomize=True,
        database=None,
        # Shrinking would repeat hundreds of walks through a real service; the failing walk is short enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, machine_on(threaded), settings=chosen)


TRACES: list[list[tuple[str, int]]] = [
    [("hire", 0), ("hire", 1), ("hire", 2), ("hire", 3)],
    [("hire", 0), ("reject", 0), ("withdraw", 0), ("move", 0)],
    [("move", 1), ("move", 1), ("move", 1), ("reject", 1)],
    [("hire", 0), ("reopen", 0), ("hire", 1), ("hire", 2)],
    [("reject", 2), ("reopen", 2), ("move", 2), ("hire", 2)],
    [("hire", 3), ("hire", 3), ("reopen", 3), ("reopen", 3)],
]


@pytest.mark.promise("D3")
@pytest.mark.parametrize("trace", TRACES, ids=str)
@pytest.mark.parametrize("repetition", range(3))
async def test_what_happens_at_once_could_have_happened_in_some_order(
    threaded: Loop, trace: list[tuple[str, int]], repetition: int
) -> None:
    """Each command of the trace comes from a thread of its own, all at the same moment."""
    real = await asyncio.to_thread(new, threaded)
    barrier = threading.Barrier(len(trace))

    def act(step: tuple[str, int]) -> str:
        barrier.wait(20)
        return threaded.run(real.apply(*step))

    told = await asyncio.gather(*(asyncio.to_thread(act, step) for step in trace))
    ended = (told, await asyncio.to_thread(threaded.run, real.shown()))
    assert any(ended == _serially(order, trace, len(real.stages)) for order in permutations(range(len(trace)))), ended


def _serially(order: tuple[int, ...], trace: list[tuple[str, int]], stages: int) -> tuple[list[str], Any]:
    model, told = Model(stages), [""] * len(trace)
    for number in order:
        told[number] = model.apply(*trace[number])
    return told, model.shown()
