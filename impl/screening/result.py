"""What a score says: a number, a band, and for each criterion what was found, by which rule, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from impl.screening.canonical import canonical, sha256


class Verdict(StrEnum):
    """What was found of a criterion. That nothing was found does not say that somebody lacks it."""

    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


class Band(StrEnum):
    """What the required criteria say; the number does not know them."""

    REQUIRED_MET = "required_met"
    REQUIRED_PARTLY_MET = "required_partly_met"
    REQUIRED_NOT_FOUND = "required_not_found"
    NO_RESUME = "no_resume"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the reading: `/text` or a pointer into `/profile` or `/places`, offsets in that string, and what stands there."""

    pointer: str
    start: int
    end: int
    text: str

    def plain(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Answer:
    """A criterion's answer. `months` is what was added up for a criterion of years."""

    key: str
    kind: str
    is_required: bool
    weight: int
    verdict: Verdict
    #: Which rule decided, in one stable word.
    rule: str
    evidence: tuple[Span, ...] = ()
    months: int | None = None
    #: Whether the reading says nothing from which an answer could follow.
    is_unknown: bool = False

    def plain(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": self.kind,
            "is_required": self.is_required,
            "weight": self.weight,
            "verdict": self.verdict.value,
            "rule": self.rule,
            "evidence": [span.plain() for span in self.evidence],
            "months": self.months,
            "is_unknown": self.is_unknown,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """How far a reading covers a rubric. `score` is 0 to 100 with two decimals."""

    score: Decimal
    band: Band
    answers: tuple[Answer, ...]
    scorer_version: str

    @property
    def hundredths(self) -> int:
        """The score as a whole number, 0 to 10000."""
        return int(self.score * 100)

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The criteria about which the reading says nothing."""
        return tuple(answer.key for answer in self.answers if answer.is_unknown)

    def plain(self) -> Mapping[str, Any]:
        """The result as JSON has it; the score is a text, which keeps its two decimals."""
        return {
            "score": str(self.score),
            "band": self.band.value,
            "answers": [answer.plain() for answer in self.answers],
            "unknowns": list(self.unknowns),
            "scorer_version": self.scorer_version,
        }

    def canonical(self) -> bytes:
        return canonical(self.plain())

    def sha256(self) -> str:
        return sha256(self.plain())
