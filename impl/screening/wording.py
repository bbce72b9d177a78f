"""What of a rubric and of a blinded resume can be held against each other by what it means: texts as long as what jobs ask for.

Nothing here says that somebody has something: who finds two texts near each other shows a person where to look.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from impl.screening.marks import MONTH, PLACEHOLDERS
from impl.screening.rubric import Criterion

#: Raised with every change to which texts there are.
WORDING_VERSION: Final = "1"
PASSAGES_MAX: Final = 120
TEXTS_MAX: Final = 5
WORDS_MIN, WORDS_MAX, CHARACTERS_MAX = 3, 25, 300
_TEXTUAL: Final = frozenset({"equals", "contains", "starts_with", "one_of"})
_SENTENCE: Final = re.compile(r"[^.;!?]+(?:[.;!?]+(?!\s)[^.;!?]+)*[.;!?]*")
_WORD: Final = re.compile(r"\S+")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_EDGES: Final = " \t-–—•·*▪●"
_PLACEHOLDER: Final = "|".join(map(re.escape, PLACEHOLDERS))
# Somebody may be called as a month is, and so may lose it: no month is said.
_UNSAID: Final = re.compile(rf"(?:(?<!\w){MONTH}\s*)?(?:{_PLACEHOLDER})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a blinded text, and what stands there."""

    start: int
    end: int
    text: str

    @property
    def said(self) -> str:
        """What is said there beside dates and what stands for the person."""
        return " ".join(word for word in _UNSAID.sub(" ", self.text).split() if word.strip(_EDGES))


def passages(text: str) -> list[Passage]:
    """The lines of a blinded text, long ones by sentence; each once, without those that say hardly anything."""
    found: dict[str, Passage] = {}
    for passage in _all(text):
        said = passage.said
        if len(_LETTERS.findall(said)) >= WORDS_MIN:
            found.setdefault(said.casefold(), passage)
        if len(found) == PASSAGES_MAX:
            break
    return list(found.values())


def texts_of(criterion: Criterion) -> tuple[str, ...]:
    """What words can say of a criterion: not where somebody lives, nor how many years something took."""
    match criterion.kind:
        case "skill":
            return criterion.aliases
        case "years":
            return criterion.terms
        case "education":
            return criterion.fields
        case "predicate" if criterion.operator in _TEXTUAL:
            return (criterion.operand,) if isinstance(criterion.operand, str) else tuple(criterion.operand)
        case _:
            return ()


def _all(text: str) -> Iterator[Passage]:
    for line in re.finditer(r"[^\n]+", text):
        if len(line[0].split()) <= WORDS_MAX:
            yield from _cut(text, *line.span())
        else:
            for sentence in _SENTENCE.finditer(text, *line.span()):
                yield from _cut(text, *sentence.span())


def _cut(text: str, start: int, end: int) -> Iterator[Passage]:
    """A stretch without its edges, in parts of so many words."""
    words = [word.span() for word in _WORD.finditer(text, start, end) if word[0].strip(_EDGES)]
    for first in range(0, len(words), WORDS_MAX):
        part = words[first : first + WORDS_MAX]
        begin, stop = part[0][0], min(part[-1][1], part[0][0] + CHARACTERS_MAX)
        yield Passage(begin, stop, text[begin:stop])
