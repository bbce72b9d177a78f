"""Which answers fit a form, question by question."""

from typing import Any

import pytest

from generated.enums import QuestionKind
from impl.models.intake import AnswersInvalid
from impl.services.intakes import forms


def question(kind: str, **more: Any) -> dict[str, Any]:
    plain = {"key": "q", "label": "?", "kind": kind, "is_required": False, "options": [], "flagged_answers": []}
    return plain | more


FITTING = [
    (question("short_text"), ["One line, even a long one: " + "x" * 400]),
    (question("long_text"), ["Several\n\nlines\twith everything \u202e in them"]),
    (question("single_select", options=["a", "b"]), ["b"]),
    (question("multi_select", options=["a", "b", "c"]), ["c", "a"]),
    (question("number"), ["-12.5"]),
    (question("number"), ["007"]),
    (question("date"), ["2027-02-28"]),
    (question("url"), ["https://example.org/~mira?x=1#y"]),
    (question("checkbox"), ["false"]),
    (question("file"), ["cake.png"]),
]
WRONG = [
    (question("short_text"), ["two\nlines"]),
    (question("short_text"), ["x" * 501]),
    (question("short_text"), ["a", "b"]),
    (question("single_select", options=["a", "b"]), ["A"]),
    (question("single_select", options=["a", "b"]), ["a", "b"]),
    (question("multi_select", options=["a", "b"]), ["a", "a"]),
    (question("multi_select", options=["a", "b"]), ["a", "c"]),
    (question("number"), ["1e5"]),
    (question("number"), ["12,5"]),
    (question("number"), ["1" * 16]),
    (question("number"), ["٣"]),
    (question("number"), ["1\n"]),
    (question("date"), ["2027-02-29"]),
    (question("date"), ["20270228"]),
    (question("date"), ["2027-2-1"]),
    (question("date"), ["2027-W01-1"]),
    (question("date"), ["0001-01-01"]),
    (question("url"), ["javascript:alert(1)"]),
    (question("url"), ["https://"]),
    (question("url"), ["https://a b"]),
    (question("url"), ["https://example.org/" + "x" * 2048]),
    (question("checkbox"), ["yes"]),
    (question("file"), ["other.png"]),
    (question("file"), ["cake.png", "cake.png"]),
]


@pytest.mark.parametrize(("asked", "values"), FITTING)
def test_fits(asked: dict[str, Any], values: list[str]) -> None:
    forms.expect_fitting([asked], [{"key": "q", "values": values}], {"cake.png"})


@pytest.mark.parametrize(("asked", "values"), WRONG)
def test_does_not_fit(asked: dict[str, Any], values: list[str]) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        forms.expect_fitting([asked], [{"key": "q", "values": values}], {"cake.png"})
    [error] = refused.value.errors
    assert error.pointer == "/answers/0/values"
    assert not [value for value in values if len(value) > 2 and value in error.message], "it repeats what was typed"


def test_what_is_missing_is_named_and_the_rest_too() -> None:
    asked = [question("short_text", is_required=True), question("number", key="r", is_required=True)]
    with pytest.raises(AnswersInvalid) as refused:
        forms.expect_fitting(asked, [{"key": "r", "values": ["x"]}, {"key": "z", "values": ["x"]}], ())
    assert [error.pointer for error in refused.value.errors] == ["/answers/0/values", "/answers/1/key", "/answers"]
    assert "q" in refused.value.errors[2].message


def test_a_flag_is_counted_once_for_each_answer() -> None:
    asked = [
        question("multi_select", options=["a", "b"], flagged_answers=["a", "b"]),
        question("checkbox", key="r", flagged_answers=["false"]),
        question("long_text", key="s"),
    ]
    answers = [{"key": "q", "values": ["a", "b"]}, {"key": "r", "values": ["true"]}, {"key": "gone", "values": ["a"]}]
    assert forms.flagged_count(asked, answers) == 1
    assert forms.flagged(asked[0], ["b", "c"]) == ["b"]


def test_every_kind_of_question_has_its_rule() -> None:
    kinds = {asked["kind"] for asked, _ in FITTING}
    assert kinds == {kind.value for kind in QuestionKind}
