"""What in a text says who somebody is: the patterns, and what stands in their place. A placeholder says the kind, never the length."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from impl.screening import gender, pronouns

NAME, CONTACT, PLACE, SCHOOL = "[name]", "[contact]", "[place]", "[school]"
YEAR, DATE, AGE, PERSONAL = "[year]", "[date]", "[age]", "[personal]"
PLACEHOLDERS = (NAME, CONTACT, PLACE, SCHOOL, YEAR, DATE, AGE, PERSONAL, pronouns.PRONOUN)


class Mark(NamedTuple):
    """A stretch of the text and what is read in its place."""

    start: int
    end: int
    instead: str


MONTH = r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|juin|jul|juil|aug|août|ago|sep|oct|okt|nov|dec|dez|déc|dic|gen|mag|giu|lug|set|ott|ene)\w*\.?"
_SCHOOLS = r"university|universität|université|universidad|università|universidade|universiteit|college|hochschule|polytechnic|gymnasium|lycée"
_STREET = (
    r"(?<!\w)(?:\d{1,5}[a-z]?,? (?:[\w.'-]{1,30} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|court|square)(?!\w)\.?"
    r"|(?<![\w.-])[\w.-]{0,40}(?:straße|strasse|str\.|gasse|allee) ?\d{1,4}[a-z]?(?!\w)|\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|allée|chemin) [^\n,;|]{2,40}"
    r"|(?:calle|avenida|plaza|viale|piazza|rua) [^\n\d,;|]{2,40},? \d{1,4}(?!\w))"
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is read in the place of what, and may stand anywhere; compiled when the first resume comes."""
    return (
        (CONTACT, re.compile(r"(?:https?://|www\.)[^\s|,;)]+", re.IGNORECASE)),
        (AGE, re.compile(r"(?<!\w)(?:aged?|âgée? de)\s*:?\s*\d{2}(?: ans)?(?!\w)|(?<!\d)\d{2}[ -](?:years?|yrs?)[ -]old(?!\w)|(?<!\d)\d{2} jahre alt(?!\w)|(?<!\d)\d{2} años de edad", re.IGNORECASE)),
        ("", gender.TITLES),
        (pronouns.PRONOUN, gender.PRONOUNS),
        (PERSONAL, gender.SEXES),
        ("", gender.PAIRED),
        ("zum", gender.ARTICLES),
    )  # fmt: skip


@cache
def _of_lines() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """What is read in the place of what stands within one line, and only in lines with a sign that is quickly found."""
    return (
        (re.compile("@"), (
            (CONTACT, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
        )),
        (re.compile(r"\.(?:com|org)/", re.IGNORECASE), (
            (CONTACT, re.compile(r"(?<![\w.-])(?:[\w-]{1,63}\.){0,4}(?:linkedin|github|gitlab|xing|twitter|facebook|instagram|behance)\.(?:com|org)/[^\s|,;)]+", re.IGNORECASE)),
        )),
        (re.compile("univers|college|hochschule|polytechnic|gymnasium|lycée", re.IGNORECASE), (
            (SCHOOL, re.compile(rf"(?:(?<![\w.'’&-])[A-ZÄÖÜÉ][\w.'’&-]{{0,40}}[ \t]+){{0,4}}(?i:{_SCHOOLS})(?!\w)(?:[ \t]+(?:(?:of|de|di|du|für|at|zu)[ \t]+)?[A-ZÄÖÜÉ][\w.'’-]{{0,40}}){{0,5}}")),
        )),
        (re.compile(r"\d"), (
            (CONTACT, re.compile(r"(?<![\w+])(?:\+|00)\d[\d ()./-]{6,18}\d(?!\w)")),
            (CONTACT, re.compile(r"(?<![\w+/.-])(?!\d{1,2}[./-](?:\d{1,2}[./-])?(?:19|20)\d{2}(?!\d))\(?0\d{1,5}\)?(?: ?[./-] ?| )\d[\d ./-]{3,12}\d(?!\w)|\(\d{3}\) ?\d{3}[ .-]\d{4}(?!\w)|(?<!\d)\d{3}[.-]\d{3}[.-]\d{4}(?!\d)")),
            (DATE, re.compile(rf"(?<!\w)(?:born|geboren|née?|nat[oa]|nacid[oa])(?: (?:on|in|am|le|il|el))?[ :]*\d{{1,2}}[ .]+{MONTH}[ ,]*\d{{4}}", re.IGNORECASE)),
            (DATE, re.compile(r"(?<!\w)(?:born|geboren|née?|nat[oa]|nacid[oa])(?: (?:on|in|am|le|il|el|en))?[ :]*(?:\d{1,2}[./-]){0,2}\d{4}(?!\w)", re.IGNORECASE)),
            (DATE, re.compile(rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?\.? {MONTH}[ ,]*\d{{4}}(?!\w)|(?<!\w){MONTH} \d{{1,2}}, \d{{4}}(?!\w)", re.IGNORECASE)),
            (DATE, re.compile(r"(?<![\d./-])(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})(?![\d./-]\d|\d)")),
            (PLACE, re.compile(_STREET, re.IGNORECASE)),
            (YEAR, re.compile(r"(?<![\w.])(?:19[3-9]\d|20[0-4]\d)(?!\w)")),
        )),
    )  # fmt: skip


def _lines_with(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (found := sign.search(text, at)) is not None:
        start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        at = len(text) if end < 0 else end
        yield start, at


_FEMININE = re.compile(r"[^\W\d_]{6,}")
_WHOLE = 2
_NAME_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def fixed(text: str) -> Iterator[Mark]:
    """What patterns alone find."""
    for instead, pattern in _patterns():
        yield from (Mark(*found.span(), instead) for found in pattern.finditer(text) if found[0])
    for sign, patterns in _of_lines():
        for start, end in _lines_with(sign, text):
            for instead, pattern in patterns:
                yield from (Mark(*found.span(), instead) for found in pattern.finditer(text, start, end) if found[0])
    yield from (Mark(*found) for found in pronouns.found(text))
    for found in _FEMININE.finditer(text):
        plain = gender.neutral(found[0])
        if plain != found[0]:
            yield Mark(*found.span(), plain)


def names(full_name: str, text: str) -> Iterator[Mark]:
    """A person's name and its parts, wherever they stand as words, initials between them too."""
    parts = [part for part in _NAME_PART.findall(full_name) if len(part) > 1]
    if not parts:
        return
    word = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    initial = r"[^\W\d_]\."
    pattern = (
        rf"(?<![^\W_])(?:{initial}[ \t]*){{0,3}}(?:{word})(?:[ \t,.'’\"-]+(?:{word}|{initial}))*(?:['’]s)?(?![^\W_])"
    )
    # A part of the name that is also a plain word of the language stays one where it is not written as a name.
    yield from (
        Mark(*found.span(), NAME)
        for found in re.finditer(pattern, text, re.IGNORECASE)
        if not found[0].strip().islower() or " " in found[0].strip()
    )


def is_named(full_name: str, text: str) -> bool:
    """Whether a text has more than one part of somebody's name, or the only one."""
    parts = {part.casefold() for part in _NAME_PART.findall(full_name) if len(part) > 1}
    words = {word.casefold() for word in _NAME_PART.findall(text)}
    return len(parts & words) >= min(len(parts), _WHOLE) > 0


def schools(profile: Mapping[str, Any], text: str) -> Iterator[Mark]:
    """The names of the schools in a profile, wherever they stand."""
    entries = profile.get("education")
    listed = entries if isinstance(entries, list) else []
    said = {str(entry.get("institution") or "").strip() for entry in listed if isinstance(entry, Mapping)}
    for name in sorted(each for each in said if len(each) > 2):
        words = r"\s+".join(re.escape(word) for word in name.split())
        # A single word may be a plain one.
        flags = re.IGNORECASE if " " in name else re.NOFLAG
        yield from (Mark(*found.span(), SCHOOL) for found in re.finditer(rf"(?<!\w){words}(?!\w)", text, flags))


_OF_EVIDENCE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/basics/name"), NAME),
    (re.compile(r"/basics/location.*"), PLACE),
    (re.compile(r"/basics/(?!label|summary).*"), CONTACT),
    (re.compile(r"/education/\d+/institution"), SCHOOL),
    (re.compile(r"/education/\d+/(?:startDate|endDate)"), YEAR),
)


def of_evidence(evidence: Mapping[str, Any], length: int) -> Iterator[Mark]:
    """Where the parser read who somebody is."""
    for pointer, said in evidence.items():
        instead = next((each for pattern, each in _OF_EVIDENCE if pattern.fullmatch(pointer)), None)
        if instead is not None:
            yield from (Mark(start, end, instead) for start, end in offsets(said, length))


def offsets(said: Any, length: int) -> list[tuple[int, int]]:
    """The spans of one piece of evidence that lie within the text."""
    spans = said.get("spans") or [] if isinstance(said, Mapping) else []
    found = [(each["start"], each["end"]) if isinstance(each, Mapping) else (each[0], each[1]) for each in spans]
    return [(start, end) for start, end in found if 0 <= start < end <= length]


def disjoint(marks: Iterable[Mark], kept: Sequence[tuple[int, int]] = ()) -> list[Mark]:
    """The marks in their order without overlaps; the first that begins wins, the longer of two that begin together. A name is not marked
    within what is kept."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end, each.instead)):
        if mark.instead == NAME and any(start <= mark.start and mark.end <= end for start, end in kept):
            continue
        if not found or mark.start >= found[-1].end:
            found.append(mark)
        elif mark.end > found[-1].end:
            found[-1] = Mark(found[-1].start, mark.end, found[-1].instead or mark.instead)
    return found
