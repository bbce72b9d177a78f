"""Screening: how far what a resume says covers a rubric. Deterministic, no clock, no database, no network.

`blinded` takes out of a resume who the person is; `score` reads what is left, and nothing else. The same rubric, reading and date give
the same bytes (`Result.canonical`), whichever process computes them.
"""

from impl.screening.blinding import blinded
from impl.screening.reading import Reading
from impl.screening.result import Answer, Band, Result, Span, Verdict
from impl.screening.rubric import Criterion, Rubric, faults_of
from impl.screening.scoring import SCORER_VERSION, score

__all__ = [
    "SCORER_VERSION",
    "Answer",
    "Band",
    "Criterion",
    "Reading",
    "Result",
    "Rubric",
    "Span",
    "Verdict",
    "blinded",
    "faults_of",
    "score",
]
