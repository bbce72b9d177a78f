"""Nothing that a profile may hold breaks the scorer."""

from typing import Any

import pytest

from impl.screening import Rubric, blinded, score
from tests.screening.people import AS_OF, JOBS

EVERYTHING = [
    each | {"key": f"{each['key']}_{job}"} for job, (rubric, _, _) in JOBS.items() for each in rubric
]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        "text",
        [],
        {},
        [None],
        [7],
        ["text"],
        [{}],
        [{"name": 7, "position": [1], "studyType": {}}],
        {"name": {}},
    ],
)
def test_profiles_of_any_shape(value: Any) -> None:
    sections = ("basics", "work", "education", "skills", "languages", "certificates", "projects", "volunteer")
    profile = dict.fromkeys(sections, value)
    reading = blinded(profile, {"/work/0/name": {"spans": []}}, "Some text")
    result = score(Rubric.of(EVERYTHING), reading, as_of=AS_OF)
    assert result.canonical() == score(Rubric.of(EVERYTHING), reading, as_of=AS_OF).canonical()
