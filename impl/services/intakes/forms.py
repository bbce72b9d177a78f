"""Do answers fit the form that they answer? Questions are as a post's edition holds them, answers as an intake does."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from generated.enums import QuestionKind
from impl.lib.problems import FieldError
from impl.models.intake import AnswersInvalid
from impl.models.post import CHECKBOX_ANSWERS

#: The part of the form that is the resume, and the one whose files answer questions.
RESUME: Final = "resume"
ATTACHMENTS: Final = "attachments"
ERRORS_MAX: Final = 50
SHORT_MAX: Final = 500
URL_MAX: Final = 2048
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_URL: Final = re.compile(r"https?://[^\x00-\x20\x7f]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE: Final = re.compile(r"[^\x00-\x1f\x7f]*")

Answers = Sequence[Mapping[str, Any]]
Questions = Sequence[Mapping[str, Any]]


def expect_fitting(questions: Questions, answers: Answers, files: Collection[str]) -> None:
    """Refuse answers to what was not asked, of the wrong kind, or that are missing. `files` are the names of the attachments."""
    errors = [*_wrong(questions, answers, files), *_missing(questions, answers)]
    if errors:
        raise AnswersInvalid(f"{len(errors)} answer(s) are not valid.", errors=errors[:ERRORS_MAX])


def flagged(question: Mapping[str, Any], values: Sequence[str]) -> list[str]:
    """Those of the values that the form flags."""
    return [value for value in values if value in question["flagged_answers"]]


def flagged_count(questions: Questions, answers: Answers) -> int:
    """How many answers have a flagged value."""
    asked = {question["key"]: question for question in questions}
    return sum(1 for each in answers if each["key"] in asked and flagged(asked[each["key"]], each["values"]))


def _wrong(questions: Questions, answers: Answers, files: Collection[str]) -> Iterator[FieldError]:
    asked = {question["key"]: question for question in questions}
    seen: set[str] = set()
    for place, answer in enumerate(answers):
        question = asked.get(answer["key"])
        if question is None:
            yield _error(f"/answers/{place}/key", "unknown_question", "The form has no such question.")
        elif answer["key"] in seen:
            yield _error(f"/answers/{place}/key", "uniqueItems", "Answer each question once.")
        elif message := _fault(question, answer["values"], files):
            yield _error(f"/answers/{place}/values", "answer", message)
        seen.add(answer["key"])


def _missing(questions: Questions, answers: Answers) -> Iterator[FieldError]:
    given = {answer["key"] for answer in answers}
    for question in questions:
        if question["is_required"] and question["key"] not in given:
            yield _error("/answers", "required", f"The question {question['key']} needs an answer.")


def _fault(question: Mapping[str, Any], values: Sequence[str], files: Collection[str]) -> str | None:
    """What is wrong with the answer to one question; None when nothing is."""
    kind = QuestionKind(question["kind"])
    if kind == QuestionKind.MULTI_SELECT:
        if len(set(values)) < len(values):
            return "Each option once."
    elif len(values) > 1:
        return "One value."
    if kind in (QuestionKind.SINGLE_SELECT, QuestionKind.MULTI_SELECT):
        return None if set(values) <= set(question["options"]) else "Must be among the options."
    if kind == QuestionKind.FILE:
        return None if values[0] in files else "Must be the name of one of the attachments."
    fits, message = _RULES[kind]
    return None if fits(values[0]) else message


def _is_date(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and date.fromisoformat(text).year >= 1900
    except ValueError:
        return False


_RULES: Final[Mapping[QuestionKind, tuple[Callable[[str], bool], str]]] = {
    QuestionKind.SHORT_TEXT: (
        lambda text: len(text) <= SHORT_MAX and _LINE.fullmatch(text) is not None,
        f"One line of at most {SHORT_MAX} characters.",
    ),
    QuestionKind.LONG_TEXT: (lambda text: True, ""),
    QuestionKind.NUMBER: (lambda text: _NUMBER.fullmatch(text) is not None, "Must be a number, such as 12 or 1.5."),
    QuestionKind.DATE: (_is_date, "Must be a day, such as 2027-01-04."),
    QuestionKind.URL: (
        lambda text: len(text) <= URL_MAX and _URL.fullmatch(text) is not None,
        "Must be an http(s) address.",
    ),
    QuestionKind.CHECKBOX: (lambda text: text in CHECKBOX_ANSWERS, "Must be true or false."),
}


def _error(pointer: str, code: str, message: str) -> FieldError:
    return FieldError(pointer, code, message)
