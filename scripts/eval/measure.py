"""Parsing a set and counting what is right."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from impl.resumes.document import Document, Unreadable
from impl.resumes.ocr import Tesseract
from impl.resumes.parsing import parse
from impl.resumes.reading import read
from impl.resumes.understanding import completed
from scripts.eval.scoring import Count, scored
from scripts.eval.sets import Sample

TODAY = date(2026, 11, 1)  # so that the same set always gives the same numbers

EMPTY: dict[str, Any] = {
    "basics": {"emails": [], "phones": [], "profiles": []}, "work": [], "education": [], "skills": [], "languages": [],
}  # fmt: skip


@dataclass
class Result:
    """What a set came to."""

    files: int = 0
    fields: dict[str, Count] = field(default_factory=dict)
    readable: dict[str, Count] = field(default_factory=dict)  # of the files that were no pictures, or were recognised
    needs_ocr: list[str] = field(default_factory=list)  # the other ones
    recognized: list[str] = field(default_factory=list)
    entries_by_kind: dict[str, Count] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    spans: int = 0
    wrong_spans: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self) -> dict[str, float]:
        """F1 of each field."""
        return {name: round(count.f1, 4) for name, count in sorted(self.fields.items())}


def measure(samples: Iterable[Sample], tesseract: Tesseract | None = None) -> Result:
    """Parse every file of a set; pages that are pictures are read by tesseract."""
    result = Result()
    for sample in samples:
        started = time.process_time()
        document = _document(sample, tesseract)
        resume = EMPTY if document is None else _parsed(document, result)
        flags = () if document is None else document.flags
        if "ocr" in flags:
            result.recognized.append(sample.path.name)
        else:
            result.milliseconds.append((time.process_time() - started) * 1000)
        is_picture = {"needs_ocr", "no_text"} <= set(flags)
        if is_picture:
            result.needs_ocr.append(sample.path.name)
        result.files += 1
        _count(sample, resume, result, is_readable=not is_picture)
    return result


def _count(sample: Sample, resume: dict[str, Any], result: Result, *, is_readable: bool) -> None:
    counts = scored(sample.truth, resume)
    for name, count in counts.items():
        result.fields.setdefault(name, Count()).add(count)
        if is_readable:
            result.readable.setdefault(name, Count()).add(count)
        if count.right < max(count.said, count.true):
            result.misses.append(f"{sample.path.name}: {name} {count.right} of {count.true}, {count.said} said")
    if "work.entry" in counts:
        result.entries_by_kind.setdefault(sample.kind, Count()).add(counts["work.entry"])


def _document(sample: Sample, tesseract: Tesseract | None) -> Document | None:
    try:
        content = sample.path.read_bytes()
        return completed(content, read(content), tesseract)
    except Unreadable:
        return None


def _parsed(document: Document, result: Result) -> dict[str, Any]:
    profile = parse(document, today=TODAY)
    text = next((order.text for order in document.orders if order.name == profile.order), "")
    for found in profile.evidence(text).values():
        for span in found["spans"]:
            result.spans += 1
            result.wrong_spans += not span["text"].strip() or text[span["start"] : span["end"]] != span["text"]
    return profile.resume()
