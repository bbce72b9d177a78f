"""What happens in the demo organization: hiring, simulated day by day up to the present. Pure: no database, no clock, no real
chance. The same seed and the same present give the same story."""

import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from generated.enums import JobCloseReason, StageKind
from impl.demo import organization
from impl.demo.quarters import moment

CANDIDATES = 200
DELETED = 4

Verb = Literal[
    "post", "open", "close", "meet", "apply", "move", "transfer", "reject", "withdraw", "hire", "reopen", "delete", "screen"
]  # fmt: skip

# Days in a stage (the middle of a skewed distribution), and who of a hundred goes on to the next one.
STAYS = {
    StageKind.APPLIED: (6.0, 50),
    StageKind.SCREEN: (8.0, 55),
    StageKind.INTERVIEW: (11.0, 55),
    StageKind.ASSESSMENT: (9.0, 65),
    StageKind.OFFER: (7.0, 75),
    StageKind.OTHER: (5.0, 60),
}
DEFAULT_KINDS = (StageKind.APPLIED, StageKind.SCREEN, StageKind.INTERVIEW, StageKind.OFFER)
WITHDRAWS, TRANSFERS, REOPENS = 0.08, 0.03, 0.05


@dataclass(frozen=True)
class Step:
    """One thing that somebody does. `job`, `candidate` and `application` are places in the lists of the story."""

    at: datetime
    verb: Verb
    job: int | None = None
    candidate: int | None = None
    application: int | None = None
    reason: str | None = None
    close_reason: JobCloseReason | None = None


@dataclass
class _Application:
    candidate: int
    job: int
    stage: int = 0
    is_active: bool = True


@dataclass
class _Job:
    plan: organization.Opportunity
    seats: int
    is_open: bool = False
    applicants: set[int] = field(default_factory=set)

    @property
    def kinds(self) -> Sequence[StageKind]:
        return [kind for _, kind in self.plan.pipeline] if self.plan.pipeline else DEFAULT_KINDS


class Story:
    """The simulation. `steps()` gives what happens, in the order of time."""

    def __init__(self, seed: int, until: datetime) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose, and no secret
        self._until = until
        self._jobs = [_Job(plan, plan.openings) for plan in organization.JOBS]
        self._applications: list[_Application] = []
        self._met: dict[int, int] = {}
        self._ticket = count()
        self._ahead: list[tuple[datetime, int, Step]] = []

    def steps(self) -> Iterator[Step]:
        """Everything up to the present."""
        for number in range(len(self._jobs)):
            self._announce(number)
        self._plan(Step(moment(self._until), "screen"))
        while self._ahead:
            step = heapq.heappop(self._ahead)[2]
            if step.at >= self._until:
                break
            yield from self._happen(step)
        yield from self._end()

    def _plan(self, step: Step) -> None:
        heapq.heappush(self._ahead, (step.at, next(self._ticket), step))

    def _announce(self, number: int) -> None:
        """A job is made, mostly opened a few days later, and people hear of it."""
        plan = self._jobs[number].plan
        made = self._until - timedelta(days=plan.days_ago, hours=-self._random.uniform(1, 7))
        opened = made + self._days(2, 4)
        self._plan(Step(made, "post", number))
        if not plan.is_draft:
            self._plan(Step(opened, "open", number))
        if plan.closes:
            days_ago, reason = plan.closes
            self._plan(Step(self._until - timedelta(days=days_ago), "close", number, close_reason=reason))
        for _ in range(plan.applicants):
            # Interest grows while a job is open; those that have closed early lost the rest.
            heard = opened + (self._until - opened) * self._random.betavariate(1.7, 1.0)
            self._plan(Step(heard, "apply", number))

    def _happen(self, step: Step) -> Iterator[Step]:
        match step.verb:
            case "post" | "screen":
                yield step
            case "open":
                self._jobs[_known(step.job)].is_open = True
                yield step
            case "close":
                yield from self._close(step)
            case "apply":
                yield from self._apply(step)
            case _:
                yield from self._go_on(step)

    def _close(self, step: Step) -> Iterator[Step]:
        job = self._jobs[_known(step.job)]
        if job.is_open:
            yield step
            self._left_over(_known(step.job), step.at)

    def _apply(self, step: Step) -> Iterator[Step]:
        number = _known(step.job)
        job = self._jobs[number]
        candidate = self._somebody(job)
        if candidate is None or not (job.is_open or job.plan.is_draft):
            return
        job.applicants.add(candidate)
        if candidate not in self._met:
            self._met[candidate] = number
            yield Step(step.at - timedelta(minutes=2), "meet", number, candidate)
        self._applications.append(_Application(candidate, number))
        application = len(self._applications) - 1
        yield Step(step.at, "apply", number, candidate, application)
        self._decide(application, step.at)

    def _go_on(self, step: Step) -> Iterator[Step]:
        """What was decided for an application happens, unless something else happened meanwhile."""
        application = self._applications[_known(step.application)]
        if application.is_active == (step.verb == "reopen"):
            return
        job = self._jobs[application.job]
        if step.verb == "hire" and not job.seats:
            step = Step(step.at, "reject", application=step.application, reason=organization.POSITION_FILLED)
        if step.verb == "reopen" and not job.is_open:
            return
        if step.verb == "transfer":
            other = self._elsewhere(application)
            step = Step(step.at, "move" if other is None else "transfer", other, application=step.application)
        yield step
        self._follow(step, application, job)

    def _follow(self, step: Step, application: _Application, job: _Job) -> None:
        number = _known(step.application)
        match step.verb:
            case "move":
                application.stage += 1
                self._decide(number, step.at)
            case "transfer":
                application.job, application.stage = _known(step.job), 0
                self._jobs[application.job].applicants.add(application.candidate)
                self._decide(number, step.at)
            case "reopen":
                application.is_active = True
                self._decide(number, step.at)
            case "hire":
                application.is_active = False
                job.seats -= 1
                if not job.seats:
                    self._left_over(application.job, step.at)
            case _:
                application.is_active = False
                if step.reason != organization.POSITION_FILLED and self._random.random() < REOPENS:
                    self._plan(Step(step.at + self._days(3, 12), "reopen", application=number))

    def _decide(self, number: int, since: datetime) -> None:
        """What becomes of an application in the stage that it has just entered, and when."""
        application = self._applications[number]
        kinds = self._jobs[application.job].kinds
        middle, goes_on = STAYS[kinds[application.stage]]
        at = since + timedelta(days=middle * self._random.lognormvariate(0, 0.55))
        fate = self._random.random()
        if fate < WITHDRAWS:
            self._plan(Step(at, "withdraw", application=number, reason=self._random.choice(organization.WITHDRAWALS)))
        elif fate > WITHDRAWS + goes_on / 100:
            reason = self._random.choice(organization.REJECTIONS[:-1])
            self._plan(Step(at, "reject", application=number, reason=reason))
        elif application.stage + 1 == len(kinds):
            self._plan(Step(at, "hire", application=number))
        else:
            verb: Verb = "transfer" if self._random.random() < TRANSFERS else "move"
            self._plan(Step(at, verb, application=number))

    def _left_over(self, number: int, at: datetime) -> None:
        """The job has closed: whoever is still waiting hears so within a week."""
        self._jobs[number].is_open = False
        for place, application in enumerate(self._applications):
            if application.job == number and application.is_active:
                later = at + self._days(1, 6)
                self._plan(Step(later, "reject", application=place, reason=organization.POSITION_FILLED))

    def _somebody(self, job: _Job) -> int | None:
        """Who applies: mostly somebody new, else somebody who has not applied for this job."""
        unknown = CANDIDATES - len(self._met)
        if unknown and (not self._met or self._random.random() < 0.62):
            return len(self._met)
        known = [candidate for candidate in self._met if candidate not in job.applicants]
        return self._random.choice(known) if known else None

    def _elsewhere(self, application: _Application) -> int | None:
        """Another open job for a candidate, who has not applied there."""
        fitting = [
            number
            for number, job in enumerate(self._jobs)
            if job.is_open and number != application.job and application.candidate not in job.applicants
        ]
        return self._random.choice(fitting) if fitting else None

    def _end(self) -> Iterator[Step]:
        """People without an application who were met lately, and a few who asked to be forgotten."""
        at = self._until - timedelta(hours=8)
        while len(self._met) < CANDIDATES:
            candidate = len(self._met)
            self._met[candidate] = candidate % len(self._jobs)
            at += timedelta(minutes=1)
            yield Step(at, "meet", self._met[candidate], candidate)
        busy = {application.candidate for application in self._applications if application.is_active}
        for candidate in [each for each in self._met if each not in busy][:DELETED]:
            at += timedelta(minutes=1)
            yield Step(at, "delete", candidate=candidate)

    def _days(self, least: float, most: float) -> timedelta:
        return timedelta(days=self._random.uniform(least, most))


def _known(place: int | None) -> int:
    if place is None:
        raise ValueError("the step does not say which one")
    return place
