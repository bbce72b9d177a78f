"""Reading a file: its content decides what it is, not its name.

This reads in the calling process and is meant for files that one trusts as much as one's own; what strangers send is
to be read in a process of its own.
"""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from impl.resumes.document import Document, Unreadable
from impl.resumes.formats import office, pdf, plain, rtf, web
from impl.resumes.ocr import NOTHING, Recognized
from impl.resumes.sources import MAX_BYTES, content_of
from impl.resumes.visible.hidden import Flag

MAX_UNZIPPED = 50 * 1024 * 1024

PDF = "application/pdf"
RTF = "application/rtf"
HTML = "text/html"
PLAIN = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_MANIFEST, _MAX_MANIFEST = "META-INF/manifest.xml", 1_000_000
_HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body")


def read(source: Path | str | bytes, recognized: Recognized = NOTHING) -> Document:
    """The document in a file or in bytes; raises `Unreadable` when there is none.

    `recognized` is what was read on those of its pages that are pictures, by their numbers from 0.
    """
    content = source if isinstance(source, bytes) else content_of(Path(source))
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large", f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    media_type = sniff(content)
    document = pdf.read(content, recognized) if media_type == PDF else _READERS[media_type](content)
    if not any(order.text.strip() for order in document.orders):
        return replace(document, flags=(*document.flags, Flag.NO_TEXT.value))
    return document


def sniff(content: bytes) -> str:
    """The media type that the content has; raises `Unreadable` for what cannot be a resume's text."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return PDF
    if start.startswith(b"{\\rtf"):
        return RTF
    if start.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(content)
    if any(mark in start.lower() for mark in _HTML_MARKS):
        return HTML
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Unreadable("unsupported_format", "The file is empty.")
    if _is_binary(content):
        raise Unreadable("unsupported_format", "The content is no PDF, DOCX, ODT, RTF, HTML or plain text.")
    return PLAIN


def _old_office(content: bytes) -> Unreadable:
    """Why a file in the container of old programs is not read; documents with a password lie in one, too."""
    if _LOCKED_OFFICE in content:
        return Unreadable("encrypted", "The document opens only with a password.")
    return Unreadable("unsupported_format", "Word's format of before 2007 cannot be read; save it as DOCX or PDF.")


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            manifest = (
                _MANIFEST in names and archive.getinfo(_MANIFEST).file_size < _MAX_MANIFEST and archive.read(_MANIFEST)
            )
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED:
                raise Unreadable("too_large", "The file unpacks to more than 50 MB.")
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise Unreadable("damaged", "The file is a damaged archive.") from error
    if manifest and b"encryption-data" in manifest:
        raise Unreadable("encrypted", "The document opens only with a password.")
    if "word/document.xml" in names:
        return DOCX
    if "content.xml" in names:
        return ODT
    raise Unreadable("unsupported_format", "The archive holds neither a Word nor an OpenDocument text.")


def _is_binary(content: bytes) -> bool:
    if plain.wide(content):
        return False
    sample = content[:4096]
    return sum(byte < 9 or 13 < byte < 27 for byte in sample) > len(sample) // 20


_READERS = {
    RTF: rtf.read,
    DOCX: office.read_docx,
    ODT: office.read_odt,
    HTML: web.read,
    PLAIN: plain.read,
}
