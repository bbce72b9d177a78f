"""The words of a resume: what somebody does apart from who somebody is."""

from datetime import date
from typing import Any

import pytest

from impl.resumes import parsing
from impl.resumes.document import Document, Text
from impl.resumes.words import TEXT_MAX, Words, words_of
from impl.screening import blinded

TODAY = date(2026, 11, 1)
RESUME = """{name}
Baker

{email} | +49 30 1234567 | Lyon, France
linkedin.com/in/{handle}

Summary
Baker of bread and software. {name} has baked since 2012.

Experience
Head Baker\tJan 2018 - Present
Crumb & Sons, Lyon
- Sourdough for two hundred guests; ask {last}, {first} or {email}

Education
Diploma in Baking, 2010 - 2012
University of Toulouse

Skills
Python, Sourdough, Food safety
"""


def understood(first: str, last: str) -> Words:
    """The words of the same resume under a name."""
    handle = f"{first}{last}".lower()
    whole = RESUME.format(
        name=f"{first} {last}", first=first, last=last, handle=handle, email=f"{first}.{last}@example.com".lower()
    )
    found = parsing.parse(Document("text/plain", (Text("plain", whole),)), today=TODAY)
    profile, evidence = found.resume(), found.evidence(whole)
    blind = blinded(profile, evidence, whole)
    return words_of(profile, blinded=(blind.text, blind.profile), names=[f"{first} {last}"])


def plain(text: str, *names: str) -> Words:
    """The words of a text in which nothing was found and nothing was blinded."""
    return words_of({}, blinded=(text, {}), names=names)


def test_what_somebody_does_stands_apart_from_where() -> None:
    words = understood("Mira", "Okafor")
    assert {"Head Baker", "Python", "Sourdough", "Food safety"} <= set(words.doing)
    assert words.where == ("Lyon, France", "Lyon", "University of Toulouse")
    rest = " ".join(words.rest)
    assert "two hundred guests" in rest
    assert "Crumb & Sons" in rest
    assert not any(gone in rest for gone in ("Toulouse", "2012", "+49", "linkedin", "@", "Okafor", "Mira", "["))


@pytest.mark.parametrize(("first", "last"), [("Ebony", "Washington"), ("Connor", "Schmidt"), ("Aiko", "Tanaka")])
def test_nothing_of_the_words_changes_with_the_name(first: str, last: str) -> None:
    assert understood(first, last) == understood("Mira", "Okafor")


def test_a_name_that_is_a_trade_takes_no_word_away() -> None:
    assert plain("Max Baker\nHead baker. Baker, Max", "Max Baker").rest == ("Head baker.",)
    assert plain("Cher bakes", "Cher").rest == ("Cher bakes",)


def test_a_title_is_found_as_it_is_written_and_ranked_without_gender() -> None:
    profile = {"work": [{"position": "Bäckerin"}]}
    words = words_of(profile, blinded=("", {"work": [{"position": "Bäcker"}]}), names=[])
    assert words == Words(doing=("Bäcker",), where=("Bäckerin",))


def test_a_long_text_is_cut() -> None:
    [rest] = plain("a " * TEXT_MAX).rest
    assert len(rest) == TEXT_MAX - 1


def test_what_is_not_there_gives_nothing() -> None:
    profile: dict[str, Any] = {"skills": None, "work": [{}], "basics": {"location": None}}
    words = words_of(profile, blinded=("text", profile), names=[])
    assert words == Words(rest=("text",))
