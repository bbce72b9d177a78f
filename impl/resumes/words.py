"""The words of a resume by what they say, for an index that finds people by all of them and ranks by what they do alone.

What somebody does is read from the blinded resume, out of which the person was taken. Beside it stand schools and places, which are found and
not ranked by. Nothing else of the person is a word of the index, so that nobody is found by age, family or origin; the profile has the names,
addresses and numbers that are true.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

#: So much of a text is indexed: four times the longest resume of a thousand.
TEXT_MAX: Final = 100_000

_ADDRESSES: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PLACEHOLDER: Final = re.compile(r"\[[a-z ]{1,20}\]")
_BETWEEN: Final = r"[\s,.]{1,3}"
_DOING: Final = (("work", "position"), ("education", "studyType"), ("education", "area"), ("skills", "name"))
# Titles once more as they are written: blinded, they say nothing of gender.
_OTHERS: Final = (("work", "location"), ("education", "institution"), ("work", "position"))


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a resume."""

    #: Titles, courses of study, skills.
    doing: tuple[str, ...] = ()
    #: Whatever else the blinded text says.
    rest: tuple[str, ...] = ()
    #: Schools, places, and titles as they are written.
    where: tuple[str, ...] = ()


def words_of(profile: Mapping[str, Any], *, blinded: tuple[str, Mapping[str, Any]], names: Iterable[str]) -> Words:
    """The words of a resume that was understood as `profile`, of whom goes by `names`; `blinded` are its text and profile without
    the person."""
    text, blind_profile = blinded[0][:TEXT_MAX], blinded[1]
    known = [name for name in {*names, _basics(profile).get("name")} if name]
    rest = tuple(_without(text, _hidden(text, known)))
    doing = dict.fromkeys(_PLACEHOLDER.sub(" ", value) for value in _values(blind_profile, _DOING))
    others = dict.fromkeys((*filter(None, [_location(profile)]), *_values(profile, _OTHERS)))
    return Words(tuple(doing), rest, tuple(value for value in others if value not in doing))


def _basics(profile: Mapping[str, Any]) -> Mapping[str, Any]:
    found = profile.get("basics")
    return found if isinstance(found, Mapping) else {}


def _location(profile: Mapping[str, Any]) -> str | None:
    found = _basics(profile).get("location")
    return found.get("address") if isinstance(found, Mapping) else None


def _values(profile: Mapping[str, Any], wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    for section, name in wanted:
        for entry in profile.get(section) or ():
            if value := entry.get(name):
                yield value


def _hidden(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Placeholders, addresses and whole names."""
    for pattern in (_PLACEHOLDER, _ADDRESSES):
        yield from (found.span() for found in pattern.finditer(text))
    for name in names:
        yield from _places_of(name, text)


def _places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a whole name stands, the family name last or first. A single word may be a trade as well: it stays."""
    parts = [re.escape(part) for part in name.replace(",", " ").split()]
    if len(parts) < 2:  # a given and a family name
        return
    for order in (parts, [parts[-1], *parts[:-1]]):
        for found in re.finditer(rf"(?<!\w){_BETWEEN.join(order)}(?!\w)", text, re.IGNORECASE):
            yield found.span()


def _without(text: str, cuts: Iterable[tuple[int, int]]) -> Iterator[str]:
    """What lies between the cuts."""
    here = 0
    for start, end in sorted(cuts):
        if piece := text[here:start].strip():
            yield piece
        here = max(here, end)
    if piece := text[here:].strip():
        yield piece
