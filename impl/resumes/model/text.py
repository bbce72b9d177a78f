"""What of a resume leaves for a model: its lines, numbered, without those that speak to a machine, and without contact data if so wished."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from impl.resumes.parsing import contacts
from impl.resumes.parsing.dates import periods
from impl.resumes.parsing.pieces import Piece
from impl.resumes.understood import Understood

Span = tuple[int, int]

TOP_LINES: Final = 15
_KINDS = {
    "/basics/emails/": "email",
    "/basics/phones/": "phone",
    "/basics/profiles/": "link",
    "/basics/location/": "address",
    "/basics/name": "name",
}
_ADDRESS = re.compile(r"\S+\s?(?:@|\(at\)|\[at\])\s?\S+\.\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
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
        for piece in _pieces(offline.text, characters_max)
        if not any(start < piece.end and piece.start < end for start, end in spoken)
    ]
    private = list(_private(offline, pieces)) if redacts else []
    lines = tuple(Line(piece.start, piece.end, _shown(piece, private)) for piece in pieces)
    withheld = tuple(sorted([*spoken, *((start, end) for start, end, _ in private)]))
    return Sent(offline.text, lines, withheld, redacts)


def _pieces(text: str, characters_max: int) -> Iterator[Piece]:
    """The lines that are not blank, as far as the bound goes."""
    start = 0
    for line in text.split("\n"):
        room = characters_max - start
        if room <= 0:
            return
        piece = Piece(line[:room], start).stripped()
        if piece.text:
            yield piece
        start += len(line) + 1


def _private(offline: Understood, pieces: list[Piece]) -> Iterator[tuple[int, int, str]]:
    """Every stretch with contact data, and its kind; they may overlap."""
    yield from _known(offline.evidence)
    name = _name(offline.profile)
    for index, piece in enumerate(pieces):
        for kind, inner in contacts.said(piece):
            yield inner.start, inner.end, kind
        for found in _ADDRESS.finditer(piece.text):
            yield piece.start + found.start(), piece.start + found.end(), "contact"
        for found in name.finditer(piece.text) if name else ():
            yield piece.start + found.start(), piece.start + found.end(), "name"
        yield from _addresses(piece, is_top=index < TOP_LINES)


def _known(evidence: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
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


def _addresses(piece: Piece, *, is_top: bool) -> Iterator[tuple[int, int, str]]:
    for found in _SEGMENT.finditer(piece.text):
        text = found.group()
        is_street = _STREET.search(text) and any(character.isdigit() for character in text)
        if _LABELLED.search(text) or (is_top and (is_street or _POSTAL.search(text)) and not periods(text)):
            yield piece.start + found.start(), piece.start + found.end(), "address"


def _shown(piece: Piece, private: list[tuple[int, int, str]]) -> str:
    inside = sorted((start, end, kind) for start, end, kind in private if start < piece.end and piece.start < end)
    shown, at = "", piece.start
    for start, end, kind in inside:
        if end <= at:
            continue
        if start >= at:
            shown += piece.text[at - piece.start : start - piece.start] + f"[{kind}]"
        at = end
    return " ".join((shown + piece.text[max(at - piece.start, 0) :]).split()) if inside else piece.text
