"""The interviews of the demo: planned when a candidate reaches such a stage, held, judged by each interviewer, and sometimes called off."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api import Implementations
from generated.enums import AttributeRating, InterviewCancelReason, InterviewKind, Recommendation
from impl.core.actor import Actor
from impl.core.context import Context
from impl.demo.organization import Opportunity
from impl.demo.setting import Setting
from impl.lib import clock

Perform = Callable[..., Awaitable[Any]]
Judgement = tuple[Recommendation, tuple[tuple[str, AttributeRating], ...], str]

A = AttributeRating
JUDGEMENTS: tuple[Judgement, ...] = (
    (
        Recommendation.YES,
        (("Craft", A.YES), ("Working with others", A.STRONG_YES)),
        "Explained every step of the measurement and asked us the better questions.",
    ),
    (
        Recommendation.STRONG_YES,
        (("Craft", A.STRONG_YES), ("Working with others", A.YES)),
        "Found the fault in the sample within minutes. I would start tomorrow.",
    ),
    (
        Recommendation.NO,
        (("Craft", A.MIXED), ("Working with others", A.YES)),
        "Pleasant, but we had to give away too much of the answer.",
    ),
    (Recommendation.YES, (("Craft", A.MIXED), ("Working with others", A.YES)), "Learns fast; needs guidance at first."),
    (
        Recommendation.STRONG_NO,
        (("Craft", A.STRONG_NO), ("Working with others", A.NO)),
        "Did not want to talk about the work sample at all.",
    ),
)
FORM = requests.ScorecardFormPut(
    attributes=[
        requests.ScorecardAttribute(
            name="Craft", description="Can do today what the job needs, and says how.", is_required=True
        ),
        requests.ScorecardAttribute(
            name="Working with others", description="Listens, asks, shares the credit.", is_required=False
        ),
    ]
)
# Of so many scorecards one is never written, and of so many interviews one moves, one is not attended.
FORGOTTEN, MOVED, MISSED = 9, 6, 14
LEAD = range(2, 8)
HOURS = (8, 9, 11, 13, 14)


@dataclass(frozen=True, slots=True)
class Talk:
    """A planned interview, and who it is between."""

    interview: responses.Interview
    plan: Opportunity


@dataclass
class Talks:
    """Plans and concludes the interviews of applications, which are known by their places in the story."""

    setting: Setting
    services: Implementations[Context]
    do: Perform
    _ahead: dict[int, Talk] = field(default_factory=dict)
    _planned: int = 0
    _written: int = 0

    def __post_init__(self) -> None:
        self._lead, self._hours, self._judgements = cycle(LEAD), cycle(HOURS), cycle(JUDGEMENTS)

    async def plan(self, place: int, application_id: UUID, plan: Opportunity, stage: str) -> None:
        """The recruiter finds a date with the interviewers of the job, every second time with its manager too."""
        self._planned += 1
        names = [*plan.interviewers, *([plan.manager] if self._planned % 2 else [])]
        starts_at = self._date()
        body = requests.InterviewCreate(
            kind=InterviewKind.ON_SITE if self._planned % 3 == 0 else InterviewKind.VIDEO,
            title=stage,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=60),
            interviewer_ids=[self.setting.users[name] for name in names],
            instructions="Read the application first; the same questions for everybody.",
            **self._place(plan),
        )
        create, recruiter = self.services.interviews.create_interview, self._recruiter(plan)
        interview = await self.do(recruiter, "create_interview", create, application_id, body)
        if self._planned % MOVED == 0:
            by = timedelta(days=3 if starts_at.isoweekday() == 5 else 1)
            later = requests.InterviewReschedule(starts_at=starts_at + by, ends_at=interview.ends_at + by)
            interview = await self._command(recruiter, "reschedule_interview", interview.id, later)
        self._ahead[place] = Talk(interview, plan)

    async def conclude(self, place: int) -> None:
        """Before anything else happens to the application: its interview took place, or is called off."""
        talk = self._ahead.pop(place, None)
        if talk is None:
            return
        recruiter, interview = self._recruiter(talk.plan), talk.interview
        if interview.ends_at > clock.now():
            why = requests.InterviewCancel(
                reason=InterviewCancelReason.ORGANIZATION_REQUEST, note="We had decided before."
            )
            await self._command(recruiter, "cancel_interview", interview.id, why)
        elif self._planned % MISSED == 0:
            await self._command(recruiter, "mark_interview_no_show", interview.id)
        else:
            interview = await self._command(recruiter, "complete_interview", interview.id)
            await self._judge(interview)

    async def end(self) -> None:
        """What is over by now is concluded; what lies ahead stays planned."""
        for place, talk in list(self._ahead.items()):
            if talk.interview.ends_at <= clock.now():
                await self.conclude(place)

    async def give_up(self, place: int) -> None:
        """Before the application ends: what has begun is concluded, and what lies ahead is called off by that end itself."""
        talk = self._ahead.get(place)
        if talk is not None and talk.interview.starts_at > clock.now():
            del self._ahead[place]
        await self.conclude(place)

    async def _judge(self, interview: responses.Interview) -> None:
        """Each interviewer writes and submits; now and then somebody forgets, or leaves a draft."""
        names = {user_id: name for name, user_id in self.setting.users.items()}
        query = requests.ListScorecardsQuery(interview_id=interview.id)
        for user_id in interview.interviewer_ids:
            self._written += 1
            actor = self.setting.actor(names[user_id])
            found = await self.do(actor, "list_scorecards", self.services.scorecards.list_scorecards, query)
            [own] = [each for each in found.data if each.interviewer_id == user_id]
            if self._written % FORGOTTEN:
                await self._write(actor, own.id)

    async def _write(self, actor: Actor, scorecard_id: UUID) -> None:
        recommendation, ratings, notes = next(self._judgements)
        body = requests.ScorecardPut(
            recommendation=recommendation,
            ratings=[requests.ScorecardRating(attribute=name, rating=rating, note=None) for name, rating in ratings],
            notes=notes,
        )
        scorecards = self.services.scorecards
        await self.do(actor, "put_scorecard", scorecards.put_scorecard, scorecard_id, body)
        if self._written % FORGOTTEN != 1:
            query = requests.SubmitScorecardQuery()
            await self.do(actor, "submit_scorecard", scorecards.submit_scorecard, scorecard_id, query)

    async def _command(self, actor: Actor, operation_id: str, interview_id: UUID, *body: Any) -> responses.Interview:
        name = "".join(part.title() for part in operation_id.split("_"))
        query = getattr(requests, f"{name}Query")()
        method = getattr(self.services.interviews, operation_id)
        interview: responses.Interview = await self.do(actor, operation_id, method, interview_id, query, *body)
        return interview

    def _date(self) -> datetime:
        """At a full hour of a day soon, and none of a weekend."""
        day = clock.now().date() + timedelta(days=next(self._lead))
        day += timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0)
        return datetime.combine(day, time(next(self._hours)), tzinfo=clock.now().tzinfo)

    def _place(self, plan: Opportunity) -> dict[str, Any]:
        if self._planned % 3 == 0:
            return {"location": f"{plan.office}, first floor"}
        return {"video_url": f"https://meet.example.org/room-{self._planned:03d}"}

    def _recruiter(self, plan: Opportunity) -> Actor:
        return self.setting.actor(plan.team[0][0])
