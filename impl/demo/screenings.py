"""How the demo screens: rubrics for two jobs, resumes of some who have applied, a run for each, and somebody who disagrees."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import cache
from random import Random
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter

from generated import requests
from generated.api import Implementations
from generated.contract import Upload
from generated.enums import ApplicationStatus, AttachmentKind, ResumeParseStatus, ScreeningDecision
from impl import models
from impl.core.actor import Actor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.demo.organization import JOBS
from impl.lib import clock, ids
from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse
from impl.resumes.understood import Understood
from impl.services.resumes import parsing
from impl.services.screening import tasks

Do = Callable[..., Awaitable[Any]]

APPLICANTS: Final = 12
#: For each job its criteria and what those who apply may have done.
RUBRICS: Final[Mapping[str, tuple[list[dict[str, Any]], str, tuple[str, ...]]]] = {
    "Senior Backend Engineer": (
        [
            {"kind": "skill", "key": "python", "importance": "required", "weight": 3, "name": "Python", "synonyms": [], "related": []},
            {"kind": "skill", "key": "postgresql", "importance": "required", "weight": 2, "name": "PostgreSQL", "synonyms": ["Postgres"], "related": ["MySQL"]},
            {"kind": "skill", "key": "kubernetes", "importance": "preferred", "weight": 1, "name": "Kubernetes", "synonyms": ["k8s"], "related": ["Docker"]},
            {"kind": "years", "key": "engineering", "importance": "required", "weight": 2, "minimum_years": 4, "within": "title", "terms": ["engineer", "developer"]},
            {"kind": "language", "key": "english", "importance": "preferred", "weight": 1, "language": "en", "minimum_level": "B2"},
        ],
        "Backend Engineer",
        ("Python", "PostgreSQL", "Kubernetes", "Docker", "MySQL", "Redis", "Kafka"),
    ),
    "Frontend Engineer": (
        [
            {"kind": "skill", "key": "typescript", "importance": "required", "weight": 3, "name": "TypeScript", "synonyms": [], "related": ["JavaScript"]},
            {"kind": "skill", "key": "react", "importance": "preferred", "weight": 2, "name": "React", "synonyms": ["React.js"], "related": ["Vue.js"]},
            {"kind": "years", "key": "building", "importance": "preferred", "weight": 2, "minimum_years": 3, "within": "title", "terms": ["engineer", "developer"]},
            {"kind": "education", "key": "degree", "importance": "preferred", "weight": 1, "minimum_degree": "bachelor", "fields": ["informatics", "statistics"]},
        ],
        "Frontend Engineer",
        ("TypeScript", "React", "JavaScript", "Vue.js", "Accessibility", "Figma"),
    ),
}  # fmt: skip
#: What those were asked for who were screened in a quarter that is over, with a title that fits.
EARLIER_RUBRICS: Final[Mapping[str, tuple[list[dict[str, Any]], str]]] = {
    "Senior Backend Engineer": RUBRICS["Senior Backend Engineer"][:2],
    "Data Analyst": (
        [
            {"kind": "skill", "key": "sql", "importance": "required", "weight": 3, "name": "SQL", "synonyms": [], "related": []},
            {"kind": "skill", "key": "statistics", "importance": "preferred", "weight": 2, "name": "Statistics", "synonyms": [], "related": []},
            {"kind": "years", "key": "analysing", "importance": "preferred", "weight": 2, "minimum_years": 3, "within": "title", "terms": ["analyst"]},
        ],
        "Data Analyst",
    ),
    "Marketing Intern": (
        [
            {"kind": "skill", "key": "writing", "importance": "preferred", "weight": 2, "name": "Copywriting", "synonyms": [], "related": []},
            {"kind": "skill", "key": "photos", "importance": "preferred", "weight": 1, "name": "Photography", "synonyms": [], "related": []},
        ],
        "Copywriter",
    ),
}  # fmt: skip
COMPANIES: Final = ("Harbour Systems", "Blue Kettle Ltd", "Nordwind AG", "Fennel & Sons", "Quarry Labs")
DEGREES: Final = (
    "Bachelor of Science in Statistics",
    "Master of Science in Informatics",
    "Bachelor of Arts in History",
)
WORD: Final = "I have seen the work sample; the resume leaves out what matters."
PUT: Final[TypeAdapter[requests.ScreeningRubricPut]] = TypeAdapter(requests.ScreeningRubricPut)


async def screen(
    do: Do, runtime: Runtime, services: Implementations[Context], recruiter: Actor, jobs: Mapping[int, UUID]
) -> None:
    """Screen those who apply for the two jobs, and say something to the first result."""
    chance = Random(20261126)  # noqa: S311  # repeatable on purpose, and no secret
    for number, job_id in sorted(jobs.items()):
        if JOBS[number].title not in RUBRICS:
            continue
        criteria, title, skills = RUBRICS[JOBS[number].title]
        await prepare(do, services, recruiter, job_id, criteria)
        wanted = requests.ListApplicationsQuery(job_id=job_id, status=[ApplicationStatus.ACTIVE], limit=APPLICANTS)
        active = await do(recruiter, "list_applications", services.applications.list_applications, wanted)
        for application in active.data:
            text = _resume(chance, title, skills)
            await do(recruiter, "upload_attachment", handing_in(runtime, services, application, text))
        await _disagree(do, services, recruiter, await run(do, services, recruiter, job_id))


async def prepare(
    do: Do, services: Implementations[Context], recruiter: Actor, job_id: UUID, criteria: list[dict[str, Any]]
) -> None:
    """A job's rubric, under which nobody sees who somebody is."""
    document = PUT.validate_python({"is_enabled": True, "is_blind": True, "criteria": criteria})
    put, query = services.screening.put_job_screening_rubric, requests.PutJobScreeningRubricQuery()
    await do(recruiter, "put_job_screening_rubric", put, job_id, query, document)


async def run(
    do: Do, services: Implementations[Context], recruiter: Actor, job_id: UUID, named: list[UUID] | None = None
) -> UUID:
    """A run that is over, over the applications that are `named` or all that are active."""
    body = requests.ScreeningRunCreate() if named is None else requests.ScreeningRunCreate(application_ids=named)
    made = await do(recruiter, "create_screening_run", services.screening.create_screening_run, job_id, body)

    async def work(ctx: Context) -> None:
        while not await tasks.step(ctx, made.id):
            await ctx.flush()

    await do(recruiter, "create_screening_run", work)
    return UUID(str(made.id))


async def _disagree(do: Do, services: Implementations[Context], recruiter: Actor, run_id: UUID) -> None:
    """A word to the best result of a run."""
    query, screening = requests.ListScreeningRunResultsQuery(limit=1), services.screening
    listed = await do(recruiter, "list_screening_run_results", screening.list_screening_run_results, run_id, query)
    word = requests.ScreeningReviewCreate(decision=ScreeningDecision.OVERRIDDEN, reason=WORD)
    review, plain = screening.review_screening_result, requests.ReviewScreeningResultQuery()
    for result in listed.data:
        await do(recruiter, "review_screening_result", review, result.id, plain, word)


def handing_in(
    runtime: Runtime, services: Implementations[Context], application: Any, text: str
) -> Callable[[Context], Awaitable[None]]:
    """A resume is uploaded and has been read."""
    upload = Upload(id=ids.new_id(), field="file", name="resume.txt", media_type="text/plain", content=text.encode())
    body = requests.AttachmentCreate(kind=AttachmentKind.RESUME, application_id=application.id)

    async def work(ctx: Context) -> None:
        await services.attachments.upload_attachment(ctx, application.candidate_id, body, (upload,))
        for each in ctx.wanted:
            await runtime.storage.put(each)
        row = models.ResumeParse
        for waiting in await ctx.all(row, row.attachment_id == upload.id, row.status == ResumeParseStatus.QUEUED):
            await parsing.settle(ctx, waiting.id, parsing.Reading(_understood(text, clock.now().date())))

    return work


@cache
def _understood(text: str, today: date) -> Understood:
    """What the parser makes of a text that one trusts."""
    clean = normalized(text)
    profile = parse(Document("text/plain", (Text("plain", clean),)), today=today)
    return Understood(
        text=clean,
        order=profile.order,
        language=profile.language,
        media_type="text/plain",
        pages=None,
        flags=(),
        hidden=(),
        instructions=(),
        profile=profile.resume(),
        evidence=profile.evidence(clean),
    )


def _resume(chance: Random, title: str, skills: tuple[str, ...]) -> str:
    """Somebody's positions, studies and skills; who it is stands with the candidate."""
    began, changed = chance.randint(2009, 2019), chance.randint(2020, 2024)
    first, second = chance.sample(COMPANIES, 2)
    own = [skill for skill in skills if chance.random() < 0.6] or [skills[0]]
    return "\n".join(
        [
            "Experience",
            f"{title}, {first}",
            f"March {changed} - present",
            f"- Every day with {own[0]}",
            f"Junior {title}, {second}",
            f"May {began} - February {changed}",
            "",
            "Education",
            f"{chance.choice(DEGREES)}, University of Larksford, {began - 1}",
            "",
            "Skills",
            ", ".join(own),
            "",
            "Languages",
            f"English ({chance.choice(['C1', 'B1', 'native'])})",
            "",
        ]
    )
