"""Strangers' files are read and parsed in processes of their own, which have next to nothing and end when a file wants too much.

A reader (`reader.py`) is a fresh interpreter that knows nothing of the process that started it: no environment, no descriptor but its
two pipes, no connection, no key. It imports the reading code once (`zygote.py`), shuts itself in (`walls.py`), and forks a process for
each file, which gets limits and is given no second file.
"""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from impl.lib import logs
from impl.resumes import ocr as pictures
from impl.resumes.sandbox import recognizing
from impl.resumes.sandbox.reader import Reader
from impl.resumes.understood import Understood
from impl.settings_sections import OcrSettings

__all__ = ["Reader", "understood"]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_here = threading.local()
# As many files at once as there are cores; each thread starts its reader with its first file and keeps it.
_threads = ThreadPoolExecutor(_cores(), thread_name_prefix="reader")

log = logs.get_logger()


async def understood(content: bytes, *, today: date, ocr: OcrSettings | None = None) -> Understood:
    """What a stranger's file says, with the text of pages that are pictures as `ocr` wants it; raises `Unreadable` when it cannot be
    read within the limits."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _understood, content, today, ocr)


def _understood(content: bytes, today: date, ocr: OcrSettings | None) -> Understood:
    return recognizing.read(_reader(), content, today=today, tesseract=pictures.chosen(ocr)).understood


def _reader() -> Reader:
    if not hasattr(_here, "reader"):
        reader = Reader()
        reader.start()
        log.info("reader_started", walls=reader.walls)
        _here.reader = reader
    found: Reader = _here.reader
    return found
