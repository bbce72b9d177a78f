"""What of a model's answer is believed, as a profile beside the parser's.

A value is what the text says where the model points, never the model's own words. Contact data come from the parser; a model's are
added only where the parser's own patterns find the same. Sections that the model could not fill stay the parser's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from impl.resumes.model.answers import Course, Position, ResumeAnswer, Said, Spoken
from impl.resumes.model.evidence import Rule, located
from impl.resumes.model.text import Sent, Span
from impl.resumes.parsing import contacts
from impl.resumes.parsing.dates import Day, Period, periods
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.profile import Entry, Profile, Value
from impl.resumes.understood import Understood

CONFIDENCE: Final = 0.85
ENTRIES_MAX: Final = 40
SKILLS_MAX: Final = 80
SECTIONS: Final = ("work", "education", "skills", "languages")
_LINE = Rule()
_SHORT = Rule(characters_max=60, lines_max=1)
_DATE = Rule(characters_max=60, lines_max=1)
_BASICS: Final = ("name", "label", "location")


@dataclass(frozen=True, slots=True)
class Filled:
    """A profile as `Profile.resume()` and `Profile.evidence()` give it."""

    profile: dict[str, Any]
    evidence: dict[str, Any]


def filled(answer: ResumeAnswer, sent: Sent, offline: Understood) -> Filled | None:
    """The parser's profile with what the model found; None when nothing that it said stands in the text."""
    found = _profile(answer, sent)
    if not (found.work or found.education or found.skills or found.languages or found.basics):
        return None
    plain, proven = found.resume(), found.evidence(sent.text)
    basics = {**offline.profile.get("basics", {}), **{name: plain["basics"][name] for name in found.basics}}
    profile = {**offline.profile, "basics": basics}
    evidence = dict(offline.evidence)
    for section in SECTIONS:
        if plain[section]:
            profile[section] = plain[section]
            evidence = {pointer: each for pointer, each in evidence.items() if not pointer.startswith(f"/{section}/")}
    evidence |= {
        pointer: each
        for pointer, each in proven.items()
        if _section_of(pointer) not in ("emails", "phones", "profiles")
    }
    _add_contacts(profile["basics"], evidence, found, sent.text)
    return Filled(profile, evidence)


def _section_of(pointer: str) -> str:
    first, second, *_ = [*pointer.split("/")[1:], ""]
    return second if first == "basics" else first


def _profile(answer: ResumeAnswer, sent: Sent) -> Profile:
    profile = Profile()
    for name in _BASICS:
        value = _value(getattr(answer, name), sent, _LINE)
        if value is not None:
            profile.basics[name] = value
    profile.work = _kept((_position(each, sent) for each in answer.work[:ENTRIES_MAX]), ("position", "name"))
    profile.education = _kept(
        (_course(each, sent) for each in answer.education[:ENTRIES_MAX]), ("institution", "studyType")
    )
    profile.languages = _kept((_spoken(each, sent) for each in answer.languages[:ENTRIES_MAX]), ("language",))
    profile.skills = _distinct(_value(each, sent, _SHORT) for each in answer.skills[:SKILLS_MAX])
    if not sent.is_redacted:
        profile.emails = list(_confirmed(answer.emails, sent, "email"))
        profile.phones = list(_confirmed(answer.phones, sent, "phone"))
        profile.links = list(_confirmed(answer.links, sent, "link"))
    return profile


def _value(said: Said | None, sent: Sent, rule: Rule) -> Value | None:
    span = located(said, sent, rule)
    if span is None or not any(character.isalpha() for character in sent.text[slice(*span)]):
        return None
    return Value(" ".join(sent.text[slice(*span)].split()), CONFIDENCE, (span,))


def _distinct(values: Iterable[Value | None]) -> list[Value]:
    found: dict[str, Value] = {}
    for value in values:
        if value is not None:
            found.setdefault(value.value.casefold(), value)
    return list(found.values())


def _kept(entries: Iterable[Entry], wanted: tuple[str, ...]) -> list[Entry]:
    return [entry for entry in entries if any(name in entry.fields for name in wanted)]


def _entry(sent: Sent, **said: Said | None) -> Entry:
    values = {name: _value(each, sent, _LINE) for name, each in said.items()}
    return Entry({name: value for name, value in values.items() if value is not None})


def _position(each: Position, sent: Sent) -> Entry:
    entry = _entry(sent, position=each.position, name=each.name, location=each.location)
    _date(entry, each.start, each.end, sent)
    return entry


def _course(each: Course, sent: Sent) -> Entry:
    entry = _entry(sent, institution=each.institution, studyType=each.study_type, area=each.area)
    _date(entry, each.start, each.end, sent)
    return entry


def _spoken(each: Spoken, sent: Sent) -> Entry:
    entry = _entry(sent, language=each.language, fluency=each.fluency)
    code = contacts.language_codes().get(entry.said("language"))
    if code is not None:
        entry.fields["code"] = Value(code, CONFIDENCE, entry.fields["language"].spans)
    return entry


def _date(entry: Entry, start: Said | None, end: Said | None, sent: Sent) -> None:
    """The dates as the parser reads the words that the model points at."""
    began, ended = _period(start, sent), _period(end, sent)
    first = (began.start or began.end) if began else None
    if first is not None:
        entry.fields["startDate"] = _day(first)
    last = ended.end if ended else None
    if last is not None and (first is None or last.value[:4] >= first.value[:4]):
        entry.fields["endDate"] = _day(last)
    elif ended is not None and ended.is_open and ended.now is not None:
        entry.present = Value("present", CONFIDENCE, (ended.now,))


def _period(said: Said | None, sent: Sent) -> Period | None:
    span = located(said, sent, _DATE)
    if span is None:
        return None
    text = sent.text[slice(*span)]
    found = periods(text, span[0])
    if not found:
        # Words for "until now" stand alone here; the parser knows them behind a year.
        year = "2000 - "
        found = [each for each in periods(year + text, span[0] - len(year)) if each.is_open and each.now == span]
    return found[-1] if found else None


def _day(day: Day) -> Value:
    return Value(day.value, CONFIDENCE, day.spans)


def _confirmed(said: Iterable[Said], sent: Sent, kind: str) -> Iterator[Value]:
    """Contact data that the parser's patterns find in the lines that the model names."""
    named = [each for each in [*said][:ENTRIES_MAX] if sent.stretch(each.first_line, each.last_line, lines_max=1)]
    text = sent.text
    language = contacts.language_of(text)
    for each in named:
        line = sent.lines[each.first_line - 1]
        piece = Piece(text[line.start : line.end], line.start)
        regions = contacts.regions(text, language, piece.text) if kind == "phone" else []
        for value, span in _contacts(piece, kind, regions):
            is_meant = each.value.casefold().strip() in (value, text[slice(*span)].casefold())
            if is_meant and not sent.is_withheld(span):
                yield Value(value, CONFIDENCE, (span,))


def _contacts(line: Piece, kind: str, regions: Sequence[str]) -> Iterator[tuple[str, Span]]:
    if kind == "link":
        links = (piece for each, piece in contacts.said(line) if each == kind)
        found = [contacts.Contact(contacts.plain_link(piece.text), piece) for piece in links]
    else:
        found = contacts.emails([line], ()) if kind == "email" else contacts.phones([line], (), regions)
    return ((each.value, (each.piece.start, each.piece.end)) for each in found if each.piece is not None)


def _add_contacts(basics: dict[str, Any], evidence: dict[str, Any], found: Profile, text: str) -> None:
    """Behind the parser's own, those that it has not got yet."""
    added = Profile(emails=found.emails, phones=found.phones, links=found.links)
    plain, proven = added.resume()["basics"], added.evidence(text)
    for name, key in (("emails", None), ("phones", None), ("profiles", "url")):
        listed = basics[name] = list(basics.get(name, ()))
        known = {str(each[key] if key else each).casefold() for each in listed}
        for index, each in enumerate(plain[name]):
            suffix = f"/{key}" if key else ""
            value = str(each[key] if key else each).casefold()
            if value not in known:
                known.add(value)
                evidence[f"/basics/{name}/{len(listed)}{suffix}"] = proven[f"/basics/{name}/{index}{suffix}"]
                listed.append(each)
    for name, plural in (("email", "emails"), ("phone", "phones")):
        if basics[plural]:
            basics.setdefault(name, basics[plural][0])
