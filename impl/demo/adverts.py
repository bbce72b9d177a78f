"""The adverts of the demo: each job that opens is posted, with a form of its own."""

from uuid import UUID

from generated import requests
from generated.enums import QuestionKind, Workplace
from impl.demo.organization import Opportunity

ABOUT = requests.Question(
    key="about",
    label="Which piece of work are you proud of?",
    kind=QuestionKind.LONG_TEXT,
    is_required=True,
    options=[],
    flagged_answers=[],
)
PERMIT = requests.Question(
    key="permit",
    label="May you work in the country of the office?",
    kind=QuestionKind.SINGLE_SELECT,
    is_required=True,
    options=["Yes", "No", "I need a visa"],
    flagged_answers=["No"],
)
START = requests.Question(
    key="start",
    label="When could you begin?",
    kind=QuestionKind.DATE,
    is_required=False,
    options=[],
    flagged_answers=[],
)


def body(job_id: UUID, plan: Opportunity) -> requests.PostCreate:
    """What the advert of a job says."""
    location = "Remote" if plan.workplace is Workplace.REMOTE else plan.office
    questions = [PERMIT, ABOUT, START] if plan.pipeline else [PERMIT, START]
    return requests.PostCreate(
        job_id=job_id, location=location, is_salary_shown=plan.salary is not None, questions=questions
    )
