"""Who reads: each takes the bytes of a file and says how many characters it found. What a subject needs is imported with it."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

Reading = Callable[[bytes], int]

TODAY = date(2026, 11, 1)
OURS, IN_PROCESS, TEXT = "ours", "ours, in process", "ours, text only"
EVERY = (".pdf", ".docx", ".odt", ".rtf", ".html", ".txt")


def _ours() -> Reading:
    from impl.resumes.sandbox import Reader  # noqa: PLC0415 - each subject is a process of its own

    reader = Reader()
    return lambda content: len(reader.read(content, today=TODAY).understood.text)


def _in_process() -> Reading:
    from impl.resumes.understanding import understand  # noqa: PLC0415 - as above

    return lambda content: len(understand(content, today=TODAY).understood.text)


def _text() -> Reading:
    from impl.resumes.reading import read  # noqa: PLC0415 - as above

    return lambda content: max(len(order.text) for order in read(content).orders)


def _pypdfium2() -> Reading:
    pdfium = import_module("pypdfium2")

    def read(content: bytes) -> int:
        with pdfium.PdfDocument(content) as document:
            return sum(len(page.get_textpage().get_text_range()) for page in document)

    return read


def _pypdf() -> Reading:
    pypdf = import_module("pypdf")
    return lambda content: sum(len(page.extract_text()) for page in pypdf.PdfReader(BytesIO(content)).pages)


def _pdfminer() -> Reading:
    high_level = import_module("pdfminer.high_level")
    return lambda content: len(high_level.extract_text(BytesIO(content)))


def _python_docx() -> Reading:
    docx = import_module("docx")

    def read(content: bytes) -> int:
        parts: list[Any] = list(docx.Document(BytesIO(content)).iter_inner_content())
        return sum(len(part.text) if hasattr(part, "text") else _cells(part) for part in parts)

    return read


def _cells(table: Any) -> int:
    return sum(len(cell.text) for row in table.rows for cell in row.cells)


def _docx2txt() -> Reading:
    docx2txt = import_module("docx2txt")
    return lambda content: len(docx2txt.process(BytesIO(content)))


def _striprtf() -> Reading:
    striprtf = import_module("striprtf.striprtf")
    return lambda content: len(striprtf.rtf_to_text(content.decode("latin-1"), errors="ignore"))


def _resiliparse() -> Reading:
    html2text = import_module("resiliparse.extract.html2text")
    return lambda content: len(html2text.extract_plain_text(content.decode("utf-8", "replace")))


#: By name: how it is made ready, which files it reads, and the module without which it is left out.
SUBJECTS: Mapping[str, tuple[Callable[[], Reading], tuple[str, ...], str]] = {
    OURS: (_ours, EVERY, "impl"),
    IN_PROCESS: (_in_process, EVERY, "impl"),
    TEXT: (_text, EVERY, "impl"),
    "pypdfium2": (_pypdfium2, (".pdf",), "pypdfium2"),
    "pypdf": (_pypdf, (".pdf",), "pypdf"),
    "pdfminer.six": (_pdfminer, (".pdf",), "pdfminer"),
    "python-docx": (_python_docx, (".docx",), "docx"),
    "docx2txt": (_docx2txt, (".docx",), "docx2txt"),
    "striprtf": (_striprtf, (".rtf",), "striprtf"),
    "resiliparse": (_resiliparse, (".html",), "resiliparse"),
}
INSTALLABLE = ("pypdf", "pdfminer.six", "python-docx", "docx2txt")


def is_there(name: str) -> bool:
    """Whether what a subject needs is installed."""
    return find_spec(SUBJECTS[name][2]) is not None
