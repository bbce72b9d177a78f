"""Many files at once, each in one of several processes: a file that cannot be read is a result like any other."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from impl.resumes.document import Document, Unreadable
from impl.resumes.parsing import Profile, parse
from impl.resumes.reading import read

SUFFIXES = frozenset({".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt", ".doc"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a file: a profile, or the reason why there is none."""

    path: str
    profile: Profile | None = None
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)
    media_type: str | None = None
    pages: int | None = None
    flags: tuple[str, ...] = ()
    hidden: list[dict[str, Any]] = field(default_factory=list)
    instructions: list[dict[str, Any]] = field(default_factory=list)
    error: tuple[str, str] | None = None
    read_ms: float = 0.0
    parse_ms: float = 0.0

    def plain(self) -> dict[str, Any]:
        """The result as JSON has it."""
        if self.profile is None:
            code, message = self.error or ("unreadable", "The file cannot be read.")
            return {"path": self.path, "error": {"code": code, "message": message}}
        return {
            "path": self.path,
            "media_type": self.media_type,
            "pages": self.pages,
            "flags": list(self.flags),
            "hidden": self.hidden,
            "instructions": self.instructions,
            "order": self.profile.order,
            "language": self.profile.language,
            "profile": self.profile.resume(),
            "evidence": self.evidence,
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


def parsed(path: Path, today: date) -> Parsed:
    """One file, read and understood."""
    started = time.perf_counter()
    try:
        document = read(path)
    except Unreadable as error:
        return Parsed(str(path), error=(error.code, error.message))
    middle = time.perf_counter()
    profile = parse(document, today=today)
    read_ms, parse_ms = (middle - started) * 1000, (time.perf_counter() - middle) * 1000
    return Parsed(
        str(path),
        profile,
        profile.evidence(text_of(document, profile)),
        document.media_type,
        document.pages,
        document.flags,
        document.hidden_in(profile.order),
        document.instructions_in(profile.order),
        None,
        round(read_ms, 1),
        round(parse_ms, 1),
    )


def text_of(document: Document, profile: Profile) -> str:
    """The text that a profile's offsets count in."""
    return next((order.text for order in document.orders if order.name == profile.order), "")


def all_parsed(paths: Sequence[Path], today: date, jobs: int) -> Iterator[Parsed]:
    """The files in their order; a file that ends its process costs no other file its result."""
    if jobs == 1 and len(paths) == 1:
        yield _alone(paths[0], today)
        return
    with _pool(min(jobs, len(paths)) or 1) as pool:
        futures = [_submitted(pool, path, today) for path in paths]
        for path, future in zip(paths, futures, strict=True):
            yield _result(path, today, future)


def _result(path: Path, today: date, future: Future[Parsed] | None) -> Parsed:
    try:
        return future.result() if future is not None else _alone(path, today)
    except BrokenProcessPool:
        return _alone(path, today)


def _submitted(pool: ProcessPoolExecutor, path: Path, today: date) -> Future[Parsed] | None:
    try:
        return pool.submit(parsed, path, today)
    except BrokenProcessPool:
        return None


def _alone(path: Path, today: date) -> Parsed:
    with _pool(1) as pool:
        try:
            return pool.submit(parsed, path, today).result()
        except BrokenProcessPool:
            return Parsed(str(path), error=("crashed", "Reading the file ended the process that read it."))


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
