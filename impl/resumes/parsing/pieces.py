"""Pieces of a text that know where they stand: whatever the parser says points back to the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*(?:[•●▪◆◦‣■□○▸►✓✔➤❖⁃∙»>*]|[-–—·+](?=\s)|o(?=\s[A-ZÀ-Ý\d])|\d{1,2}[.)]\s)")
_LONGEST_LINE = 600
_EDGES = " \t\n,;|•·:–—-/@&()[]\"“”'‘’*#§"


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a text from `start` up to `end`."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the piece ends."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> "Piece":
        """The part between two offsets that count from the piece's own start."""
        return Piece(self.text[start:end], self.start + start)

    def stripped(self, characters: str = " \t\n") -> "Piece":
        """The piece without these characters at its ends."""
        text = self.text.strip(characters)
        if len(text) == len(self.text):
            return self
        return Piece(text, self.start + len(self.text) - len(self.text.lstrip(characters)))

    def trimmed(self) -> "Piece":
        """The piece without separators at its ends; brackets stay where they belong to each other."""
        piece = self.stripped(" \t\n")
        if not piece.text or (piece.text[0] not in _EDGES and piece.text[-1] not in _EDGES):
            return piece
        while piece.text and _is_edge(piece.text, 0):
            piece = piece.part(1, len(piece.text)).stripped(" \t\n")
        while piece.text and _is_edge(piece.text, -1):
            piece = piece.part(0, len(piece.text) - 1).stripped(" \t\n")
        if piece.text[:1] == "(" and piece.text[-1:] == ")" and piece.text.count("(") == 1:
            return piece.part(1, len(piece.text) - 1).trimmed()
        return piece

    def split(self, pattern: re.Pattern[str]) -> list["Piece"]:
        """The trimmed, non-empty pieces between what matches the pattern."""
        pieces, at = [], 0
        for found in pattern.finditer(self.text):
            pieces.append(self.part(at, found.start()).trimmed())
            at = found.end()
        pieces.append((self.part(at, len(self.text)) if at else self).trimmed())
        return [piece for piece in pieces if piece.text]

    def without(self, spans: list[tuple[int, int]]) -> list["Piece"]:
        """What is left of the piece when these stretches of the text are taken out."""
        pieces, at = [], self.start
        for start, end in sorted(spans):
            pieces.append(self.part(at - self.start, max(start, at) - self.start).trimmed())
            at = max(at, end)
        pieces.append(self.part(at - self.start, len(self.text)).trimmed())
        return [piece for piece in pieces if piece.text]

    @property
    def is_bulleted(self) -> bool:
        """Whether the piece begins with the sign of a list."""
        return _BULLET.match(self.text) is not None

    def unbulleted(self) -> "Piece":
        """The piece without the sign of a list before it."""
        found = _BULLET.match(self.text)
        return self.part(found.end(), len(self.text)).stripped() if found else self.stripped()


def _is_edge(text: str, at: int) -> bool:
    character = text[at]
    if character == ")":
        return text.count("(") < text.count(")")
    if character == "(":
        return text.count("(") > text.count(")")
    if character in "\"“”'‘’":
        return sum(text.count(quote) for quote in "\"“”'‘’") == 1
    return character in _EDGES if not (character == "#" and at == -1) else False


def lines(text: str) -> Iterator[Piece]:
    """The lines of a text, blank ones too; what is longer than any line that people write comes in parts."""
    start = 0
    for line in text.split("\n"):
        for at in range(0, max(len(line), 1), _LONGEST_LINE):
            yield Piece(line[at : at + _LONGEST_LINE], start + at).stripped()
        start += len(line) + 1
