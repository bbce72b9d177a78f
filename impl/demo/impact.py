"""A quarter that the demo reports adverse impact for: near its end, those who had applied for three jobs said who they are, and were screened."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from generated import requests
from generated.api import Implementations
from generated.enums import ApplicationSort, GenderAnswer, RaceEthnicityAnswer
from impl.core.actor import Actor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.demo import screenings
from impl.demo.organization import JOBS
from impl.demo.screenings import Do

F, M = GenderAnswer.FEMALE, GenderAnswer.MALE
ASIAN, WHITE = RaceEthnicityAnswer.ASIAN, RaceEthnicityAnswer.WHITE
#: Those who apply belong to one after the other. Of each four, two fit, so that the middle of the scores lies between; who is left over does
#: not. The groups differ, and some are favoured less than four fifths as often as others.
GROUPS: Final = ((F, ASIAN), (F, WHITE), (M, ASIAN), (M, WHITE))
FITTING: Final = (
    (0, 3),
    (1, 2),
    (1, 3),
    (2, 3),
    (0, 1),
    (2, 3),
    (0, 2),
    (1, 3),
    (0, 3),
    (1, 2),
    (1, 3),
    (0, 3),
    (1, 2),
)
#: How many are asked in each job, so that it is as many whenever the demo is made.
ASKED: Final[Mapping[str, int]] = {"Data Analyst": 32, "Senior Backend Engineer": 12, "Marketing Intern": 8}
#: What those have done who fit, and what the others, for each job.
EXPERIENCE: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "Data Analyst": (("SQL", "Statistics", "Tableau"), ("Filing", "Excel")),
    "Senior Backend Engineer": (("Python", "PostgreSQL", "Kubernetes"), ("Redis", "Docker")),
    "Marketing Intern": (("Copywriting", "Photography"), ("Cooking", "Excel")),
}


async def look_back(
    do: Do, runtime: Runtime, services: Implementations[Context], actors: tuple[Actor, Actor], jobs: Mapping[int, UUID]
) -> None:
    """Let those who have applied by now say who they are, and screen them; the `actors` are the career site and a recruiter."""
    rounds = 0
    for number, job_id in sorted(jobs.items()):
        title = JOBS[number].title
        if title not in ASKED:
            continue
        wanted = requests.ListApplicationsQuery(job_id=job_id, limit=ASKED[title], sort=ApplicationSort.APPLIED_AT)
        found = await do(actors[1], "list_applications", services.applications.list_applications, wanted)
        for place, application in enumerate(found.data):
            is_left_over = place >= len(found.data) // len(GROUPS) * len(GROUPS)
            fitting = () if is_left_over else FITTING[(rounds + place // len(GROUPS)) % len(FITTING)]
            await _told(do, services, actors[0], application, place)
            text = _resume(title, is_fitting=place % len(GROUPS) in fitting)
            await do(actors[1], "upload_attachment", screenings.handing_in(runtime, services, application, text))
        rounds += -(-len(found.data) // len(GROUPS))
        await screenings.prepare(do, services, actors[1], job_id, screenings.EARLIER_RUBRICS[title][0])
        await screenings.run(do, services, actors[1], job_id, [application.id for application in found.data])


async def _told(do: Do, services: Implementations[Context], site: Actor, application: Any, place: int) -> None:
    gender, race_ethnicity = GROUPS[place % len(GROUPS)]
    body = requests.SelfIdentification(gender=gender, race_ethnicity=race_ethnicity)
    await do(site, "put_self_identification", services.screening.put_self_identification, application.id, body)


def _resume(title: str, *, is_fitting: bool) -> str:
    """The few facts that decide, as a resume."""
    skills = EXPERIENCE[title][0 if is_fitting else 1]
    began = 2012 if is_fitting else 2024
    return "\n".join(
        [
            "Experience",
            f"{screenings.EARLIER_RUBRICS[title][1]}, {screenings.COMPANIES[len(skills)]}",
            f"May {began} - present",
            f"- Every day with {skills[0]}",
            "",
            "Education",
            f"{screenings.DEGREES[0]}, University of Larksford, {began - 1}",
            "",
            "Skills",
            ", ".join(skills),
            "",
        ]
    )
