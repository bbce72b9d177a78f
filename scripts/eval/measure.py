"""Parsing a set and counting what is right."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from impl.resumes.document import Unreadable
from impl.resumes.parsing import parse
from impl.resumes.reading import read
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
    entries_by_kind: dict[str, Count] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    spans: int = 0
    wrong_spans: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self) -> dict[str, float]:
        """F1 of each field."""
        return {name: round(count.f1, 4) for name, count in sorted(self.fields.items())}


def measure(samples: Iterable[Sample]) -> Result:
    """Parse every file of a set."""
    result = Result()
    for sample in samples:
        started = time.process_time()
        resume = _parsed(sample, result)
        result.milliseconds.append((time.process_time() - started) * 1000)
        result.files += 1
        counts = scored(sample.truth, resume)
        for name, count in counts.items():
            result.fields.setdefault(name, Count()).add(count)
            if count.right < max(count.said, count.true):
                result.misses.append(f"{sample.path.name}: {name} {count.right} of {count.true}, {count.said} said")
        if "work.entry" in counts:
            result.entries_by_kind.setdefault(sample.kind, Count()).add(counts["work.entry"])
    return result


def _parsed(sample: Sample, result: Result) -> dict[str, Any]:
    try:
        document = read(sample.path)
    except Unreadable:
        return EMPTY
    profile = parse(document, today=TODAY)
    text = next((order.text for order in document.orders if order.name == profile.order), "")
    for found in profile.evidence(text).values():
        for span in found["spans"]:
            result.spans += 1
            result.wrong_spans += not span["text"].strip() or text[span["start"] : span["end"]] != span["text"]
    return profile.resume()
