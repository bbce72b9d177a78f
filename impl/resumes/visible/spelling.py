"""PDF text that is spelt otherwise than it is drawn: the file may name other words for what it draws."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from ctypes import byref
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.formats.glyphs import Glyph
from impl.resumes.visible.paint import MAX_DEPTH, MAX_OBJECTS, address

_LONGEST = 40_000  # bytes of a name that are told
_FEW = 3  # letters: a ligature's, or what a hyphen may stand for
_NARROWEST = 0.18  # of a character's size: its average width in the narrowest fonts

_SIGN_DRAWN = 2  # characters: what a font has a sign for
_SIGN = 20  # characters: the longest name of a sign, such as a telephone's
_KEY = b"ActualText"
_LINK = re.compile(r"(?:mailto:|tel:|https?://|www\.|[\w.-]+\.\w{2,}/)\S{1,200}$", re.IGNORECASE)


@dataclass(slots=True)
class _Named:
    """Words that a file names for what some of its texts draw."""

    text: str
    marks: list[tuple[Any, Any]] = field(default_factory=list)  # a text, and the mark on it that names the words


def named_otherwise(page: pdfium.PdfPage, again: Callable[[], pdfium.PdfPage]) -> list[str]:
    """The words that are named for others that are drawn; from now on the page reads as it is drawn there.

    Names that say what is drawn are left alone: they are what joins ligatures and parted words. Names of signs and links are
    not told. `again` opens the page once more.
    """
    named = _named(page)
    if not named:
        return []
    drawn = _drawn(again, len(named))
    false = [each for each, said in zip(named, drawn, strict=True) if _differs(each.text, said)]
    for each in false:
        for handle, mark in each.marks:
            raw.FPDFPageObj_RemoveMark(handle, mark)
    return [each.text for each in false if _tells(each.text)]


def _named(page: pdfium.PdfPage) -> list[_Named]:
    found: dict[int, _Named] = {}
    for handle in _texts(page):
        for index in range(raw.FPDFPageObj_CountMarks(handle)):
            mark = raw.FPDFPageObj_GetMark(handle, index)
            key = address(mark)
            if key not in found:
                found[key] = _Named(_text(mark))
            found[key].marks.append((handle, mark))
    return [each for each in found.values() if each.text]


def _texts(page: pdfium.PdfPage) -> Iterator[Any]:
    waiting = [(raw.FPDFPage_GetObject(page, index), 0) for index in reversed(range(raw.FPDFPage_CountObjects(page)))]
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return
        handle, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield handle
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = max(raw.FPDFFormObj_CountObjects(handle), 0)
            waiting.extend((raw.FPDFFormObj_GetObject(handle, index), depth + 1) for index in reversed(range(count)))


def _text(mark: Any) -> str:
    length = raw.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, None, 0, byref(length)) or length.value < 2:
        return ""
    size = min(length.value, _LONGEST)
    buffer = (raw.FPDF_WCHAR * (length.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, buffer, length.value, byref(length))
    text = bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")
    is_spread = len(text) > _FEW and not text[1::2].strip()  # UTF-16 that does not say so
    return text[::2] if is_spread else text


def _drawn(again: Callable[[], pdfium.PdfPage], count: int) -> list[str]:
    """What the texts draw for which words are named, in the same order."""
    page = again()
    try:
        groups = _named(page)[:count]
        for group in groups:
            for handle, mark in group.marks:
                raw.FPDFPageObj_RemoveMark(handle, mark)
        owners = {address(handle): index for index, group in enumerate(groups) for handle, _ in group.marks}
        said = [""] * count
        textpage = page.get_textpage()
        try:
            for index in range(textpage.count_chars()):
                owner = owners.get(address(raw.FPDFText_GetTextObject(textpage, index)))
                if owner is not None:
                    said[owner] += chr(raw.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
        finally:
            textpage.close()
        return said
    finally:
        page.close()


def _differs(named: str, drawn: str) -> bool:
    ours = _letters(named)
    is_sign = len(drawn.strip()) <= _SIGN_DRAWN and len(ours) <= _SIGN
    return len(ours) > _FEW and ours != _letters(drawn) and not is_sign


def _tells(named: str) -> bool:
    """Whether it is more than the name of a sign or where a link leads."""
    return len(_letters(named)) > _SIGN and not _LINK.match(named)


def is_news(words: str, visible: str) -> bool:
    """Whether some of the words are nowhere in the visible text: names of figures repeat what stands in them."""
    seen = _letters(visible)
    return any(len(word) >= _FEW and word not in seen for word in map(_letters, words.split()))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def squeezed(glyphs: Sequence[Glyph]) -> tuple[set[int], set[int]]:
    """The characters that stand for one that is drawn, more of them than its place has room for; and those that only name it.

    A name, such as that of a telephone's sign, is not seen either, but is no attempt to hide anything.
    """
    found: set[int] = set()
    names: set[int] = set()
    for group in _at_one_place(glyphs):
        if len(group) <= _FEW:
            continue
        room = max(glyph.right for glyph in group) - min(glyph.left for glyph in group)
        height = max(glyph.top - glyph.bottom for glyph in group)
        if room < _NARROWEST * max(height, group[0].size) * len(group):
            found.update(glyph.index for glyph in group)
            names.update(glyph.index for glyph in group if len(group) <= _SIGN)
    return found, names


def _at_one_place(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    drawn = [glyph for glyph in glyphs if glyph.is_drawn]
    return (list(group) for _, group in groupby(drawn, key=lambda glyph: (glyph.x, glyph.y)))
