"""Many files at once, each in one of several processes: a file that cannot be read is a result like any other."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from impl.resumes.document import Unreadable
from impl.resumes.ocr import Tesseract
from impl.resumes.sandbox import recognizing
from impl.resumes.sandbox.reader import Reader
from impl.resumes.sources import content_of
from impl.resumes.understood import Understood

SUFFIXES = frozenset({".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt", ".doc"})


_AHEAD = 4  # files for each process that are read before their turn to be shown


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a file: what it says, or the reason why nothing is known."""

    path: str
    understood: Understood | None = None
    error: tuple[str, str] | None = None
    read_ms: float = 0.0
    parse_ms: float = 0.0

    def plain(self) -> dict[str, Any]:
        """The result as JSON has it."""
        said = self.understood
        if said is None:
            code, message = self.error or ("unreadable", "The file cannot be read.")
            return {"path": self.path, "error": {"code": code, "message": message}}
        return {
            "path": self.path,
            "media_type": said.media_type,
            "pages": said.pages,
            "flags": list(said.flags),
            "order": said.order,
            "language": said.language,
            "profile": said.profile,
            "evidence": said.evidence,
            "timings": {"read_ms": self.read_ms, "parse_ms": self.parse_ms},
        }


def files(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and those in the folders that are named whose names say that they may be resumes."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
            found.extend(each for each in inside if not each.name.startswith((".", "~$")))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def all_parsed(paths: Sequence[Path], today: date, jobs: int, tesseract: Tesseract | None = None) -> Iterator[Parsed]:
    """The files in their order, so many at once; a file that ends its process costs no other file its result."""
    readers = _Readers(tesseract)
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="reader")
    waiting: deque[Future[Parsed]] = deque()
    try:
        for path in paths:
            waiting.append(pool.submit(readers.parsed, path, today))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        readers.close()


class _Readers:
    """A reader for each thread."""

    def __init__(self, tesseract: Tesseract | None) -> None:
        self._tesseract = tesseract
        self._here = threading.local()
        self._all: list[Reader] = []

    def parsed(self, path: Path, today: date) -> Parsed:
        """What became of a file."""
        if not hasattr(self._here, "reader"):
            self._here.reader = Reader()
            self._all.append(self._here.reader)
        try:
            done = recognizing.read(self._here.reader, content_of(path), today=today, tesseract=self._tesseract)
        except Unreadable as error:
            return Parsed(str(path), error=(error.code, error.message))
        return Parsed(str(path), done.understood, None, done.read_ms, done.parse_ms)

    def close(self) -> None:
        """End all of them."""
        for reader in self._all:
            reader.close()
