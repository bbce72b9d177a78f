"""Documents whose pages are pictures, and a program that answers as tesseract does."""

from collections.abc import Sequence
from ctypes import c_ushort
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.formats.columns import Word

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def scanned(source: bytes, *, dots: int = 200, under: str = "") -> bytes:
    """The PDF as a scanner makes it: a grey picture of each page; with a text under it."""
    document, copy = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    for page in document:
        width, height = page.get_size()
        image = pdfium.PdfImage.new(copy)
        image.set_bitmap(page.render(scale=dots / 72, grayscale=True))
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        leaf = copy.new_page(width, height)
        if under:
            leaf.insert_obj(_text(copy, under))
        leaf.insert_obj(image)
        leaf.gen_content()
    return saved(copy)


def _text(document: pdfium.PdfDocument, said: str) -> pdfium.PdfObject:
    handle = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", 12.0)
    raw.FPDFText_SetText(handle, (c_ushort * (len(said) + 1))(*said.encode("utf-16-le")[::2], 0))
    raw.FPDFPageObj_Transform(handle, 1, 0, 0, 1, 72, 400)
    return pdfium.PdfObject(handle, pdf=document)


def joined(*sources: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole = pdfium.PdfDocument.new()
    for source in sources:
        whole.import_pages(pdfium.PdfDocument(source))
    return saved(whole)


def saved(document: pdfium.PdfDocument) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def table(*lines: Sequence[tuple[str, int, int]], sure: int = 95) -> str:
    """tesseract's answer for a page of 2000 pixels: lines of words, each with its left and its top."""
    rows = [HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t1414\t2000\t-1\t"]
    for number, line in enumerate(lines):
        rows.append(f"4\t1\t1\t1\t{number}\t0\t0\t0\t1414\t30\t-1\t")
        rows += [
            f"5\t1\t1\t1\t{number}\t{place}\t{left}\t{top}\t{14 * len(text)}\t24\t{sure}\t{text}"
            for place, (text, left, top) in enumerate(line)
        ]
    return "\n".join(rows) + "\n"


def program(folder: Path, answer: str, languages: str = "deu eng osd") -> Path:
    """A program with tesseract's command line: `answer` is a script of what it does with a picture."""
    path = folder / "tesseract"
    listed = "\\n".join(["List of available languages (3):", *languages.split()])
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then printf "{listed}\\n"; exit; fi\n{answer}\n', encoding="utf-8"
    )
    path.chmod(0o755)
    return path


def saying(folder: Path, answer: str) -> Path:
    """A program that says this of whatever picture."""
    (folder / "answer.tsv").write_text(answer, encoding="utf-8")
    return program(folder, f"cat > /dev/null; cat {folder / 'answer.tsv'}")


def line(text: str, left: float, base: float, size: float = 10.0) -> tuple[Word, ...]:
    """A line that was recognised."""
    words, at = [], left
    for each in text.split():
        words.append(Word(each, at, at + 5.0 * len(each), base, size))
        at += 5.0 * len(each) + 3.0
    return tuple(words)
