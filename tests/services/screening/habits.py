"""What the tests of screening share."""

from typing import Any

from tests.support.factories import V1, Data

SKILL: Data = {
    "kind": "skill",
    "key": "sourdough",
    "importance": "required",
    "weight": 3,
    "name": "Sourdough",
    "synonyms": ["levain"],
    "related": [],
}
YEARS: Data = {
    "kind": "years",
    "key": "baking",
    "importance": "preferred",
    "weight": 2,
    "minimum_years": 3,
    "within": "title",
    "terms": ["baker"],
}
PREDICATE: Data = {
    "kind": "predicate",
    "key": "positions",
    "importance": "preferred",
    "weight": 1,
    "pointer": "/work",
    "operator": "count_at_least",
    "amount": 2,
}
RUBRIC: Data = {"is_enabled": True, "is_blind": True, "criteria": [SKILL, YEARS, PREDICATE]}


def rubric(**fields: Any) -> Data:
    return RUBRIC | fields


def rubric_path(job: Data) -> str:
    return f"{V1}/jobs/{job['id']}/screening_rubric"
