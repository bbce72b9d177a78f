"""The scorer: a rubric over a reading. A number from exact arithmetic, and beside it what was found and where.

The number is the weighted mean of the answers: 1 for met, a half for partly, 0 for not found. Required criteria decide the band, not the
number. How often something is said changes nothing.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from impl.screening.reading import Reading
from impl.screening.result import Answer, Band, Result, Verdict
from impl.screening.rubric import Criterion, Rubric
from impl.screening.rules import RULES, Finding, Subject

#: Raised with every change that may change a result.
SCORER_VERSION = "2026.11.1"
_WORTH = {Verdict.MET: Fraction(1), Verdict.PARTLY: Fraction(1, 2), Verdict.NOT_FOUND: Fraction(0)}


def score(rubric: Rubric, reading: Reading | None, *, as_of: date) -> Result:
    """How far `reading` covers `rubric` on the day `as_of`; without a reading nothing is found and nothing is known."""
    subject = None if reading is None else Subject.of(reading, as_of)
    answers = tuple(_answer(criterion, subject) for criterion in rubric.criteria)
    return Result(_mean(answers), _band(answers, reading), answers, SCORER_VERSION)


def _answer(criterion: Criterion, subject: Subject | None) -> Answer:
    finding = Finding(Verdict.NOT_FOUND, "no_resume", is_unknown=True)
    if subject is not None:
        finding = RULES[criterion.kind](criterion, subject)
    return Answer(
        key=criterion.key,
        kind=criterion.kind,
        is_required=criterion.is_required,
        weight=criterion.weight,
        verdict=finding.verdict,
        rule=finding.rule,
        evidence=finding.evidence,
        months=finding.months,
        is_unknown=finding.is_unknown,
    )


def _mean(answers: tuple[Answer, ...]) -> Decimal:
    weights = sum(answer.weight for answer in answers)
    if not weights:
        return Decimal("0.00")
    mean = sum((_WORTH[answer.verdict] * answer.weight for answer in answers), Fraction(0)) / weights
    # Halves of a hundredth go to the even neighbour.
    return Decimal(round(mean * 10_000)).scaleb(-2)


def _band(answers: tuple[Answer, ...], reading: Reading | None) -> Band:
    if reading is None:
        return Band.NO_RESUME
    required = {answer.verdict for answer in answers if answer.is_required}
    if Verdict.NOT_FOUND in required:
        return Band.REQUIRED_NOT_FOUND
    return Band.REQUIRED_PARTLY_MET if Verdict.PARTLY in required else Band.REQUIRED_MET
