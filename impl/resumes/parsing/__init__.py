"""Understanding resumes without a model: deterministic, no clock, no network, no files.

`parse` reads every reading order of a document in several ways and keeps the most plausible profile.
"""

import re
from datetime import date
from itertools import islice

from impl.resumes.document import Document, Text
from impl.resumes.parsing import contacts, lists, names, positions
from impl.resumes.parsing.dates import periods
from impl.resumes.parsing.forms import unwrapped
from impl.resumes.parsing.pieces import Piece, lines
from impl.resumes.parsing.profile import Profile, Value
from impl.resumes.parsing.sections import Section, hung, sections

__all__ = ["Profile", "parse"]

_PAGE = re.compile(
    r"(?:^|\s)(?:page|seite|página|pagina)?\s*\d{1,2}\s?(?:/|of|von|de|di|van|sur)\s?\d{1,2}\s*$", re.IGNORECASE
)
_MOST_LINES = 3_000  # thirty full pages have fewer
_FEW_WORDS = 3  # of a skill; where they are more, several may have run together
_CUT_OFF = 0.08  # headings that stand before their lines are seldom there by chance


def parse(document: Document, *, today: date) -> Profile:
    """The most plausible profile of a document; an empty one when it has no text."""
    profiles = [
        _profile(order, *reading, document.links, today)
        for order in document.orders
        for reading in _readings(order.text)
    ]
    return max(profiles, key=lambda profile: profile.score, default=Profile())


def _readings(text: str) -> list[tuple[list[Piece], frozenset[int]]]:
    """The lines of a text, and again with headings cut off that stand in a column before the lines, if there are any."""
    kept = [piece for piece in islice(lines(text), _MOST_LINES) if not _is_page_number(piece)]
    pieces = unwrapped(kept, text)
    cut = hung(pieces)
    return [cut, (pieces, frozenset())] if cut[1] else [cut]


def _profile(order: Text, pieces: list[Piece], cut_off: frozenset[int], links: tuple[str, ...], today: date) -> Profile:
    found = sections(pieces, cut_off)
    profile = Profile(order=order.name, language=contacts.language_of(order.text))
    _contact(profile, pieces, found, cut_off, links)
    _basics(profile, pieces, found)
    profile.work, work_score = positions.work(found, order.text)
    profile.education, education_score = positions.education(found, order.text)
    _drop_future(profile, today)
    profile.skills = _no_names(lists.skills(found, pieces), profile)
    profile.languages = lists.languages(found)
    profile.score = round(work_score + education_score + _plausibility(profile) + _CUT_OFF * bool(cut_off), 6)
    return profile


def _no_names(skills: list[Value], profile: Profile) -> list[Value]:
    """The skills without the person's own name, as it stands below what is signed."""
    own = profile.basics["name"].value.casefold() if "name" in profile.basics else ""
    return [skill for skill in skills if skill.value.casefold() != own]


def _is_page_number(piece: Piece) -> bool:
    return _PAGE.search(piece.text) is not None and len(piece.text.split()) <= 7 and not periods(piece.text)


def _contact(
    profile: Profile, pieces: list[Piece], found: list[Section], cut_off: frozenset[int], links: tuple[str, ...]
) -> None:
    own = _own(found, cut_off) or found
    addresses = contacts.emails([piece for section in own for piece in section.lines] or pieces, links)
    text = "\n".join(piece.text for piece in pieces)
    lines = _phone_lines(own, addresses)
    near = "\n".join(
        line.text for section in found if section.kind in ("top", "contact") for line in section.lines[:12]
    )
    numbers = contacts.phones(lines, links, contacts.regions(text, profile.language, near))
    profile.emails = _values(addresses, 0.97)
    profile.phones = _values(numbers, 0.9)
    profile.links = _values(contacts.links(own, links, addresses), 0.85)


def _own(found: list[Section], cut_off: frozenset[int]) -> list[Section]:
    """The sections that are not about others: references, and what stands behind labels among them."""
    own, is_about_others = [], False
    for section in found:
        is_label = section.heading is not None and section.heading.start in cut_off
        is_about_others = _is_references(section) or (is_about_others and is_label)
        if not is_about_others:
            own.append(section)
    return own


def _is_references(section: Section) -> bool:
    heading = section.heading.text.casefold() if section.heading else ""
    return section.kind == "other" and heading.strip(" :").startswith(("refer", "réfé", "referenz"))


def _phone_lines(own: list[Section], addresses: list[contacts.Contact]) -> list[Piece]:
    """Where telephone numbers stand: at the top, among the contacts, beside an e-mail address, or where the line says so."""
    beside = contacts.beside(own, addresses)
    return [
        line
        for section in own
        for line in section.lines
        if section.kind in ("top", "contact")
        or line.start in beside
        or contacts.says_phone(line.text)
        or contacts.is_phone(line)
    ]


def _values(found: list[contacts.Contact], confidence: float) -> list[Value]:
    return [Value(each.value, confidence if each.piece else confidence - 0.15, _spans(each.piece)) for each in found]


def _spans(piece: Piece | None) -> tuple[tuple[int, int], ...]:
    return ((piece.start, piece.end),) if piece else ()


def _basics(profile: Profile, pieces: list[Piece], found: list[Section]) -> None:
    addresses = [contacts.Contact(value.value, None) for value in profile.emails]
    profiles = [contacts.Contact(value.value, None) for value in profile.links]
    name = names.name(found, addresses, profiles)
    if name is not None:
        profile.basics["name"] = name
    label = names.label(_near(found, name), name)
    if label is not None:
        profile.basics["label"] = label
    location = names.location(found)
    if location is not None:
        profile.basics["location"] = location


def _near(found: list[Section], name: Value | None) -> list[Piece]:
    """The lines from the name on, as far as they belong to no other section."""
    start = name.spans[0][0] if name else 0
    for section in found:
        if (
            section.kind in ("top", "contact", "languages", "skills")
            and section.lines
            and section.lines[-1].end >= start
        ):
            return [line for line in section.lines if line.end >= start]
    return []


def _drop_future(profile: Profile, today: date) -> None:
    """Dates that no resume written until `today` can give as begun are misread."""
    for entry in (*profile.work, *profile.education):
        start = entry.fields.get("startDate")
        if start is not None and int(start.value[:4]) > today.year + 1:
            del entry.fields["startDate"]


def _plausibility(profile: Profile) -> float:
    score = 1.5 * profile.basics["name"].confidence if "name" in profile.basics else 0.0
    score += 0.5 * min(len(profile.emails), 2) + 0.5 * min(len(profile.phones), 2) + 0.1 * min(len(profile.links), 4)
    short = sum(len(skill.value.split()) <= _FEW_WORDS for skill in profile.skills)
    return score + 0.02 * min(len(profile.skills), 25) + 0.02 * min(short, 25) + 0.2 * min(len(profile.languages), 5)
