"""Pages whose lines PDFium takes for columns of single letters: what parts the characters is then told by their places.

PDFium guesses from how full a page is whether it is written across or downwards; a page with little on it is taken for the latter, and a line's
end is put between most of its letters.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

_FEW = 5  # line ends inside of words
_NEAR = 0.5  # of the size of the letters
_SPACE = 0.17


class Placed(Protocol):
    """A character with its place."""

    @property
    def text(self) -> str:
        """The character."""

    @property
    def left(self) -> float:
        """Where it begins."""

    @property
    def right(self) -> float:
        """Where it ends."""

    @property
    def y(self) -> float:
        """Its baseline."""

    @property
    def size(self) -> float:
        """The size of its letters."""

    @property
    def is_drawn(self) -> bool:
        """Whether it is more than a space."""


Character = TypeVar("Character", bound=Placed)


def is_torn(glyphs: Sequence[Placed]) -> bool:
    """Whether line ends stand inside of words, again and again."""
    count = 0
    for at, glyph in enumerate(glyphs):
        if glyph.text == "\n" and 2 <= at < len(glyphs) - 1:
            before = glyphs[at - 2 if glyphs[at - 1].text == "\r" else at - 1]
            count += before.is_drawn and glyphs[at + 1].is_drawn and _gap(before, glyphs[at + 1]) < _NEAR
            if count >= _FEW:
                return True
    return False


def parted(glyphs: Sequence[Character]) -> Iterator[tuple[Character, str]]:
    """The drawn characters, each with what parts it from the next: nothing, a space or the end of the line."""
    before: Character | None = None
    has_space = False
    for glyph in glyphs:
        if not glyph.is_drawn:
            has_space = has_space or glyph.text == " "
            continue
        if before is not None:
            gap = _gap(before, glyph)
            is_space = gap > (_SPACE if has_space else 2 * _SPACE)
            yield before, "\n" if gap == float("inf") else " " if is_space else ""
        before, has_space = glyph, False
    if before is not None:
        yield before, ""


def _gap(before: Placed, after: Placed) -> float:
    """How far two characters are apart, in sizes of the letters; infinitely when they stand on different lines."""
    size = max(before.size, after.size)
    gap = (after.left - before.right) / size
    return gap if abs(before.y - after.y) <= 0.2 * size and gap > -2 else float("inf")
