"""What is wrong with a rubric is said with its place."""

from typing import Any

import pytest

from impl.screening import faults_of
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
    ("pointer", "operator", "operands", "place"),
    [
        ("/basics/name", "exists", {}, "/pointer"),
        ("/education/*/institution", "contains", {"text": "oxford"}, "/pointer"),
        ("/education/0/endDate", "at_least", {"amount": 1990}, "/pointer"),
        ("/work/-1/name", "exists", {}, "/pointer"),
        ("/work/*/name/0", "exists", {}, "/pointer"),
        ("/work/*/highlights/0/x", "exists", {}, "/pointer"),
        ("/", "exists", {}, "/pointer"),
        ("/work", "exists", {"amount": 1}, "/amount"),
        ("/work", "count_at_least", {}, "/amount"),
        ("/work", "count_at_least", {"amount": 1, "text": "x"}, "/text"),
        ("/work/*/name", "contains", {"texts": ["x"]}, "/texts"),
        ("/work/*/name", "one_of", {}, "/texts"),
        ("/work/*/startDate", "at_least", {}, "/amount"),
    ],
)
def test_what_is_hidden_or_makes_no_sense_cannot_be_asked(
    pointer: str, operator: str, operands: dict[str, Any], place: str
) -> None:
    criterion = {
        "key": "p",
        "kind": "predicate",
        "importance": "preferred",
        "weight": 1,
        "pointer": pointer,
        "operator": operator,
    }
    [fault] = faults_of([criterion | operands])
    assert fault.pointer == f"/criteria/0{place}"
