"""What came in from the demo's career site by itself, intakes in every state, and what recruiters uploaded; all of it is read."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api import Implementations
from generated.contract import Upload
from generated.enums import AttachmentKind
from impl import models
from impl.core.actor import Actor, visitor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.demo import papers
from impl.demo.organization import ID, JOBS, SLUG
from impl.demo.papers import Paper, Person
from impl.demo.readings import Readings
from impl.lib import clock, ids, tokens
from impl.services.intakes import processing

#: How many people who are known already are looked at for addresses.
KNOWN = 40
SPAM = (
    ("Best Prices", "offers@deals.example.com", "https://deals.example.com"),
    ("Rank Higher", "seo@ranking.example.com", "https://ranking.example.com"),
    ("Free Money", "win@lottery.example.com", "https://lottery.example.com"),
)
LATE = ("Nadia Verhoeven", "nadia.verhoeven@mail.example.com")
UNDECIDED = ("Emil Castellan", "emil.castellan@mail.example.com")

#: Which of the resumes that recruiters upload holds a line that nobody sees.
WHISPERS = 5

Do = Callable[..., Awaitable[Any]]


class Arrivals:
    """Applies as visitors do. `slugs` are the posts' by the number of their job."""

    def __init__(self, runtime: Runtime, services: Implementations[Context], do: Do, system: Actor) -> None:
        self._runtime = runtime
        self._services = services
        self._do = do
        self._system = system
        self._readings = Readings(services, do, system)
        self.slugs: dict[int, str] = {}
        self._count = 0

    async def before_closing(self, job: int) -> UUID:
        """Somebody applies in the last minute; the post goes with the job."""
        intake_id, _ = await self._apply(self.slugs.pop(job), job, *LATE)
        return intake_id

    async def work_on(self, intake_id: UUID) -> None:
        """What the worker does."""

        async def work(ctx: Context) -> None:
            attached = await processing.attached_files(ctx, intake_id)
            verdicts = await processing.verdicts_on(self._runtime.storage, ctx.keys, attached)
            await processing.make_application(ctx, intake_id, verdicts)

        await self._do(self._system, "create_application", work)
        await self._readings.read()

    async def end(self, admin: Actor, known: Sequence[responses.CandidateProfile]) -> None:
        """The last days: people who are known apply again, one changes his mind, and machines fill in what people do not see."""
        people = [(profile.full_name, profile.emails[0].address) for profile in known if profile.emails]
        listing = self._services.public.list_public_posts
        shown = await self._do(visitor(ID), "list_public_posts", listing, SLUG, requests.ListPublicPostsQuery())
        published = {post.slug for post in shown.data}
        posts = [(job, slug) for job, slug in sorted(self.slugs.items()) if slug in published]
        # The first one applies twice.
        for (job, slug), (name, email) in zip([posts[0], *posts], [people[0], *people], strict=False):
            intake_id, _ = await self._apply(slug, job, name, email)
            await self.work_on(intake_id)
        job, slug = posts[0]
        _, token = await self._apply(slug, job, *UNDECIDED)
        public, query = self._services.public, requests.WithdrawPublicApplicationQuery()
        await self._visit("withdraw_public_application", public.withdraw_public_application, SLUG, token, query)
        spam = [(await self._apply(slug, job, name, email, website))[0] for name, email, website in SPAM]
        discard = self._services.intakes.discard_intake
        await self._do(admin, "discard_intake", discard, spam[0], requests.DiscardIntakeQuery())

    async def hand_in(self, recruiter: Actor, candidate_id: UUID, application_id: UUID | None, job: int) -> None:
        """A recruiter uploads what a candidate sent by mail: the resume of an application, or a letter of the person."""
        candidates, attachments = self._services.candidates, self._services.attachments
        candidate = await self._do(recruiter, "get_candidate", candidates.get_candidate, candidate_id)
        kind = AttachmentKind.RESUME if application_id else AttachmentKind.COVER_LETTER
        paper = self._handed_in(candidate.profile, job) if application_id else _letter(candidate.profile.full_name, job)
        upload = self._upload("file", paper)
        given = {"application_id": application_id} if application_id else {}
        body = requests.AttachmentCreate.model_validate({"kind": kind, **given})

        async def work(ctx: Context) -> None:
            await attachments.upload_attachment(ctx, candidate_id, body, (upload,))
            for each in ctx.wanted:
                await self._runtime.storage.put(each)

        await self._do(recruiter, "upload_attachment", work)
        await self._readings.read()
        if application_id:
            await self._readings.review(recruiter, upload.id)

    def _handed_in(self, profile: responses.CandidateProfile, job: int) -> Paper:
        """The first ones are those that nobody likes to get."""
        self._count += 1
        if self._count == 1:
            return papers.broken(profile.full_name)
        if self._count == 2:  # the second
            return papers.scan(profile.full_name)
        place = next((each.city for each in profile.addresses), None)
        phone = next((each.number for each in profile.phones), None)
        email = next((each.address for each in profile.emails), "")
        person = Person(profile.full_name, profile.headline or JOBS[job].title, email, phone, place)
        return papers.resume(person, JOBS[job], clock.now().date(), whispers=self._count == WHISPERS)

    def _upload(self, field: str, paper: Paper) -> Upload:
        upload = Upload(
            id=ids.new_id(), field=field, name=paper.name, media_type=paper.media_type, content=paper.content
        )
        self._readings.contents[upload.id] = upload.content
        return upload

    async def _apply(self, slug: str, job: int, name: str, email: str, website: str = "") -> tuple[UUID, str]:
        """One application with a resume; the intake's id and the token of its page."""
        body = requests.PublicApplicationCreate(
            full_name=name, email=email, website=website, answers=_answers(job, len(name))
        )
        person = Person(name, JOBS[job].crafts[0], email)
        upload = self._upload("resume", papers.resume(person, JOBS[job], clock.now().date()))
        query, apply = requests.CreatePublicApplicationQuery(), self._services.public.create_public_application

        async def work(ctx: Context) -> tuple[UUID, str]:
            receipt = await apply(ctx, SLUG, slug, query, body, (upload,))
            for each in ctx.wanted:
                await self._runtime.storage.put(each)
            parsed = tokens.parse(receipt.token)
            public_id = parsed.public_id if parsed else ""
            [intake] = await ctx.all(models.Intake, models.Intake.token_public_id == public_id)
            return intake.id, receipt.token

        done: tuple[UUID, str] = await self._do(visitor(ID), "create_public_application", work)
        return done

    async def _visit(self, operation_id: str, method: Callable[..., Awaitable[Any]], *arguments: Any) -> None:
        await self._do(visitor(ID), operation_id, method, *arguments)


def _answers(job: int, number: int) -> list[requests.FormAnswer]:
    """To the questions of `adverts`."""
    permit = "No" if number % 5 == 0 else "Yes"
    begin = clock.now().date().replace(day=1).isoformat()
    answers = [requests.FormAnswer(key="permit", values=[permit]), requests.FormAnswer(key="start", values=[begin])]
    if JOBS[job].pipeline:
        answers.append(requests.FormAnswer(key="about", values=["The test bench that now runs without me."]))
    return answers


def _letter(name: str, job: int) -> Paper:
    lines = (
        name,
        f"For the job: {JOBS[job].title}",
        "",
        "I would like to work with you, and I could begin next month.",
    )
    return Paper(f"{name} - letter.pdf", papers.PDF, papers.pdf(lines))
