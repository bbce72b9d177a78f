"""The adverts of the demo: each job that opens is posted, with a form of its own."""

from uuid import UUID

from generated import requests
from generated.enums import PayPeriod, QuestionKind, Workplace
from impl.demo import organization
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


def description(plan: Opportunity) -> str:
    """What a job is about."""
    return (
        f"{organization.NAME} makes measuring instruments for laboratories. As {plan.title} you work with "
        f"{plan.manager} and the {plan.department} team from our {plan.office} office.\n\n"
        "What we offer: thirty days of leave, a budget for learning, and colleagues who answer."
    )


def salary(plan: Opportunity) -> requests.SalaryRange | None:
    """What a job pays in a year."""
    if plan.salary is None:
        return None
    currency = "USD" if plan.office == "Boston" else "EUR"
    low, high = (requests.Money(amount_minor=amount * 100, currency=currency) for amount in plan.salary)
    return requests.SalaryRange(minimum=low, maximum=high, period=PayPeriod.YEAR)
