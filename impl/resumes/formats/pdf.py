"""PDF: the text in the order of the content stream and in the order of its columns, and what its links point to."""

from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.document import MAX_CHARACTERS, Document, Order, Unreadable
from impl.resumes.formats.columns import Word, text_of
from impl.resumes.visible.hidden import Flag

MAX_PAGES = 30
_MAX_LINKS = 200
_ENCRYPTED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read(content: bytes) -> Document:
    """The first pages of the PDF."""
    document = _opened(content)
    try:
        pages = len(document)
        stream, columns, links = [], [], []
        for number in range(min(pages, MAX_PAGES)):
            page = _page(document, number)
            if page is not None:
                stream.append(page[0])
                columns.append(page[1])
                links.extend(page[2])
    finally:
        document.close()
    flags = [Flag.TOO_MANY_PAGES.value] if pages > MAX_PAGES else []
    readings: list[tuple[Order, str]] = [("stream", "\f".join(stream)), ("columns", "\f".join(columns))]
    return Document.of("application/pdf", readings, links, pages, flags)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in _ENCRYPTED or "password" in str(error).lower():
            raise Unreadable("encrypted", "The PDF opens only with a password.") from error
        raise Unreadable("damaged", "The PDF is damaged.") from error


def _page(document: pdfium.PdfDocument, number: int) -> tuple[str, str, list[str]] | None:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return None
    try:
        textpage = page.get_textpage()
        try:
            return textpage.get_text_range(), text_of(list(_words(textpage))), list(_links(document, page))
        finally:
            textpage.close()
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


class _Growing:
    """A word that is being read, character by character."""

    def __init__(self) -> None:
        self.text = ""
        self.left = self.right = self.base = self.size = 0.0

    def takes(self, left: float, base: float, size: float) -> bool:
        """Whether a character at this place goes on with the word."""
        near = -1.3 * size <= left - self.right <= 1.2 * size
        return not self.text or (near and abs(base - self.base) <= 0.2 * max(size, self.size))

    def add(self, character: str, box: tuple[float, float], base: float, size: float) -> None:
        """Lengthen the word by a character."""
        if not self.text:
            self.left, self.base, self.size = box[0], base, size
        self.text += character
        self.right = box[1]

    def done(self) -> Iterator[Word]:
        """The word, if there is one; what comes next is another."""
        if self.text:
            yield Word(self.text, self.left, self.right, self.base, self.size)
        self.text = ""


def _words(textpage: pdfium.PdfTextPage) -> Iterator[Word]:
    word = _Growing()
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    for index in range(min(textpage.count_chars(), MAX_CHARACTERS)):
        character = chr(raw.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
        if character.isspace() or not raw.FPDFText_GetCharBox(
            textpage, index, byref(left), byref(right), byref(bottom), byref(top)
        ):
            yield from word.done()
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, byref(x), byref(y))
        size = _size(textpage, index, top.value - bottom.value)
        if not word.takes(left.value, y.value, size):
            yield from word.done()
        word.add(character, (left.value, right.value), y.value, size)
    yield from word.done()


def _size(textpage: pdfium.PdfTextPage, index: int, height: float) -> float:
    """The size as it is seen: fonts are often scaled by their matrix."""
    left, right, bottom, top = (raw.c_float() for _ in range(4))
    box = raw.FS_RECTF(left, top, right, bottom)
    if raw.FPDFText_GetLooseCharBox(textpage, index, byref(box)) and box.top > box.bottom:
        return float(box.top - box.bottom)
    return max(height, 1.0)


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
