"""The rules: for each kind of criterion what counts as met, partly met and not found."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any, Final

from impl.screening import degrees, predicates, tongues
from impl.screening.claims import Claim, claim_of
from impl.screening.experience import months_in, period_of
from impl.screening.folding import Folded, folded, occurrences
from impl.screening.reading import Reading
from impl.screening.regions import regions_of
from impl.screening.result import Span, Verdict
from impl.screening.rubric import Criterion

EVIDENCE_MAX = 3
QUOTE_MAX = 500
MONTHS_A_YEAR = 12
TEXT = "/text"
MODES: Mapping[str, tuple[str, ...]] = {
    "remote": ("remote", "remotely", "work from home", "home office", "homeoffice", "télétravail", "teletrabajo", "telelavoro", "mobiles arbeiten"),
    "hybrid": ("hybrid", "hybride", "híbrido", "ibrido"),
    "onsite": ("on site", "onsite", "on-site", "in office", "vor ort", "sur site", "presencial", "in sede"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found of a criterion."""

    verdict: Verdict
    rule: str
    evidence: tuple[Span, ...] = ()
    months: int | None = None
    is_unknown: bool = False


NOTHING: Final = Finding(Verdict.NOT_FOUND, "not_found")


class Subject:
    """A reading as the rules look at it."""

    def __init__(self, reading: Reading, as_of: date) -> None:
        self.reading = reading
        self.as_of = as_of
        self.text = folded(reading.text)
        self._entries: dict[str, list[Mapping[str, Any]]] = {}
        self._places: dict[str, list[tuple[int, int, int, int]]] = {}

    @classmethod
    def of(cls, reading: Reading, as_of: date) -> "Subject":
        return cls(reading, as_of)

    @cached_property
    def regions(self) -> list[tuple[int, int] | None]:
        """What of the text belongs to each position."""
        return regions_of(self.reading)

    def entries(self, section: str) -> list[Mapping[str, Any]]:
        """The entries of a section of the profile."""
        if section not in self._entries:
            self._entries[section] = self.reading.entries(section)
        return self._entries[section]

    def said(self, section: str, *names: str) -> Iterator[tuple[str, str]]:
        """The texts of a section's fields, with their pointers; lists give their texts one by one."""
        for index in range(len(self.entries(section))):
            yield from self.said_of(section, index, *names)

    def said_of(self, section: str, index: int, *names: str) -> Iterator[tuple[str, str]]:
        """The texts of one entry's fields, with their pointers."""
        entry = self.entries(section)[index]
        for name in names:
            value = entry.get(name)
            pointer = f"/profile/{section}/{index}/{name}"
            if isinstance(value, str):
                yield pointer, value
            elif isinstance(value, list):
                yield from ((f"{pointer}/{at}", each) for at, each in enumerate(value) if isinstance(each, str))

    def held_within(self, term: str, region: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Where a stretch of the text names a term as something that somebody has, as offsets of the folded text."""
        if term not in self._places:
            self._places[term] = [(*self.text.source(*at), *at) for at in occurrences(term, self.text)]
        places = self._places[term]
        for _, last, start, end in islice(places, bisect_left(places, region[0], key=itemgetter(0)), None):
            if last > region[1]:
                return
            if claim_of(self.text.text, start, end) is Claim.HELD:
                yield start, end


def _skill(criterion: Criterion, subject: Subject) -> Finding:
    own = _spoken(criterion.aliases, subject)
    if held := own[Claim.HELD]:
        return Finding(Verdict.MET, "exact_alias", _first(held))
    if hoped := own[Claim.HOPED]:
        return Finding(Verdict.PARTLY, "aspiration", _first(hoped))
    related = _spoken(criterion.related, subject)[Claim.HELD]
    return Finding(Verdict.PARTLY, "related_alias", _first(related)) if related else NOTHING


def _spoken(aliases: Sequence[str], subject: Subject) -> dict[Claim, list[Span]]:
    """The places that name one of the aliases, by how they speak of it; as soon as enough are held, no more are looked for."""
    spoken: dict[Claim, list[Span]] = {claim: [] for claim in Claim}
    for claim, span in _claims(aliases, subject):
        spoken[claim].append(span)
        if len(spoken[Claim.HELD]) == EVIDENCE_MAX:
            break
    return spoken


def _claims(aliases: Sequence[str], subject: Subject) -> Iterator[tuple[Claim, Span]]:
    """Where the text or the profile names one of the aliases, and whether as something that somebody has."""
    for alias in aliases:
        for start, end in occurrences(alias, subject.text):
            yield claim_of(subject.text.text, start, end), _span(TEXT, subject.text, start, end)
    for pointer, value in (
        *subject.said("skills", "name", "keywords"),
        *subject.said("certificates", "name"),
        *subject.said("work", "position", "summary", "highlights"),
        *subject.said("projects", "name", "description", "keywords"),
    ):
        within = folded(value)
        for alias in aliases:
            for start, end in occurrences(alias, within):
                yield claim_of(within.text, start, end), _span(pointer, within, start, end)


def _years(criterion: Criterion, subject: Subject) -> Finding:
    periods, evidence = [], []
    entries = subject.entries("work")
    dated = [(index, period) for index, entry in enumerate(entries) if (period := period_of(entry, subject.as_of))]
    for index, period in dated:
        spans = _of_position(criterion, subject, index)
        if spans is not None:
            periods.append(period)
            evidence.extend(spans)
    months, wanted = months_in(periods), criterion.minimum_years * MONTHS_A_YEAR
    if not dated:
        return Finding(Verdict.NOT_FOUND, "no_dated_positions", months=None, is_unknown=True)
    verdict = Verdict.NOT_FOUND
    if months >= wanted:
        verdict = Verdict.MET
    elif 2 * months >= wanted:
        verdict = Verdict.PARTLY
    rule = "months_merged" if months else "not_found"
    return Finding(verdict, rule, _first(evidence) if months else (), months)


def _of_position(criterion: Criterion, subject: Subject, index: int) -> list[Span] | None:
    """Where a position fits what years are asked of; None when it does not."""
    position = subject.entries("work")[index].get("position")
    title = position if isinstance(position, str) else ""
    pointer = f"/profile/work/{index}/position"
    if criterion.within == "any":
        return [_whole(pointer, title)] if title else []
    spans = list(_named(criterion.terms, [(pointer, title)]))
    if criterion.within == "skill":
        spans += _named(criterion.terms, list(subject.said_of("work", index, "summary", "highlights")))
        spans += _in_region(criterion.terms, subject, subject.regions[index])
    return spans or None


def _in_region(terms: Sequence[str], subject: Subject, region: tuple[int, int] | None) -> Iterator[Span]:
    if region is None:
        return
    for term in terms:
        for start, end in subject.held_within(term, region):
            yield _span(TEXT, subject.text, start, end)


def _named(terms: Sequence[str], places: Sequence[tuple[str, str]]) -> Iterator[Span]:
    for pointer, value in places:
        within = folded(value)
        for term in terms:
            yield from (_span(pointer, within, start, end) for start, end in occurrences(term, within))


def _education(criterion: Criterion, subject: Subject) -> Finding:
    wanted = degrees.ORDER.index(criterion.minimum_degree)
    found: list[tuple[int, bool, Span]] = []
    for index, _ in enumerate(subject.entries("education")):
        own = list(subject.said_of("education", index, "studyType", "area"))
        is_field = not criterion.fields or any(_named(criterion.fields, own))
        for pointer, value in own[:1]:
            within = folded(value)
            found += [(rank, is_field, _span(pointer, within, *at)) for rank, at in islice(degrees.degrees(within), 1)]
            fields = list(_named(criterion.fields, own))
            found += [(rank, True, span) for rank, _, _ in found[-1:] for span in fields[:1]]
    if not found:
        return Finding(Verdict.NOT_FOUND, "no_degree_read", is_unknown=not subject.entries("education"))
    if full := [span for rank, is_field, span in found if rank >= wanted and is_field]:
        return Finding(Verdict.MET, "degree_order", _first(full))
    if near := [span for rank, is_field, span in found if rank >= wanted or (rank == wanted - 1 and is_field)]:
        return Finding(Verdict.PARTLY, "degree_near", _first(near))
    return NOTHING


def _language(criterion: Criterion, subject: Subject) -> Finding:
    wanted = tongues.LEVELS.index(criterion.minimum_level)
    names = tongues.pattern_of_language(criterion.language)
    best: tuple[int, Span] | None = None
    for index, entry in enumerate(subject.entries("languages")):
        value = entry.get("language")
        within = folded(value) if isinstance(value, str) else folded("")
        if (named := names.search(within.text)) is not None:
            rank = tongues.rank_of(folded(f"{entry.get('fluency') or ''} {within.original}").text)
            span = _span(f"/profile/languages/{index}/language", within, *named.span())
            best = max(best or (-2, span), (-1 if rank is None else rank, span), key=lambda each: each[0])
    if best is None:
        return Finding(Verdict.NOT_FOUND, "not_found", is_unknown=not subject.entries("languages"))
    rank, span = best
    if rank >= wanted:
        return Finding(Verdict.MET, "cefr_order", (span,))
    if rank == -1:
        return Finding(Verdict.PARTLY, "level_not_said", (span,), is_unknown=True)
    return Finding(Verdict.PARTLY, "cefr_near", (span,)) if rank == wanted - 1 else NOTHING


def _location(criterion: Criterion, subject: Subject) -> Finding:
    places = subject.reading.places
    if not places:
        return Finding(Verdict.NOT_FOUND, "hidden" if places is None else "not_found", is_unknown=True)
    spans = list(_named(criterion.places, [(f"/places/{at}", place) for at, place in enumerate(places)]))
    return Finding(Verdict.MET, "place_named", _first(spans)) if spans else NOTHING


def _work_mode(criterion: Criterion, subject: Subject) -> Finding:
    words = [word for mode in criterion.modes for word in MODES[mode]]
    spoken = _spoken(words, subject)
    spans = [*spoken[Claim.HELD], *spoken[Claim.HOPED]]
    return (
        Finding(Verdict.MET, "work_mode_named", _first(spans))
        if spans
        else Finding(Verdict.NOT_FOUND, "not_found", is_unknown=True)
    )


def _predicate(criterion: Criterion, subject: Subject) -> Finding:
    profile = subject.reading.profile
    found = predicates.places_that_fit(profile, criterion.pointer, criterion.operator, criterion.operand)
    if not found:
        is_unknown = not predicates.is_answerable(profile, criterion.pointer)
        return Finding(Verdict.NOT_FOUND, "not_found", is_unknown=is_unknown)
    return Finding(Verdict.MET, f"predicate_{criterion.operator}", _first(list(_texts(found))))


def _texts(found: Sequence[tuple[str, Any]]) -> Iterator[Span]:
    for pointer, value in found:
        if isinstance(value, Mapping):
            yield from _texts(
                [(f"{pointer}/{name}", value[name]) for name in sorted(value) if isinstance(value[name], str)][:1]
            )
        elif isinstance(value, str):
            yield _whole(f"/profile{pointer}", value)


def _span(pointer: str, text: Folded, start: int, end: int) -> Span:
    first, last = text.source(start, end)
    return Span(pointer, first, last, text.original[first:last])


def _whole(pointer: str, value: str) -> Span:
    """A value as evidence; of a very long one, how it begins."""
    shown = value[:QUOTE_MAX]
    return Span(pointer, 0, len(shown), shown)


def _first(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Enough to look at: the first places, each once."""
    return tuple(islice(dict.fromkeys(spans), EVIDENCE_MAX))


RULES: Final[Mapping[str, Callable[[Criterion, Subject], Finding]]] = {
    "skill": _skill,
    "years": _years,
    "education": _education,
    "language": _language,
    "location": _location,
    "work_mode": _work_mode,
    "predicate": _predicate,
}
