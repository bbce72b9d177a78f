"""The words of a resume by what they say, for an index that finds people by all of them and ranks by what they do alone.

What somebody does is read from the blinded resume, out of which the person was taken. The rest of the words is what only the whole
resume has: schools, places, years. Names, addresses, numbers and links are in neither: the profile has those that are true.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from impl.lib.normalize import fold

#: So much of a text is indexed: four times the longest resume of a thousand.
TEXT_MAX: Final = 100_000

_IDENTITY: Final = re.compile(r"/basics/(?!label$|summary$|location/).+")
_ADDRESSES: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PLACEHOLDER: Final = re.compile(r"\[[a-z ]{1,20}\]")
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = r"[\s,.]{1,3}"
_DOING: Final = (("work", "position"), ("education", "studyType"), ("education", "area"), ("skills", "name"))
_WHERE: Final = (("work", "location"), ("education", "institution"))


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a resume."""

    #: Titles, courses of study, skills.
    doing: tuple[str, ...] = ()
    #: Whatever else the blinded text says.
    rest: tuple[str, ...] = ()
    #: Schools, places, and what only the whole text says.
    where: tuple[str, ...] = ()


def words_of(
    text: str,
    profile: Mapping[str, Any],
    evidence: Mapping[str, Any],
    *,
    blinded: tuple[str, Mapping[str, Any]],
    names: Iterable[str],
) -> Words:
    """The words of a text that was understood as `profile`, of whom goes by `names`; `blinded` are both without the person."""
    known = [name for name in {*names, _basics(profile).get("name")} if name]
    blind_text, blind_profile = blinded
    rest = tuple(_without(blind_text[:TEXT_MAX], _hidden(blind_text[:TEXT_MAX], known)))
    label = _basics(blind_profile).get("label")
    doing = tuple(dict.fromkeys((*([label] if label else []), *_values(blind_profile, _DOING))))
    where = dict.fromkeys((*_values(profile, _WHERE), *filter(None, [_location(profile)])))
    return Words(doing, rest, (*where, *_only_in(text[:TEXT_MAX], evidence, known, (*rest, *doing, *where))))


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


def _only_in(text: str, evidence: Mapping[str, Any], names: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """The words of the text that the others do not have, each once."""
    seen = {word for other in others for word in _WORD.findall(fold(other))}
    identity = [
        (span["start"], span["end"])
        for pointer, said in evidence.items()
        if _IDENTITY.fullmatch(pointer)
        for span in said["spans"]
    ]
    for piece in _without(text, [*identity, *_hidden(text, names)]):
        for word in _WORD.findall(fold(piece)):
            if word not in seen:
                seen.add(word)
                yield word


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
