"""Entries of work and education from the sections that hold them."""

import re
from collections.abc import Sequence

from impl.resumes.parsing import likeness
from impl.resumes.parsing.blocks import read
from impl.resumes.parsing.dates import Day, Period
from impl.resumes.parsing.forms import filled
from impl.resumes.parsing.headers import Segment
from impl.resumes.parsing.layouts import Found, entries
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.profile import Entry, Value
from impl.resumes.parsing.roles import EDUCATION, WORK, Roles
from impl.resumes.parsing.sections import Section

_FIELD = re.compile(
    r"^(?P<type>.{1,45}?)(?:\s+(?:in|of|en|di|em|de|der|des|zur|zum|für|auf|i|inom|w)\s+|\s*[,:–-]\s+|\s+\((?=\D))(?P<area>[^()]{3,90})\)?$",
    re.IGNORECASE,
)
_LEADING_TYPE = re.compile(
    r"^(?P<type>(?:[A-ZÄÖÜ][\w]*\.){1,4}[\w.]*|[A-Z][A-Za-z]{0,2}[A-Z]\w*|BTS|DUT|BUT|CAP|BEP|Master|Bachelor|Diplom|Licence|HBO|MBO|Grado|Laurea|Máster)\s+(?P<area>[^\W\d].{2,80})$"
)
_FEWER = 0.55  # a reading with fewer, clear entries is better than one with many vague ones
_TYPE_OF = re.compile(r"(?:bachelor|master|doctor|associate)(?:['’]?s)?\s+(?:of|degree)\b", re.IGNORECASE)
_FIELD_OF = re.compile(r"^(?P<type>.+?)(?:\s+in\s+|\s*[,:(–-]\s*)(?P<area>[^()]{3,90})\)?$")


def work(sections: Sequence[Section], text: str) -> tuple[list[Entry], float]:
    """The positions, with how plausible they are."""
    headed = [section for section in sections if section.kind == "work"]
    result: list[Entry] = []
    total = 0.0
    for section in headed or _unheaded(sections):
        found, score = _read(section, text, WORK)
        sure = found if headed else _sure(found, EDUCATION)
        result.extend(_position(each) for each in sure)
        total += score - _FEWER * len(found) if headed else 0.2 * len(sure)
    result = [entry for entry in _with_employers(result) if "position" in entry.fields or "name" in entry.fields]
    return result, total


def education(sections: Sequence[Section], text: str) -> tuple[list[Entry], float]:
    """The courses of studies, with how plausible they are."""
    headed = [section for section in sections if section.kind == "education"]
    result: list[Entry] = []
    total = 0.0
    for section in headed or _unheaded(sections):
        found, score = _read(section, text, EDUCATION)
        sure = found if headed else _sure(found, WORK)
        result.extend(_studies(each) for each in sure)
        total += score - _FEWER * len(found) if headed else 0.2 * len(sure)
    return [entry for entry in result if "institution" in entry.fields or "studyType" in entry.fields], total


def _read(section: Section, text: str, roles: Roles) -> tuple[list[Found], float]:
    """The entries of a section as a form and as a list; the more plausible."""
    lines = read(section.lines, text, has_degrees=roles is EDUCATION)
    listed = entries(lines, roles, takes_single_dates=roles is EDUCATION)
    return max(filled(lines, roles), listed, key=lambda found: found[1])


def _unheaded(sections: Sequence[Section]) -> list[Section]:
    """Where entries stand when no heading says so: in what no other heading claims."""
    return [section for section in sections if section.kind in ("top", "summary", "contact")]


def _sure(found: Sequence[Found], others: Roles) -> list[Found]:
    """The entries without a heading that are surely of a kind; where two share a name, the one with the nearer dates."""
    nearest: dict[int, tuple[int, Found]] = {}
    for each in found:
        if each.line is not None and each.guess.first is not None and _is_surely(each, others):
            at = each.guess.first.piece.start
            distance = abs(each.line.piece.start - at)
            nearest[at] = min(nearest.get(at, (distance, each)), (distance, each), key=lambda pair: pair[0])
    return [each for _, each in nearest.values()]


def _is_surely(found: Found, others: Roles) -> bool:
    """Whether an entry without a heading is of a kind: dated, both names there, and not both of the other kind."""
    guess = found.guess
    if found.line is None or guess.first is None or guess.second is None:
        return False
    is_other = others.first(guess.first.text) > 0.85 and others.second(guess.second.text) > 0.85
    is_other = is_other or others.first(guess.second.text) > 0.85
    if others is WORK and guess.second_likeness < 0.6:
        is_other = is_other or others.first(guess.first.text) > 0.85  # an associate of a firm, not of a school
    return guess.first_likeness > 0.7 and not is_other


def _position(found: Found) -> Entry:
    entry = Entry()
    guess = found.guess
    sure = 0.1 * guess.is_clear
    if guess.first is not None:
        entry.fields["position"] = Value.of(guess.first.piece, 0.35 + 0.55 * guess.first_likeness + sure)
    if guess.second is not None:
        entry.fields["name"] = Value.of(guess.second.piece, 0.35 + 0.5 * guess.second_likeness + sure)
    _locate(entry, guess.locations)
    _date(entry, found)
    return entry


def _studies(found: Found) -> Entry:
    entry = Entry()
    guess = found.guess
    if guess.second is not None:
        entry.fields["institution"] = Value.of(guess.second.piece, 0.35 + 0.6 * guess.second_likeness)
    if guess.first is not None:
        _degree(entry, guess.first, guess.rest, 0.35 + 0.6 * guess.first_likeness)
    _locate(entry, guess.locations)
    _date(entry, found)
    return entry


def _degree(entry: Entry, degree: Segment, rest: Sequence[Segment], confidence: float) -> None:
    """The kind of degree and its field, as far as they can be told apart."""
    piece = degree.piece
    split = _FIELD.match(piece.text) or _LEADING_TYPE.match(piece.text)
    if _TYPE_OF.match(piece.text):
        split = _FIELD_OF.match(piece.text)
    if split and likeness.degree(split["type"]) > 0.8:
        entry.fields["studyType"] = Value.of(piece.part(*split.span("type")).trimmed(), confidence)
        entry.fields["area"] = Value.of(piece.part(*split.span("area")).trimmed(), confidence - 0.1)
        return
    entry.fields["studyType"] = Value.of(piece, confidence)
    for segment in rest:
        begins = segment.text[:1].isupper() or (segment.after_comma and segment.line == degree.line)
        is_name = begins and len(segment.text.split()) <= 8 and likeness.school(segment.text) < 0.6
        if is_name and segment.piece.start > piece.start and not re.search(r"\d", segment.text):
            entry.fields["area"] = Value.of(segment.piece, confidence - 0.25)
            return


def _locate(entry: Entry, locations: Sequence[Piece]) -> None:
    if locations:
        entry.fields["location"] = Value.of(locations[0], 0.75)


def _date(entry: Entry, found: Found) -> None:
    if found.line is None or not found.line.dates:
        return
    period = next((each for each in found.line.dates if not each.is_single), found.line.dates[0])
    two = _two_singles(found.line.dates)
    start, end = two or (period.start, period.end)
    if start is not None:
        entry.fields["startDate"] = Value(start.value, 0.95, start.spans)
    if end is not None:
        entry.fields["endDate"] = Value(end.value, 0.7 if period.is_single and not two else 0.95, end.spans)
    if period.is_open:
        entry.present = Value("present", 0.9, (period.now or period.span,))


def _two_singles(dates: Sequence[Period]) -> tuple[Day, Day] | None:
    """Two dates in a line without a word between them, as cells of a table give them."""
    if len(dates) == 2 and all(period.is_single for period in dates):
        first, second = dates[0].end, dates[1].end
        if first is not None and second is not None and first.value[:4] <= second.value[:4]:
            return first, second
    return None


def _with_employers(found: list[Entry]) -> list[Entry]:
    """Positions under one employer: the employer is named once, with or without a period of its own."""
    result: list[Entry] = []
    for entry in found:
        before = result[-1] if result else None
        if before is not None and "name" in before.fields and _lacks_employer(entry, before):
            entry.fields["name"] = _less_sure(before.fields["name"])
            if "position" not in before.fields and _covers(before, entry):
                result.pop()
        result.append(entry)
    return result


def _lacks_employer(entry: Entry, before: Entry) -> bool:
    """Whether the employer is the one before: none is named, or only what may as well be a part of the title."""
    if "name" not in entry.fields:
        return True
    is_group = "position" not in before.fields and _covers(before, entry) and "startDate" in before.fields
    return is_group and "position" in entry.fields and likeness.employer(entry.fields["name"].value) < 0.6


def _less_sure(value: Value) -> Value:
    return Value(value.value, round(value.confidence * 0.85, 2), value.spans)


def _covers(outer: Entry, inner: Entry) -> bool:
    starts = (outer.said("startDate")[:4], inner.said("startDate")[:4])
    return not all(starts) or starts[0] <= starts[1]
