"""Plays the story with the operations that a client would call, under a clock that is set to when things happened."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import text

from generated import requests
from generated.api import Implementations
from generated.enums import NoteVisibility, StageKind
from impl.core.actor import Actor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.db.engine import Connection
from impl.db.query import Query
from impl.demo import adverts, arrivals, impact, keeping, letters, offers, organization, particulars, statistics, talks
from impl.demo.organization import JOBS, SLUG, Opportunity
from impl.demo.people import Crowd
from impl.demo.remarks import remarks
from impl.demo.screenings import screen
from impl.demo.setting import Setting, SignIn
from impl.demo.story import Step, Story, Verb
from impl.lib import clock, ids
from impl.provisioning import perform
from impl.services import implementations
from impl.services.custom_fields.values import SEES_PRIVATE
from impl.services.jobs import pipeline
from impl.services.organization.operations import OrganizationService
from impl.settings_sections import ScannerSettings

SEED = 3
PLANT_SECONDS = 60.0
SETTING_DAYS = 300
A_MOMENT = timedelta(seconds=1)
NOTES = (
    "Good conversation, but the depth we need is not there yet.",
    "Would fit another team; ask again in half a year.",
    "Two of three interviewers were not convinced by the work sample.",
    None,
    None,
)
IS_THERE = Query(text("SELECT 1 FROM organizations WHERE id = CAST(:id AS uuid)"))

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The sign-ins and the API key of the demo. Nothing of it can be read from the database again."""

    api_key: str
    users: tuple[SignIn, ...]


class Present(Exception):
    """The demo organization is there already."""


async def is_there(runtime: Runtime) -> bool:
    """Whether the demo organization was made before."""
    async with runtime.database.transaction(organization.ID, timeout_seconds=PLANT_SECONDS) as connection:
        return await connection.value(IS_THERE, id=organization.ID) is not None


async def plant(
    runtime: Runtime, *, seed: int = SEED, until: datetime | None = None, progress: Progress = lambda done, all_: None
) -> Credentials:
    """Make the demo organization, whole or not at all, as if it had hired until `until` (default: midnight, UTC).

    Equal `seed` and `until` give equal content; passwords and API keys are always new. Nothing else may use the process's clock
    meanwhile. Raises Present when it was made before.
    """
    if await is_there(runtime):
        raise Present
    # Its files are its own, and it does not wait for a scanner.
    unscanned = runtime.settings.model_copy(update={"scanner": ScannerSettings()})
    runtime = replace(runtime, settings=unscanned)
    until = until or datetime.combine(clock.now().date(), time(), tzinfo=clock.now().tzinfo)
    steps = list(Story(seed, until).steps())
    with clock.frozen(until - timedelta(days=SETTING_DAYS)) as hands, ids.use(ids.seeded(seed)):
        async with runtime.database.transaction(organization.ID, timeout_seconds=PLANT_SECONDS) as connection:
            play = _Play(runtime, connection, seed, until)
            await play.begin()
            for done, step in enumerate(sorted(steps, key=lambda step: step.at), 1):
                hands.set(max(step.at, clock.now() + A_MOMENT))
                await play.act(step)
                progress(done, len(steps))
            await play.end()
    return Credentials(play.setting.api_key, tuple(play.setting.sign_ins))


class _Play:
    """One performance: what was made so far, by its place in the story."""

    def __init__(self, runtime: Runtime, connection: Connection, seed: int, until: datetime) -> None:
        self._until = until
        self._runtime = runtime
        self._connection = connection
        self._services: Implementations[Context] = implementations(runtime)
        self._crowd = Crowd(seed)
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose, and no secret
        self._chance = random.Random(seed + 1)  # noqa: S311
        self._jobs: dict[int, UUID] = {}
        self._candidates: dict[int, UUID] = {}
        self._applications: dict[int, UUID] = {}
        self._job_of: dict[int, int] = {}
        self._stage_of: dict[int, int] = {}
        self._who: dict[int, int] = {}
        self._invited: set[int] = set()
        self._gone: set[int] = set()
        self._remarks = remarks()
        self._answers = statistics.answers()
        self._granted: dict[str, list[UUID]] = {}
        self.setting = Setting(runtime, connection, cast(OrganizationService, self._services.organization))
        self._talks = talks.Talks(self.setting, self._services, self._do)
        self._arrivals = arrivals.Arrivals(runtime, self._services, self._do, self.setting.system)
        self._offers = offers.Offers(self.setting, self._services, self._do, until)
        self._verbs: dict[Verb, Callable[[Step], Awaitable[None]]] = {
            "post": self._post,
            "open": self._open,
            "close": self._close,
            "meet": self._meet,
            "apply": self._apply,
            "move": self._move,
            "transfer": self._transfer,
            "reject": self._reject,
            "withdraw": self._withdraw,
            "hire": self._hire,
            "reopen": self._reopen,
            "delete": self._delete,
            "screen": self._screen,
        }

    async def begin(self) -> None:
        """Who is there, and how the organization works."""
        await self.setting.make()
        await self._offers.begin()

    async def act(self, step: Step) -> None:
        """Let one step happen."""
        await self._verbs[step.verb](step)

    async def end(self) -> None:
        """The present has come: what took place by now is concluded."""
        await self._talks.end()
        admin, candidates = self.setting.actor(organization.ADMIN), self._services.candidates
        known = [
            (await self._do(admin, "get_candidate", candidates.get_candidate, candidate_id)).profile
            for place, candidate_id in list(self._candidates.items())[: arrivals.KNOWN]
            if place not in self._gone
        ]
        await self._arrivals.end(admin, known)
        for number, application_id in list(self._applications.items())[::8]:
            if self._who[number] not in self._gone:
                job, candidate_id = self._job_of[number], self._candidates[self._who[number]]
                about = application_id if number % 24 else None
                await self._arrivals.hand_in(self._recruiter(job), candidate_id, about, job)
        await screen(self._do, self._runtime, self._services, self._recruiter(0), self._jobs)
        there = [candidate_id for place, candidate_id in self._candidates.items() if place not in self._gone]
        await keeping.end(self._do, admin, self._services, there[arrivals.KNOWN :])

    async def _post(self, step: Step) -> None:
        number = _place(step.job)
        plan, jobs = JOBS[number], self._services.jobs
        recruiter = self.setting.actor(_recruiter(plan))
        job = await self._do(recruiter, "create_job", jobs.create_job, self._job_body(number))
        self._jobs[number] = job.id
        if plan.pipeline:
            stages = [requests.StagePut(name=name, kind=kind) for name, kind in plan.pipeline]
            await self._do(
                recruiter, "put_job_pipeline", jobs.put_job_pipeline, job.id, requests.PipelinePut(stages=stages)
            )
        team = [requests.HiringTeamMember(user_id=self.setting.users[name], role=role) for name, role in plan.team]
        body = requests.HiringTeamPut(members=team)
        await self._do(recruiter, "put_job_hiring_team", jobs.put_job_hiring_team, job.id, body)
        form = self._services.scorecards.put_job_scorecard_form
        await self._do(recruiter, "put_job_scorecard_form", form, job.id, talks.FORM)
        for name in (plan.manager, *plan.interviewers):
            await self._grant(name, job.id)
        if plan.is_draft:
            await self._offers.ask(job.id, plan, recruiter)

    async def _open(self, step: Step) -> None:
        job = _place(step.job)
        query, recruiter, posts = requests.OpenJobQuery(), self._recruiter(job), self._services.posts
        if (asked := await self._offers.ask(self._jobs[job], JOBS[job], recruiter)) is not None:
            await self._offers.approve(asked, organization.ADMIN)
        await self._do(recruiter, "open_job", self._services.jobs.open_job, self._jobs[job], query)
        advert = adverts.body(self._jobs[job], JOBS[job])
        post = await self._do(recruiter, "create_post", posts.create_post, advert)
        await self._do(recruiter, "publish_post", posts.publish_post, post.id, requests.PublishPostQuery())
        self._arrivals.slugs[job] = post.slug

    async def _close(self, step: Step) -> None:
        job = _place(step.job)
        body = requests.JobCloseKeeping(reason=_given(step.close_reason), applications="keep")
        close = self._services.jobs.close_job
        late = await self._arrivals.before_closing(job)
        await self._do(self._recruiter(job), "close_job", close, self._jobs[job], requests.CloseJobQuery(), body)
        await self._arrivals.work_on(late)

    async def _meet(self, step: Step) -> None:
        job = _place(step.job)
        name = self._random.choices([name for name, _ in organization.SOURCES], organization.SOURCE_WEIGHTS)[0]
        profile = self._crowd.next_one(JOBS[job].crafts)
        tag_ids = [self.setting.tags[tag] for tag, share in organization.TAGS if self._chance.random() * 100 < share]
        actor = self.setting.site if name == "Career site" else self._recruiter(job)
        fields, private = particulars.of_candidate(self._chance), particulars.private_of_candidate(self._chance)
        body = requests.CandidateCreate(
            profile=profile,
            source_id=self.setting.sources[name],
            tag_ids=tag_ids,
            custom_fields=fields,
            private_custom_fields=private if SEES_PRIVATE in actor.scopes else {},
        )
        candidate = await self._do(actor, "create_candidate", self._services.candidates.create_candidate, body)
        self._candidates[_place(step.candidate)] = candidate.id
        await self._agree(actor, candidate.id)

    async def _agree(self, actor: Actor, candidate_id: UUID) -> None:
        """What the person agrees to; a few change their minds."""
        candidates = self._services.candidates
        for body in particulars.consents(self._chance, clock.now()):
            give = candidates.create_candidate_consent
            consent = await self._do(actor, "create_candidate_consent", give, candidate_id, body)
            if self._chance.random() < 0.08:
                query = requests.WithdrawConsentQuery()
                await self._do(actor, "withdraw_consent", candidates.withdraw_consent, consent.id, query)

    async def _apply(self, step: Step) -> None:
        job, number = _place(step.job), _place(step.application)
        body = requests.ApplicationCreate(
            candidate_id=self._candidates[_place(step.candidate)],
            job_id=self._jobs[job],
            applied_at=clock.now(),
            custom_fields=particulars.of_application(self._chance, self.setting.users),
        )
        create = self._services.applications.create_application
        application = await self._do(self.setting.site, "create_application", create, body)
        self._applications[number], self._job_of[number], self._stage_of[number] = application.id, job, 0
        self._who[number] = _place(step.candidate)
        said = next(self._answers)
        if said is not None:
            add = self._services.demographics.add_demographic_answers
            await self._do(self.setting.site, "add_demographic_answers", add, self._jobs[job], said)

    async def _move(self, step: Step) -> None:
        number = _place(step.application)
        await self._talks.conclude(number)
        await self._command(step, "move", requests.MoveApplicationQuery(), requests.ApplicationMove())
        if number not in self._invited:
            self._invited.add(number)
            await self._invite(step)
        remark = next(self._remarks)
        if remark is not None:
            await self._note(number, *remark)
        self._stage_of[number] += 1
        plan = JOBS[self._job_of[number]]
        stage, kind = (plan.pipeline or pipeline.DEFAULT)[self._stage_of[number]]
        if kind is StageKind.INTERVIEW:
            await self._talks.plan(number, self._applications[number], plan, stage)
        if kind is StageKind.OFFER:
            await self._offers.make(number, self._applications[number], plan, _recruiter(plan))

    async def _invite(self, step: Step) -> None:
        """To a first talk, when the application has just come so far."""
        number = _place(step.application)
        values = [requests.MessageValue(name="when", value=f"{step.at + timedelta(days=4):%A, %d %B, 10:00}")]
        body = requests.MessageAboutApplication(
            recipient="application",
            application_id=self._applications[number],
            template_id=self.setting.templates[letters.TALK.name],
            values=values,
        )
        recruiter = self._recruiter(self._job_of[number])
        await self._do(recruiter, "create_message", self._services.messages.create_message, body)
        await self._arrive(step)

    async def _arrive(self, step: Step) -> None:
        """Mails of long ago have arrived; those of the last day wait for the worker."""
        if step.at < self._until - timedelta(days=1):
            await perform(self._runtime, self._connection, self.setting.system, "create_message", letters.arrive)

    async def _note(self, application: int, text: str, visibility: NoteVisibility) -> None:
        """Written by an interviewer of the job, or by its recruiter when it has none."""
        plan = JOBS[self._job_of[application]]
        author = self.setting.actor(plan.interviewers[0] if plan.interviewers else _recruiter(plan))
        body = requests.NoteCreate(application_id=self._applications[application], body=text, visibility=visibility)
        write, candidate_id = self._services.notes.create_candidate_note, self._candidates[self._who[application]]
        await self._do(author, "create_candidate_note", write, candidate_id, body)

    async def _transfer(self, step: Step) -> None:
        job = _place(step.job)
        number, body = _place(step.application), requests.ApplicationMove(to_job_id=self._jobs[job])
        await self._talks.conclude(number)
        await self._command(step, "move", requests.MoveApplicationQuery(), body)
        self._job_of[number], self._stage_of[number] = job, 0

    async def _reject(self, step: Step) -> None:
        await self._talks.give_up(_place(step.application))
        reason_id = self.setting.reasons[_given(step.reason)]
        note = None if step.reason == organization.POSITION_FILLED else self._random.choice(NOTES)
        # Who has just been deleted cannot be written to any more.
        is_told = self._chance.random() < letters.TOLD and self._who[_place(step.application)] not in self._gone
        self._offers.forget(_place(step.application))
        body = requests.ApplicationReject(reason_id=reason_id, note=note, notify=is_told, withdraw_offer=True)
        await self._command(step, "reject", requests.RejectApplicationQuery(), body)
        await self._arrive(step)

    async def _withdraw(self, step: Step) -> None:
        number = _place(step.application)
        await self._talks.give_up(number)
        await self._offers.decline(number, self._recruiter(self._job_of[number]))
        body = requests.ApplicationWithdraw(reason_id=self.setting.reasons[_given(step.reason)])
        await self._command(step, "withdraw", requests.WithdrawApplicationQuery(), body)

    async def _hire(self, step: Step) -> None:
        number = _place(step.application)
        await self._talks.conclude(number)
        await self._offers.accept(number, self._recruiter(self._job_of[number]))
        plan = JOBS[self._job_of[number]]
        body = requests.ApplicationHire(starts_on=(step.at + timedelta(days=self._random.randint(20, 70))).date())
        await self._command(step, "hire", requests.HireApplicationQuery(), body, by=plan.manager)

    async def _reopen(self, step: Step) -> None:
        await self._command(step, "reopen", requests.ReopenApplicationQuery(), requests.ApplicationReopen())

    async def _delete(self, step: Step) -> None:
        candidate_id = self._candidates[_place(step.candidate)]
        self._gone.add(_place(step.candidate))
        delete = self._services.candidates.delete_candidate
        await self._do(self.setting.actor(organization.ADMIN), "delete_candidate", delete, candidate_id)

    async def _screen(self, step: Step) -> None:
        """A quarter draws to its end; who has applied is asked and screened."""
        actors = self.setting.site, self._recruiter(0)
        await impact.look_back(self._do, self._runtime, self._services, actors, self._jobs)

    async def _command(self, step: Step, verb: str, query: Any, body: Any, by: str | None = None) -> None:
        """One of the commands on an application, given by the job's recruiter unless it is somebody else's to give."""
        number = _place(step.application)
        actor = self.setting.actor(by) if by else self._recruiter(self._job_of[number])
        operation_id = f"{verb}_application"
        method = getattr(self._services.applications, operation_id)
        await self._do(actor, operation_id, method, self._applications[number], query, body)

    async def _grant(self, name: str, job_id: UUID) -> None:
        granted = self._granted.setdefault(name, [])
        granted.append(job_id)
        body = requests.UserUpdate(job_ids=list(granted))
        update, admin = self._services.users.update_user, self.setting.actor(organization.ADMIN)
        await self._do(admin, "update_user", update, self.setting.users[name], body)

    async def _do(self, actor: Actor, operation_id: str, method: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        return await perform(self._runtime, self._connection, actor, operation_id, lambda ctx: method(ctx, *arguments))

    def _recruiter(self, job: int) -> Actor:
        return self.setting.actor(_recruiter(JOBS[job]))

    def _job_body(self, number: int) -> requests.JobCreate:
        plan = JOBS[number]
        return requests.JobCreate(
            title=plan.title,
            department_id=self.setting.departments[plan.department],
            office_id=self.setting.offices[plan.office],
            employment_type=plan.employment_type,
            workplace=plan.workplace,
            description=adverts.description(plan),
            salary=adverts.salary(plan),
            external_id=f"{SLUG}-{number + 1:03d}",
            openings_count=plan.openings,
            custom_fields=particulars.of_job(number),
        )


def _recruiter(plan: Opportunity) -> str:
    return plan.team[0][0]


def _place(place: int | None) -> int:
    if place is None:
        raise ValueError("the step does not say which one")
    return place


def _given(value: Any) -> Any:
    if value is None:
        raise ValueError("the step gives no reason")
    return value
