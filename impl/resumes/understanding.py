"""Reading and parsing in one, in the calling process; what strangers send goes through `impl.resumes.sandbox`."""

import time
from dataclasses import dataclass
from datetime import date
from functools import partial

from impl.resumes.document import Document
from impl.resumes.formats.scans import picture
from impl.resumes.ocr import NOTHING, Recognized, Tesseract, recognized_by
from impl.resumes.parsing import Profile, parse
from impl.resumes.reading import read
from impl.resumes.understood import Understood


@dataclass(frozen=True, slots=True)
class Timed:
    """What a file says, and how many milliseconds its reading and its parsing took."""

    understood: Understood
    read_ms: float
    parse_ms: float


def understand(content: bytes, *, today: date, recognized: Recognized = NOTHING) -> Timed:
    """What the file says; raises `Unreadable` when it cannot be read. `recognized` is as `read` takes it."""
    started = time.perf_counter()
    document = read(content, recognized)
    middle = time.perf_counter()
    understood = _understood(document, parse(document, today=today))
    read_ms, parse_ms = (middle - started) * 1000, (time.perf_counter() - middle) * 1000
    return Timed(understood, round(read_ms, 1), round(parse_ms, 1))


def _understood(document: Document, profile: Profile) -> Understood:
    text = text_of(document, profile)
    return Understood(
        text=text,
        order=profile.order,
        language=profile.language,
        media_type=document.media_type,
        pages=document.pages,
        flags=document.flags,
        hidden=tuple(document.hidden_in(profile.order)),
        instructions=tuple(document.instructions_in(profile.order)),
        profile=profile.resume(),
        evidence=profile.evidence(text),
        pictures=document.pictures,
    )


def text_of(document: Document, profile: Profile) -> str:
    """The text that a profile's offsets count in."""
    return next((order.text for order in document.orders if order.name == profile.order), "")


def completed(content: bytes, document: Document, tesseract: Tesseract | None) -> Document:
    """The document of this content, now with what stands in its pictures; all but tesseract's work is done in this process."""
    if tesseract is None or not document.pictures:
        return document
    lines = recognized_by(tesseract, document.pictures, partial(picture, content))
    return read(content, lines) if lines else document
