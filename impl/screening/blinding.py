"""The one place where a resume loses its person: what is left is what machines score and what people read in blind review.

Taken out are names, contacts, photo, age and birth, gender, address, family and origin, schools, and all years of the text. A line that
says nothing else is taken out whole, so that a birth date more or less leaves no trace; so is a line that speaks to a machine. Dates of
positions stay in the profile, because years of experience are counted from them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from impl.screening import marks
from impl.screening.marks import Mark
from impl.screening.predicates import FIELDS, LISTS
from impl.screening.reading import Offsets, Reading

INSTRUCTIONS = "instruction_like_text"
DATES = frozenset({"startDate", "endDate"})
#: What says what somebody can do, and may be read where a name's part would be taken out.
_SKILLS = re.compile(r"/skills/\d+/name")
#: Somebody may be called as a trade is: a title loses a whole name, never a part of one.
_TITLES = re.compile(r"/work/\d+/position")
_LABELS = (
    r"date of birth|birth ?date|d\.?o\.?b\.?|born|place of birth|age|gender|sex|marital status|civil status|nationality|citizenship|religion|"
    r"ethnicity|race|children|photo|picture|(?:home |postal )?address|name|pronouns|family|pronomen|pronoms|pronombres|pronomi|pronomes|voornaamwoorden|pronominer|zaimki|kön|køn|kjønn|płeć|g[êé]nero|"
    r"geburtsdatum|geboren(?: am)?|geburtsort|alter|geschlecht|familienstand|staatsangehörigkeit|nationalität|konfession|kinder|anschrift|"
    r"adresse|wohnort|foto|date de naissance|née? le|lieu de naissance|âge|sexe|situation familiale|état civil|nationalité|enfants|"
    r"fecha de nacimiento|edad|sexo|estado civil|nacionalidad|lugar de nacimiento|dirección|data di nascita|nat[oa]|età|sesso|"
    r"stato civile|nazionalità|indirizzo|data de nascimento|idade|nacionalidade|endereço|geboortedatum|leeftijd|geslacht|nationaliteit"
)


@cache
def _labelled() -> re.Pattern[str]:
    """What a line of particulars looks like."""
    return re.compile(rf"^\W*(?:{_LABELS})(?!\w)(?:\s*:\s*(?P<value>.*)|(?:[ \t]+[–-][ \t]+|\t)\S.*|[^:\n]{{0,40}}\d{{4}}\W*)?$", re.IGNORECASE)  # fmt: skip


_BARE_LABEL = re.compile(rf"^\W*(?:{_LABELS})\s*:\s*$", re.IGNORECASE)
_POSTAL_CODE = re.compile(r"(?<![\w.+-])(?:\d{4,6}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?![\w.-])", re.IGNORECASE)
_OBJECT = r"(?:this|the|my) (?:candidate|applicant|resume|résumé|cv|application|profile)"


@cache
def _to_a_machine() -> re.Pattern[str]:
    """What speaks to a machine."""
    return re.compile(
        r"(?<!\w)(?:(?:ignore|disregard|forget|override)(?: \w+){0,3} (?:previous|prior|above|earlier|instructions?|prompts?)"
        r"|(?:system|assistant|developer) (?:prompt|message|instruction)s?(?!\w)"
        r"|you are (?:now )?(?:an?|the) (?:ai|llm|assistant|language model|recruit\w*|screen\w*)|as an ai(?!\w)|(?:language|ai) models? (?:must|should|reading)"
        rf"|(?:score|rank|rate|mark|recommend|classify|select|advance|hire|treat|consider|give) {_OBJECT}(?!\w)|{_OBJECT} (?:meets|satisfies|fulfil\w*|is the best|must be|should be)"
        r"|(?:output|return|respond|answer|print)\b.{0,30}\b(?:score (?:of )?\d|100(?!\d)|verdict)|criteri(?:a|on) (?:is|are|as) met"
        r"|ignorier\w*(?: \w+){0,3} (?:anweisung\w*|vorherig\w*)|ignorez? (?:toutes )?les instructions|ignora (?:todas )?las instrucciones"
        r"|ignora (?:tutte )?le istruzioni|new instructions? ?:|end of (?:resume|instructions))|<\|?/?(?:system|assistant|im_start|im_end)|\[/?inst\]",
        re.IGNORECASE,
    )


_SENTENCE_ENDS = re.compile(r"[.!?:;)\]\"”]\s*$")
_WORDS = re.compile(r"[^\W_]")
_IDENTITY = frozenset({marks.NAME, marks.CONTACT, marks.PLACE, marks.AGE, marks.PERSONAL})
_SUMMARY_WORDS = 12
_HEAD_LINES = 6

Line = tuple[int, int]


def blinded(
    profile: Mapping[str, Any], evidence: Mapping[str, Any], text: str, *, is_location_hidden: bool = False
) -> Reading:
    """The reading of a resume in JSON Resume's shape, its evidence (by JSON pointer: `spans` of offsets into `text`) and its text."""
    name = _text_of(_section(profile, "basics").get("name"))
    kept = [span for at, said in evidence.items() for span in marks.offsets(said, len(text)) if _is_kept(at, text[slice(*span)], name)]  # fmt: skip
    found = [
        *marks.of_evidence(evidence, len(text)),
        *marks.names(name, text),
        *marks.schools(profile, text),
        *marks.fixed(text),
    ]
    pieces, flags = _pieces(text, marks.disjoint(found, kept), _head_end(evidence, text))
    rewritten = _Rewritten(text, pieces)
    return Reading(
        profile=_profile(profile, name),
        text=rewritten.text,
        spans=dict(_spans(evidence, rewritten, len(text))),
        places=None if is_location_hidden else _places(_section(profile, "basics").get("location")),
        flags=flags,
    )


class _Rewritten:
    """A text of which lines and stretches were taken out, and where each letter of the original has gone."""

    def __init__(self, text: str, pieces: Sequence[tuple[Line, Sequence[Mark]]]) -> None:
        parts: list[str] = []
        self._moved: list[tuple[int, int, int, int]] = []
        length = 0
        for start, end, said in _rewritten(text, pieces):
            parts.append(said)
            self._moved.append((start, end, length, length + len(said)))
            length += len(said)
        self.text = "".join(parts).strip("\n")

    def moved(self, start: int, end: int) -> Offsets | None:
        """Where a stretch stands now; None when it is gone, or not whole."""
        first, last = self._at(start, is_end=False), self._at(end, is_end=True)
        return (first, last) if first is not None and last is not None and first < last <= len(self.text) else None

    def _at(self, place: int, *, is_end: bool) -> int | None:
        """Where a place stands now: the stretch that begins there, or (`is_end`) that ends there; None when it is gone."""
        key = 1 if is_end else 0
        find = bisect_left if is_end else bisect_right
        index = find(self._moved, place, key=lambda moved: moved[key]) - (0 if is_end else 1)
        if not 0 <= index < len(self._moved):
            return None
        start, end, to_start, to_end = self._moved[index]
        if not (start < place <= end if is_end else start <= place < end):
            return None
        if to_end - to_start == end - start:
            return to_start + place - start
        return to_end if is_end else to_start


def _rewritten(text: str, pieces: Sequence[tuple[Line, Sequence[Mark]]]) -> Iterator[tuple[int, int, str]]:
    """Each stretch of the lines that stay, and what is read there."""
    for (start, end), found in pieces:
        at = start
        for mark in (*found, Mark(end, end, "\n")):
            yield at, mark.start, text[at : mark.start]
            yield mark
            at = mark.end


def _head_end(evidence: Mapping[str, Any], text: str) -> int:
    """Where the head of a resume, with the person's particulars, ends at the latest."""
    entries = re.compile(r"/(?:work|education|skills)/\d+/\w+")
    starts = [
        start for at, said in evidence.items() if entries.fullmatch(at) for start, _ in marks.offsets(said, len(text))
    ]
    if starts:
        return min(starts)
    said = [end for start, end in _lines(text) if text[start:end].strip()]
    return said[min(_HEAD_LINES, len(said)) - 1] if said else 0


def _pieces(text: str, found: Sequence[Mark], head_end: int) -> tuple[list[tuple[Line, list[Mark]]], tuple[str, ...]]:
    """The lines that stay with the marks in each, and what was odd."""
    kept: list[tuple[Line, list[Mark]]] = []
    flags: set[str] = set()
    is_value = is_continued = False
    for start, end in _lines(text):
        line, own = text[start:end], _within(found, start, end)
        is_instruction = _to_a_machine().search(line) is not None or (is_continued and bool(line.strip()))
        if is_instruction:
            flags.add(INSTRUCTIONS)
        elif not _is_dropped(line, own, start, is_head=start < head_end, is_value=is_value) and (line.strip() or kept):
            kept.append(((start, end), own))
        is_continued = is_instruction and _SENTENCE_ENDS.search(line) is None
        is_value = _BARE_LABEL.match(line) is not None
    return _without_gaps(kept), tuple(sorted(flags))


def _is_dropped(line: str, own: Sequence[Mark], offset: int, *, is_head: bool, is_value: bool) -> bool:
    """Whether a line is the person's alone; `is_value`: it stands under a label, as what the label asks for."""
    is_short = bool(line.strip()) and len(line.split()) <= _HEAD_LINES
    return (is_value and is_short) or _is_personal(line, own, offset, is_head=is_head)


def _without_gaps(kept: Sequence[tuple[Line, list[Mark]]]) -> list[tuple[Line, list[Mark]]]:
    """The lines with one empty line between parts, however many were taken out."""
    empty = [start == end for (start, end), _ in kept]
    return [each for each, *pair in zip(kept, empty, [True, *empty], strict=False) if not all(pair)]


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _within(found: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The marks of a line, cut to it; `found` are in their order and do not overlap."""
    first = bisect_right(found, start, key=lambda mark: mark.end)
    last = bisect_left(found, end, key=lambda mark: mark.start)
    return [Mark(max(mark.start, start), min(mark.end, end), mark.instead) for mark in found[first:last]]


def _is_personal(line: str, own: Sequence[Mark], offset: int, *, is_head: bool) -> bool:
    """Whether a line says nothing but who somebody is."""
    if not line.strip():
        return False
    if _labelled().match(line):
        return True
    rest = _without(line, own, offset)
    if is_head and len(rest.split()) <= _SUMMARY_WORDS:
        return any(mark.instead in _IDENTITY for mark in own) or _POSTAL_CODE.search(rest) is not None
    return bool(own) and not _WORDS.search(rest)


def _without(line: str, own: Sequence[Mark], offset: int) -> str:
    """What a line says beside its marks; what stands for a word in another form is said."""
    said, at = [], 0
    for mark in own:
        said += [line[at : mark.start - offset], "" if mark.instead in marks.PLACEHOLDERS else mark.instead]
        at = mark.end - offset
    return "".join([*said, line[at:]])


def _spans(
    evidence: Mapping[str, Any], rewritten: _Rewritten, length: int
) -> Iterator[tuple[str, tuple[Offsets, ...]]]:
    for at, said in sorted(evidence.items()):
        section, _, rest = at.strip("/").partition("/")
        if rest.partition("/")[2] in FIELDS.get(section, ()) and rest.partition("/")[2] not in DATES:
            moved = [rewritten.moved(start, end) for start, end in marks.offsets(said, length)]
            if spans := tuple(span for span in moved if span is not None):
                yield at, spans


def _profile(profile: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The sections and fields that may be read, each text without its person."""
    found: dict[str, Any] = {}
    for section, fields in FIELDS.items():
        entries = profile.get(section)
        if isinstance(entries, list):
            kept = [{key: _clean(each[key], key, name) for key in sorted(fields) if key in each} for each in entries if isinstance(each, Mapping)]  # fmt: skip
            found[section] = kept
    return found


def _is_kept(pointer: str, said: str, name: str) -> bool:
    """Whether what stands at a piece of evidence keeps words that are a part of the name."""
    if _TITLES.fullmatch(pointer):
        return not marks.is_named(name, said)
    return _SKILLS.fullmatch(pointer) is not None


def _clean(value: Any, key: str, name: str) -> Any:
    if key in DATES:
        return value if value is None or isinstance(value, str) else None
    if key in LISTS:
        return [_plain(each, name) for each in value if isinstance(each, str)] if isinstance(value, list) else []
    if key == "position" and isinstance(value, str) and not marks.is_named(name, value):
        return _plain(value, "")
    # A skill may be called as somebody is.
    return _plain(value, "" if key in ("name", "area", "studyType") else name) if isinstance(value, str) else ""


def _plain(text: str, name: str) -> str:
    """A value of the profile without its person; years in it stay out as well."""
    own = marks.disjoint([*marks.names(name, text), *marks.fixed(text)])
    said, at = [], 0
    for mark in own:
        said += [text[at : mark.start], mark.instead]
        at = mark.end
    return "".join([*said, text[at:]])


def _section(profile: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = profile.get(name)
    return found if isinstance(found, Mapping) else {}


def _text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _places(location: Any) -> tuple[str, ...]:
    if isinstance(location, str):
        return (location,)
    said = location if isinstance(location, Mapping) else {}
    wanted = [_text_of(said.get(key)) for key in ("address", "city", "region", "countryCode", "country")]
    return tuple(each for each in wanted if each)
