"""The characters of a PDF page with their places, and the words that they make."""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.document import MAX_CHARACTERS
from impl.resumes.formats.columns import WIDE, Word
from impl.resumes.formats.torn import is_torn, parted
from impl.resumes.visible.hidden import unmarked


@dataclass(slots=True)
class Glyph:
    """A character that is drawn on the page: its box, its origin and its size, in points; spaces have no box."""

    index: int
    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0

    @property
    def is_drawn(self) -> bool:
        """Whether it is more than a space."""
        return self.size > 0.0


def glyphs_of(textpage: pdfium.PdfTextPage) -> list[Glyph]:
    """The characters of a page in the order of its content stream."""
    found = []
    handle, letters = textpage.raw, _Letters()
    left, right, bottom, top, x, y = places = tuple(c_double() for _ in range(6))
    *box, at_x, at_y = [byref(place) for place in places]
    loose = raw.FS_RECTF()
    at_loose = byref(loose)
    for index in range(min(textpage.count_chars(), MAX_CHARACTERS)):
        text, shown = letters[raw.FPDFText_GetUnicode(handle, index)]
        if not shown or not raw.FPDFText_GetCharBox(handle, index, *box):
            found.append(Glyph(index, text))
            continue
        raw.FPDFText_GetCharOrigin(handle, index, at_x, at_y)
        # The size as it is seen: fonts are often scaled by their matrix.
        if raw.FPDFText_GetLooseCharBox(handle, index, at_loose) and loose.top > loose.bottom:
            size = loose.top - loose.bottom
        else:
            size = max(top.value - bottom.value, 1.0)
        found.append(Glyph(index, shown, left.value, right.value, bottom.value, top.value, x.value, y.value, size))
    return _mended(found) if is_torn(found) else found


def _mended(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters of a page with spaces and line ends where their places say so."""
    return [each for glyph, sign in parted(glyphs) for each in ([glyph, Glyph(glyph.index, sign)] if sign else [glyph])]


class _Letters(dict[int, tuple[str, str]]):
    """The characters by their numbers, each as it is and as it is shown: spaces are not."""

    def __missing__(self, number: int) -> tuple[str, str]:
        text = chr(number or 0xFFFD)
        self[number] = text, "" if text.isspace() else unmarked(text)
        return self[number]


class _Growing:
    """A word that is being read, character by character."""

    def __init__(self) -> None:
        self.text = self.after = ""
        self.left = self.right = self.base = self.size = 0.0

    def takes(self, glyph: Glyph) -> bool:
        """Whether a character at this place goes on with the word."""
        near = -1.3 * glyph.size <= glyph.left - self.right <= 1.2 * glyph.size
        return not self.text or (near and abs(glyph.y - self.base) <= 0.2 * max(glyph.size, self.size))

    def add(self, glyph: Glyph) -> None:
        """Lengthen the word by a character."""
        if not self.text:
            self.left, self.base, self.size = glyph.left, glyph.y, glyph.size
        self.text += glyph.text
        self.right = glyph.right

    def done(self) -> Iterator[Word]:
        """The word, if there is one; what comes next is another."""
        if self.text:
            yield Word(self.text, self.left, self.right, self.base, self.size, self.after)
        self.text = self.after = ""


def words_of(glyphs: Iterable[Glyph], marks: dict[int, str]) -> Iterator[Word]:
    """The words of a page; what is marked as hidden after so many characters goes with the word of the last of them."""
    word = _Growing()
    count = 0
    for glyph in glyphs:
        if not glyph.is_drawn:
            yield from word.done()
            continue
        if not word.takes(glyph):
            yield from word.done()
        word.add(glyph)
        count += 1
        word.after += marks.get(count, "")
    yield from word.done()


def stream_of(glyphs: Sequence[Glyph], marks: dict[int, str]) -> str:
    """The text in the order of the content stream, with tabs for wide gaps, and with what is marked as hidden."""
    parts: list[str] = []
    before: Glyph | None = None
    count = 0
    for glyph in glyphs:
        if not glyph.is_drawn:
            parts.append(" " if glyph.text == "\f" else glyph.text)
            continue
        if before is not None and parts[-1] == " " and _is_apart(before, glyph):
            parts[-1] = "\t"
        count += 1
        parts.append(glyph.text + marks.get(count, ""))
        before = glyph
    return "".join(parts)


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    return abs(before.y - glyph.y) <= 0.35 * size and glyph.left - before.right > WIDE * size
