"""Measure screening: CPU milliseconds of blinding and of scoring one resume, for short and long ones. Reported, never asserted.

`python -m scripts.bench.screening`
"""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from rich.console import Console
from rich.table import Table

from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse
from impl.screening import Rubric, blinded, score

AS_OF = date(2026, 11, 26)
TIMES = 20
HEAD = "Nadia Verbruggen\nPlatform Engineer\nGhent, Belgium | +32 470 12 34 56 | nadia@example.org\n\nExperience\n"
POSITION = (
    "Platform Engineer, Company {0} BV\n03/{1} - 02/{2}\n"
    + "- Ran Kubernetes, wrote Python and Go, owned PostgreSQL\n" * 6
)
TAIL = "\nEducation\nMaster of Science in Informatics, Ghent University, 2009\n\nSkills\nPython, Go, Kubernetes, Terraform\n\nLanguages\nDutch (native), English (C1)\n"
KINDS: list[dict[str, Any]] = [
    *({"kind": "skill", "name": name} for name in ("Python", "Kubernetes", "Terraform", "Rust", "C", "machine learning")),
    *({"kind": "years", "minimum_years": 5, "within": within, "terms": terms} for within, terms in (("any", []), ("skill", ["Python"]))),
    {"kind": "education", "minimum_degree": "bachelor", "fields": ["informatics"]},
    {"kind": "language", "language": "en", "minimum_level": "B2"},
    {"kind": "predicate", "pointer": "/work/*/position", "operator": "contains", "text": "engineer"},
]  # fmt: skip
CRITERIA = [each | {"key": f"k{index}", "importance": "required", "weight": 1} for index, each in enumerate(KINDS)]


def main() -> None:
    table = Table("positions", "characters", "blinding, ms-cpu", "scoring, ms-cpu", "score")
    rubric = Rubric.of(CRITERIA)
    for count in (2, 8, 30, 100):
        work = "".join(POSITION.format(index, 1990 + index % 30, 1991 + index % 30) for index in range(count))
        text = normalized(HEAD + work + TAIL)
        profile = parse(Document("text/plain", (Text("plain", text),)), today=AS_OF)
        resume, evidence = profile.resume(), profile.evidence(text)
        reading = blinded(resume, evidence, text)
        blinding = _milliseconds(partial(blinded, resume, evidence, text))
        scoring = _milliseconds(partial(score, rubric, reading, as_of=AS_OF))
        result = score(rubric, reading, as_of=AS_OF)
        table.add_row(str(count), str(len(text)), f"{blinding:.2f}", f"{scoring:.2f}", str(result.score))
    Console().print(table)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    for _ in range(TIMES):
        work()
    return (time.process_time() - started) / TIMES * 1000


if __name__ == "__main__":
    main()
