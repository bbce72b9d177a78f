"""Texts that were made to cost: blinding and scoring take time by their length alone."""

import time
from datetime import date

import pytest

from impl.screening import Rubric, blinded, score

LENGTH = 60_000
SECONDS = 3.0
UNITS = [
    "a ", "A ", "a.", "A.", "a-", "A-", "a@", "1", "12 ", "12.12.", "12/", "A\n", "(", "+", "_", "x", "www.", "jan ",
    "a'", "Ab cd' ", "University ", "Mira Okafor ", "M. ", "born ", "\t", "a\t", " ", "\n", "c++ ", "calle ", "sie und ", "hans och ",
]  # fmt: skip
RUBRIC = Rubric.of(
    [
        {"kind": "skill", "key": "c", "importance": "required", "weight": 3, "name": "C++ a-a", "synonyms": ["a b c"], "related": []},
        {"kind": "years", "key": "y", "importance": "required", "weight": 2, "minimum_years": 3, "within": "title", "terms": ["baker"]},
        {"kind": "education", "key": "e", "importance": "preferred", "weight": 1, "minimum_degree": "bachelor", "fields": ["law"]},
        {"kind": "language", "key": "l", "importance": "preferred", "weight": 1, "language": "de", "minimum_level": "B2"},
        {"kind": "location", "key": "p", "importance": "preferred", "weight": 1, "places": ["Berlin"]},
        {"kind": "work_mode", "key": "m", "importance": "preferred", "weight": 1, "modes": ["remote"]},
    ]
)  # fmt: skip


@pytest.mark.promise("C3")
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_no_text_takes_longer_than_its_length(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    profile = {
        "basics": {"name": "Mira Okafor", "location": {"address": text[:300]}},
        "education": [{"institution": "University of Somewhere", "studyType": text[:300]}],
        "work": [{"position": text[:300], "name": text[:300], "startDate": "2019-01", "endDate": None}],
        "skills": [{"name": text[:200]}],
    }
    begun = time.process_time()
    score(RUBRIC, blinded(profile, {}, text), as_of=date(2026, 11, 26))
    assert time.process_time() - begun < SECONDS
