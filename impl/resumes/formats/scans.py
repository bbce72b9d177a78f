"""Pages that are pictures: which ones they are, what they look like, and the text that was recognised on them."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.document import Unreadable
from impl.resumes.formats.columns import Word, text_of
from impl.resumes.ocr import PICTURE, Line

MAX_PIXELS = 9_000_000  # of one picture, in grey, a byte each
_DOTS = 300 / 72  # a point of the page at 300 dots an inch, which is what recognising was trained for
_FEW_LETTERS = 100  # a page number, the name of the scanner
_MOST_OBJECTS = 2_000
_COVERED = 0.4


def is_picture(page: pdfium.PdfPage, text: str) -> bool:
    """Whether what a page says stands in a picture, or in drawn shapes, and not in its text."""
    letters = len("".join(text.split()))
    if letters >= _FEW_LETTERS:
        return False
    area, covered = page.get_width() * page.get_height(), 0.0
    for count, (kind, size) in enumerate(_objects(page)):
        covered += size if kind == raw.FPDF_PAGEOBJ_IMAGE else 0.0
        if covered >= _COVERED * area or (not letters and kind != raw.FPDF_PAGEOBJ_TEXT):
            return True
        if count >= _MOST_OBJECTS:
            break
    return False


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, float]]:
    for each in page.get_objects():
        try:
            left, bottom, right, top = each.get_bounds()
        except pdfium.PdfiumError:
            continue
        yield each.type, abs((right - left) * (top - bottom))


def picture(content: bytes, number: int) -> bytes:
    """What page `number` (from 0) of a PDF looks like, as a portable grey map. For a process of its own, as reading is."""
    try:
        document = pdfium.PdfDocument(content)
        try:
            page = document[number]
            scale = min(_DOTS, (MAX_PIXELS / max(page.get_width() * page.get_height(), 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            width, height, stride, pixels = bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", f"Page {number + 1} cannot be shown.") from error
    rows = pixels if stride == width else b"".join(pixels[at : at + width] for at in range(0, stride * height, stride))
    return PICTURE + b"%d %d 255\n%b" % (width, height, rows)


def texts_of(lines: Sequence[Line]) -> tuple[str, str]:
    """The text of a recognised page as it was recognised, and in the order of its columns."""
    level = _levelled(lines)
    return "\n".join(" ".join(word.text for word in line) for line in lines), text_of(level)


def _levelled(lines: Sequence[Line]) -> list[Word]:
    """The words of each line on one baseline, as if the page had lain straight."""
    slope = _slope(lines)
    level: list[Word] = []
    for line in lines:
        base = statistics.median(word.base + slope * word.left for word in line)
        size = statistics.median(word.size for word in line)
        level.extend(replace(word, base=base, size=size) for word in line)
    return level


def _slope(lines: Sequence[Line]) -> float:
    """By how much lines sink on the way from left to right."""
    ends = [(line[0], line[-1]) for line in lines if line[-1].left - line[0].left > 10 * line[0].size]
    steps = [(first.base - last.base) / (last.left - first.left) for first, last in ends]
    return statistics.median(steps) if steps else 0.0
