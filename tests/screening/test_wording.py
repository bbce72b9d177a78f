"""Which texts of a rubric and of a blinded resume are held against each other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from impl.screening import Criterion
from impl.screening.wording import CHARACTERS_MAX, PASSAGES_MAX, WORDS_MAX, passages, texts_of


def said(text: str) -> list[str]:
    return [passage.said for passage in passages(text)]


def test_lines_and_the_sentences_of_long_ones() -> None:
    long = "Led the team. " + "Wrote node.js services and much more for many years; " * 4
    assert said(f"EXPERIENCE\n- Gave talks at conferences\n• Gave talks at conferences\nJava\n{long}") == [
        "Gave talks at conferences",
        "Led the team.",
        "Wrote node.js services and much more for many years;",
    ]


@pytest.mark.parametrize(
    "date", ["Jan [year] – May [year]", "[name] [year] – [name] [year]", "[date] –", "march [year] -"]
)
def test_neither_dates_nor_who_it_was_is_said(date: str) -> None:
    """A month that is also somebody's name is read as one: it makes no difference."""
    assert said(f"[name]\n{date}\n[pronoun] ran the night shift, {date}") == ["ran the night shift,"]


def test_what_is_repeated_or_too_much_is_left_out() -> None:
    lines = [f"Line that says {chr(97 + number % 26)}{chr(97 + number // 26)} once" for number in range(300)]
    assert said("\n".join(lines * 2)) == lines[:PASSAGES_MAX]
    [*_, last] = passages("He wrote: " + "x" * 400 + " and so on")
    assert len(last.text) <= CHARACTERS_MAX


@given(some.text(alphabet=some.sampled_from("abc äß.;! \n\t-•[]x年"), max_size=600))
def test_places_are_where_they_say(text: str) -> None:
    found = passages(text)
    assert all(text[each.start : each.end] == each.text and "\n" not in each.text for each in found)
    assert all(len(each.text.split()) <= 2 * WORDS_MAX for each in found)
    assert [each.start for each in found] == sorted({each.start for each in found})


def test_what_words_can_say_of_a_criterion() -> None:
    plain: dict[str, Any] = {"key": "k", "weight": 1, "importance": "required"}
    documents: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        ({"kind": "skill", "name": "Bread", "synonyms": ["Levain", "Bread"]}, ("Bread", "Levain")),
        ({"kind": "years", "terms": ["baker"]}, ("baker",)),
        ({"kind": "education", "fields": ["Food"]}, ("Food",)),
        ({"kind": "predicate", "operator": "contains", "text": "oven"}, ("oven",)),
        ({"kind": "predicate", "operator": "one_of", "texts": ["a", "b"]}, ("a", "b")),
        ({"kind": "predicate", "operator": "at_least", "amount": 3}, ()),
        ({"kind": "location", "places": ["Leeds"]}, ()),
    ]
    for document, expected in documents:
        assert texts_of(Criterion.of(plain | document)) == expected
