"""What of a resume leaves for a model: its lines, numbered, without those that speak to a machine, and without contact data if so wished."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from impl.resumes.parsing import contacts
from impl.resumes.parsing.dates import periods
from impl.resumes.parsing.pieces import Piece, lines
from impl.resumes.understood import Understood

Span = tuple[int, int]
Stretch = tuple[int, int, str]

TOP_LINES: Final = 15
_KINDS = {
    "/basics/emails/": "email",
    "/basics/phones/": "phone",
    "/basics/profiles/": "link",
    "/basics/location/": "address",
    "/basics/name": "name",
}
_ADDRESS = re.compile(r"[^\s@]{1,64}\s?(?:@|\(at\)|\[at\])\s?\S{1,255}|(?:https?://|www\.)\S+", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?i)^\W*(?:address|adresse|anschrift|wohnort|dirección|domicilio|indirizzo|residenza|endereço|morada|adres|adress)\s*:"
)
_STREET = re.compile(
    r"(?i)\b(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive|boulevard|blvd|square|court|apt\.?|suite|rue|place|calle|plaza|avenida|"
    r"via|viale|piazza|rua|travessa|ulica|p\.?\s?o\.?\s?box|postfach)\b|(?:straße|strasse|str\.|weg|allee|platz|gasse|straat|laan|gatan|vej)\b"
)
_POSTAL = re.compile(
    r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|(?:^|[,;|]) ?(?:[A-Z]{1,3}-)?\d{4,5}(?:-\d{3})?(?: ?[A-Z]{2})? +[A-ZÀ-ÖØ-Þ]"
)
_SEGMENT = re.compile(r"[^\t|•·;]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is sent, and where it stands in the text."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The lines that leave, numbered from one. `withheld` are the stretches that do not."""

    text: str
    lines: tuple[Line, ...]
    withheld: tuple[Span, ...]
    is_redacted: bool

    def numbered(self) -> str:
        """The lines as they are sent."""
        return "\n".join(f"{number}| {line.shown}" for number, line in enumerate(self.lines, 1))

    def stretch(self, first: int, last: int, *, lines_max: int) -> Span | None:
        """Where lines lie in the text; None for numbers that no line has, or too many lines."""
        if not 1 <= first <= last <= len(self.lines) or last - first >= lines_max:
            return None
        return self.lines[first - 1].start, self.lines[last - 1].end

    def is_withheld(self, span: Span) -> bool:
        """Whether some of a stretch was not sent."""
        return any(start < span[1] and span[0] < end for start, end in self.withheld)


def prepared(offline: Understood, *, redacts: bool, characters_max: int) -> Sent:
    """What is sent of a text. Hidden text is not in it, and lines that speak to a machine are left out: nothing depends on their
    being found, but it spares the reviewer work."""
    spoken = [(each["start"], each["end"]) for each in offline.instructions]
    pieces = [
        piece
        for piece in lines(offline.text[:characters_max])
        if piece.text and not any(start < piece.end and piece.start < end for start, end in spoken)
    ]
    private = _Private(offline) if redacts else None
    inside = [private.stretches(piece, is_top=at < TOP_LINES) if private else [] for at, piece in enumerate(pieces)]
    shown = (Line(piece.start, piece.end, _shown(piece, own)) for piece, own in zip(pieces, inside, strict=True))
    withheld = sorted({*spoken, *((start, end) for own in inside for start, end, _ in own)})
    return Sent(offline.text, tuple(shown), tuple(withheld), redacts)


class _Private:
    """Where a resume has contact data: where the parser found them, and wherever else something looks like them."""

    def __init__(self, offline: Understood) -> None:
        self._known = list(_known(offline.evidence))
        self._name = _name(offline.profile)

    def stretches(self, piece: Piece, *, is_top: bool) -> list[Stretch]:
        """Those of a line, with their kinds; they may overlap."""
        found = [each for each in self._known if each[0] < piece.end and piece.start < each[1]]
        found += [(inner.start, inner.end, kind) for kind, inner in contacts.said(piece)]
        for kind, pattern in (("contact", _ADDRESS), ("name", self._name)):
            for match in pattern.finditer(piece.text) if pattern else ():
                found.append((piece.start + match.start(), piece.start + match.end(), kind))
        return sorted([*found, *_addresses(piece, is_top=is_top)])


def _known(evidence: Mapping[str, Any]) -> Iterator[Stretch]:
    for pointer, each in evidence.items():
        kind = next((kind for prefix, kind in _KINDS.items() if pointer.startswith(prefix)), None)
        for span in each["spans"] if kind else ():
            yield span["start"], span["end"], kind or ""


def _name(profile: Mapping[str, Any]) -> re.Pattern[str] | None:
    words = str(profile.get("basics", {}).get("name", "")).split()
    if not words:
        return None
    orders = (words, [words[-1] + ",", *words[:-1]])
    either = "|".join(r"\s+".join(map(re.escape, order)) for order in orders)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _addresses(piece: Piece, *, is_top: bool) -> Iterator[Stretch]:
    for found in _SEGMENT.finditer(piece.text):
        text = found.group()
        is_street = _STREET.search(text) and any(character.isdigit() for character in text)
        if _LABELLED.search(text) or (is_top and (is_street or _POSTAL.search(text)) and not periods(text)):
            yield piece.start + found.start(), piece.start + found.end(), "address"


def _shown(piece: Piece, private: list[Stretch]) -> str:
    shown, at = "", piece.start
    for start, end, kind in private:
        if end <= at:
            continue
        if start >= at:
            shown += piece.text[at - piece.start : start - piece.start] + f"[{kind}]"
        at = end
    return " ".join((shown + piece.text[max(at - piece.start, 0) :]).split()) if private else piece.text
