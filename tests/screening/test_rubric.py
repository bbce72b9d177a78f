"""What is wrong with a rubric is said with its place."""

from typing import Any

import pytest

from impl.screening import faults_of
from impl.screening.predicates import fault_of_predicate
from tests.screening.people import JOBS, skill, years


def test_the_rubrics_of_all_jobs_are_right() -> None:
    assert [faults_of(rubric) for rubric, _, _ in JOBS.values()] == [[]] * len(JOBS)


@pytest.mark.parametrize(
    ("criteria", "pointers"),
    [
        ([skill("Go"), skill("Go")], ["/criteria/1/key"]),
        ([skill("Go", "golang", "GoLang")], ["/criteria/0/synonyms/1"]),
        ([skill("Go", "go")], ["/criteria/0/synonyms/0"]),
        ([skill("Go", "golang", related=["Rust", "Golang"])], ["/criteria/0/related/1"]),
        ([years(3, "any", "baker")], ["/criteria/0/terms"]),
        ([years(3, "title")], ["/criteria/0/terms"]),
    ],
)
def test_faults(criteria: list[dict[str, Any]], pointers: list[str]) -> None:
    assert [fault.pointer for fault in faults_of(criteria)] == pointers


@pytest.mark.parametrize(
    ("pointer", "operator", "value", "place"),
    [
        ("/basics/name", "exists", None, "/pointer"),
        ("/education/*/institution", "contains", "oxford", "/pointer"),
        ("/education/0/endDate", "at_least", 1990, "/pointer"),
        ("/work/-1/name", "exists", None, "/pointer"),
        ("/work/*/name/0", "exists", None, "/pointer"),
        ("/work/*/highlights/0/x", "exists", None, "/pointer"),
        ("", "exists", None, "/pointer"),
        ("/work", "exists", 1, "/value"),
        ("/work", "count_at_least", "2", "/value"),
        ("/work", "count_at_least", True, "/value"),
        ("/work/*/name", "contains", " ", "/value"),
        ("/work/*/name", "one_of", [], "/value"),
        ("/work/*/name", "one_of", "a", "/value"),
    ],
)
def test_what_is_hidden_or_makes_no_sense_cannot_be_asked(pointer: str, operator: str, value: Any, place: str) -> None:
    fault = fault_of_predicate(pointer, operator, value)
    assert fault is not None
    assert fault[0] == place
    [found] = faults_of([{"key": "p", "kind": "predicate", "importance": "preferred", "weight": 1, "pointer": pointer, "operator": operator, "value": value}])  # fmt: skip
    assert found.pointer == f"/criteria/0{place}"
