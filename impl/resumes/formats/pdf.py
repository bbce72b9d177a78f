"""PDF: the text in the order of the content stream and in the order of its columns, and what its links point to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_int, create_string_buffer
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.document import Document, Unreadable
from impl.resumes.formats.columns import text_of
from impl.resumes.formats.glyphs import Glyph, glyphs_of, stream_of, words_of
from impl.resumes.formats.scans import is_picture, texts_of
from impl.resumes.ocr import NOTHING, Line, Recognized
from impl.resumes.visible.hidden import Flag, Reason, mark, taken_out, unmarked
from impl.resumes.visible.page import Seen, seen
from impl.resumes.visible.paint import address
from impl.resumes.visible.pixels import without
from impl.resumes.visible.spelling import is_news, named_otherwise

MAX_PAGES = 30
_MAX_DRAWN = 15  # pages: what it takes to see what is seen of them
_MAX_LINKS = 200
_ENCRYPTED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read(content: bytes, recognized: Recognized = NOTHING) -> Document:
    """The first pages of the PDF; what was recognised on a page is its text."""
    document = _opened(content)
    try:
        pages = len(document)
        read: list[_Page] = []
        for number in range(min(pages, MAX_PAGES)):
            draws = sum(page.is_drawn for page in read) < _MAX_DRAWN
            read.append(_page(document, number, recognized.get(number), draws))
    finally:
        document.close()
    pictures = tuple(number for number, page in enumerate(read) if page.is_picture)
    flags = {
        Flag.TOO_MANY_PAGES: pages > MAX_PAGES,
        Flag.TEXT_LAYER_OF_SCAN: any(page.is_scan for page in read),
        Flag.UNSURE_VISIBILITY: any(page.is_unsure for page in read),
        Flag.OCR: bool(recognized),
        Flag.NEEDS_OCR: bool(pictures),
    }
    readings = Document.of(
        "application/pdf",
        [("stream", "\f".join(page.stream for page in read)), ("columns", "\f".join(page.columns for page in read))],
        [link for page in read for link in page.links],
        pages,
        [flag.value for flag, is_set in flags.items() if is_set],
    )
    return replace(readings, pictures=pictures)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in _ENCRYPTED or "password" in str(error).lower():
            raise Unreadable("encrypted", "The PDF opens only with a password.") from error
        raise Unreadable("damaged", "The PDF is damaged.") from error


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in both orders, with marks where hidden text stood."""

    stream: str = ""
    columns: str = ""
    links: tuple[str, ...] = ()
    is_scan: bool = False
    is_picture: bool = False
    is_drawn: bool = False
    is_unsure: bool = False


def _page(document: pdfium.PdfDocument, number: int, recognized: Sequence[Line] | None, draws: bool) -> _Page:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _Page()
    try:
        links = tuple(_links(document, page))
        named = named_otherwise(page, lambda: document[number])
        textpage = page.get_textpage()
        try:
            read = _read(page, textpage, draws) if recognized is None else _recognized(page, textpage, recognized)
            return replace(_with_named(read, named), links=links)
        finally:
            textpage.close()
    except pdfium.PdfiumError:
        return _Page()
    finally:
        page.close()


def _with_named(read: _Page, named: list[str]) -> _Page:
    """The page with marks for words that were named in place of others, at its start."""
    visible = taken_out(read.stream)[0] if named else ""
    marks = "".join(mark(f"{words} ", Reason.NOT_DRAWN) for words in named if is_news(words, visible))
    return replace(read, stream=marks + read.stream, columns=marks + read.columns)


def _read(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, draws: bool) -> _Page:
    glyphs = glyphs_of(textpage)
    found = seen(page, textpage, glyphs, draws=draws)
    if found.unseen:
        stream, columns = _without_hidden(page, textpage, glyphs, found)
    else:
        stream, columns = stream_of(glyphs, {}), text_of(list(words_of(glyphs, {})))
    return _Page(
        stream,
        columns,
        is_scan=found.is_scan,
        is_picture=is_picture(page, taken_out(stream)[0]),
        is_drawn=found.is_drawn,
        is_unsure=found.is_unsure,
    )


def _recognized(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, recognized: Sequence[Line]) -> _Page:
    """What was recognised in the picture of a page is all that a person sees of it."""
    glyphs = glyphs_of(textpage)
    found = seen(page, textpage, glyphs)
    hidden = "".join(_marks(glyphs, found.unseen, found.untold).values())
    stream, columns = (unmarked(text) for text in texts_of(recognized))
    return _Page(hidden + stream, hidden + columns)


def _without_hidden(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, glyphs: Sequence[Glyph], found: Seen
) -> tuple[str, str]:
    """The page read again as if its hidden text had never been on it, with marks where that stood."""
    unseen = found.unseen
    gone, partly = _hidden_objects(textpage, glyphs, unseen)
    with without(gone, moved=True):
        again = page.get_textpage()
        try:
            hidden = Counter(_place(glyph) for glyph in partly)
            shown = Counter(_place(glyph) for glyph in glyphs if glyph.index not in unseen)
            rest = [glyph for glyph in glyphs_of(again) if not hidden[_place(glyph)] or shown[_place(glyph)]]
        finally:
            again.close()
    marks = _marks(glyphs, unseen, found.untold | _copies(glyphs, unseen, rest))
    first = marks.pop(0, "")
    return first + stream_of(rest, marks), first + text_of(list(words_of(rest, marks)))


def _place(glyph: Glyph) -> tuple[str, float, float]:
    return glyph.text, round(glyph.x, 1), round(glyph.y, 1)


def _hidden_objects(
    textpage: pdfium.PdfTextPage, glyphs: Sequence[Glyph], unseen: dict[int, Reason]
) -> tuple[list[Any], list[Glyph]]:
    """The text objects of which nothing is seen, and what is not seen of the others."""
    drawn = [glyph for glyph in glyphs if glyph.is_drawn]
    handles = [raw.FPDFText_GetTextObject(textpage, glyph.index) for glyph in drawn]
    owners = [address(handle) for handle in handles]
    visible = {owner for glyph, owner in zip(drawn, owners, strict=True) if glyph.index not in unseen}
    gone = {owner: handle for owner, handle in zip(owners, handles, strict=True) if owner and owner not in visible}
    partly = [glyph for glyph, owner in zip(drawn, owners, strict=True) if glyph.index in unseen and owner not in gone]
    return list(gone.values()), partly


def _copies(glyphs: Sequence[Glyph], unseen: dict[int, Reason], rest: Sequence[Glyph]) -> set[int]:
    """The hidden words that stand where the same words are seen, such as links in the colour for printing: they tell nothing."""
    shown = {
        (glyph.text, round(glyph.x) + right, round(glyph.y) + up)
        for glyph in rest
        for right in (-1, 0, 1)
        for up in (-1, 0, 1)
    }
    copies: set[int] = set()
    for is_drawn, word in groupby(glyphs, key=lambda glyph: glyph.is_drawn):
        hidden = [glyph for glyph in word if is_drawn and glyph.index in unseen]
        if all((glyph.text, round(glyph.x), round(glyph.y)) in shown for glyph in hidden):
            copies.update(glyph.index for glyph in hidden)
    return copies


def _marks(
    glyphs: Sequence[Glyph], unseen: dict[int, Reason], copies: frozenset[int] | set[int] = frozenset()
) -> dict[int, str]:
    """The hidden text marked, by how many visible characters stand before it."""
    marks: dict[int, str] = {}
    count, text, reason = 0, "", None
    for glyph in glyphs:
        if not glyph.is_drawn or glyph.index in copies:
            text += " " if text else ""
            continue
        now = unseen.get(glyph.index)
        if now is not reason and reason is not None:
            marks[count] = marks.get(count, "") + mark(text, reason)
            text = ""
        reason = now
        text += glyph.text if now else ""
        count += now is None
    if reason is not None:
        marks[count] = marks.get(count, "") + mark(text, reason)
    return marks


def _links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    position, link = c_int(0), raw.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not raw.FPDFLink_Enumerate(page, byref(position), byref(link)):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = create_string_buffer(min(length, 2048))
        raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
        yield buffer.value.decode("utf-8", "replace")
