"""Where a value stands in the text: a normalised search, in the lines that were named and nowhere else."""

import re
import unicodedata
from dataclasses import dataclass

from impl.resumes.model.answers import Said
from impl.resumes.model.text import Sent, Span

_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u2033", '"')
)
# What a person does not write into these fields of a resume, and what a page might run.
_FOREIGN = re.compile(r"<\s*[a-z/!?]|&#?\w+;|\b(?:https?|javascript|data|vbscript):|\bwww\.|\S@\S+\.\w", re.IGNORECASE)
_JOINS = "+#"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field's value may be like."""

    characters_max: int = 120
    lines_max: int = 2


def located(said: Said | None, sent: Sent, rule: Rule) -> Span | None:
    """The stretch of the text that says a value; None when it does not stand there, was not sent, or cannot be such a value."""
    if said is None or not said.value.strip() or len(said.value) > rule.characters_max:
        return None
    stretch = sent.stretch(said.first_line, said.last_line, lines_max=rule.lines_max)
    span = _found(said.value, sent.text, stretch) if stretch else None
    if span is None or sent.is_withheld(span):
        return None
    text = sent.text[slice(*span)]
    return None if _FOREIGN.search(text) else span


def _found(value: str, text: str, stretch: Span) -> Span | None:
    """The first place in a stretch where a value stands as words of their own."""
    wanted, _ = _folded(value, 0)
    hay, places = _folded(text[slice(*stretch)], stretch[0])
    at = hay.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not _is_inside(hay, at) and not _is_inside(hay, end):
            return places[at][0], places[end - 1][1]
        at = hay.find(wanted, at + 1)
    return None


def _folded(text: str, start: int) -> tuple[str, list[Span]]:
    """The text for comparing, and where each of its characters comes from."""
    folded, places = "", []
    for at, character in enumerate(text, start):
        plain = unicodedata.normalize("NFKC", character).translate(_ALIKE).casefold()
        plain = " " if plain.isspace() else plain
        if plain == " " and (not folded or folded[-1] == " "):
            continue
        folded += plain
        places += [(at, at + 1)] * len(plain)
    stripped = folded.rstrip(" ")
    return stripped, places[: len(stripped)]


def _is_inside(text: str, at: int) -> bool:
    """Whether a place lies inside a word."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (before.isalnum() or before in _JOINS) and (after.isalnum() or after in _JOINS)
