"""What applicants of the demo say about themselves for the statistics: many answer, some decline, one question or another stays open."""

from collections.abc import Iterator
from random import Random
from typing import Any

from generated import requests
from generated.enums import DisabilityStatusAnswer, GenderAnswer, RaceEthnicityAnswer, VeteranStatusAnswer

ANSWERING_PERCENT = 70
SKIPPED_PERCENT = 10
WEIGHTS = {
    "gender": (GenderAnswer, [45, 43, 3, 9]),
    "race_ethnicity": (RaceEthnicityAnswer, [17, 50, 13, 9, 1, 1, 4, 5]),
    "veteran_status": (VeteranStatusAnswer, [6, 84, 10]),
    "disability_status": (DisabilityStatusAnswer, [9, 77, 14]),
}


def answers(seed: int = 20261126) -> Iterator[requests.DemographicAnswers | None]:
    """The answers of one applicant after the other; None of one who gives none."""
    chance = Random(seed)  # noqa: S311  # nothing secret
    while True:
        said: dict[str, Any] = {
            question: chance.choices(list(possible), weights)[0]
            for question, (possible, weights) in WEIGHTS.items()
            if chance.random() * 100 >= SKIPPED_PERCENT
        }
        yield requests.DemographicAnswers(**said) if said and chance.random() * 100 < ANSWERING_PERCENT else None
