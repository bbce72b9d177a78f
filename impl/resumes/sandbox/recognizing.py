"""Reading a file whose pages may be pictures: those go from its process to tesseract, and what stands on them goes back."""

import time
from dataclasses import replace
from datetime import date

from impl.resumes.ocr import Tesseract, recognized_by
from impl.resumes.sandbox.reader import Done, Reader


def read(reader: Reader, content: bytes, *, today: date, tesseract: Tesseract | None) -> Done:
    """What the file says, with what tesseract recognises in it; raises `Unreadable` as the reader does."""
    done = reader.read(content, today=today)
    if tesseract is None or not done.understood.pictures:
        return done
    started = time.perf_counter()
    lines = recognized_by(
        tesseract, done.understood.pictures, lambda number: reader.picture(content, number, today=today)
    )
    if not lines:
        return done
    taken_ms = (time.perf_counter() - started) * 1000
    whole = reader.read(content, today=today, recognized=lines)
    return replace(whole, read_ms=round(done.read_ms + taken_ms + whole.read_ms, 1))
