"""What the operations of scorecards are tested with."""

from dataclasses import dataclass

from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

SCORECARDS = f"{V1}/scorecards"
DRAFT: Data = {
    "recommendation": "strong_no",
    "ratings": [
        {"attribute": "Craft", "rating": "no", "note": "Burnt it."},
        {"attribute": "Speed", "rating": "strong_yes", "note": None},
    ],
    "notes": "Not this time.",
}
EMPTY: Data = {"recommendation": None, "ratings": [], "notes": None}
FORM: Data = {
    "attributes": [
        {"name": "Craft", "description": "Dough, oven, timing.", "is_required": True},
        {"name": "Speed", "description": None, "is_required": False},
    ]
}


def form_path(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/scorecard_form"


def scorecard_path(scorecard: Data, rest: str = "") -> str:
    """`/api/v1/scorecards/{id}` and what follows it."""
    return f"{SCORECARDS}/{scorecard['id']}{rest}"


@dataclass(frozen=True)
class Panel:
    """An interview that the cast's interviewer and hiring manager hold, with the scorecard of each."""

    interview: Data
    of_interviewer: Data
    of_manager: Data


async def panel(make: Factories, cast: Cast) -> Panel:
    application = await make.application()
    people = [cast.people[role] for role in ("interviewer", "hiring_manager")]
    for person in people:
        await make.grant(person.role, {"id": application["job_id"]})
    interview = await make.interview(application, interviewer_ids=[str(person.id) for person in people])
    by_person = {each["interviewer_id"]: each for each in await make.scorecards(interview)}
    return Panel(interview, *(by_person[str(person.id)] for person in people))


async def submitted(make: Factories, client: ApiClient, scorecard: Data) -> Data:
    """The scorecard, filled in and handed in by its interviewer."""
    await make.write(client, scorecard)
    handed_in: Data = await client.data("POST", scorecard_path(scorecard, "/submit"))
    return handed_in
