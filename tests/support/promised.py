"""Which tests prove which promise, and how they went: written to `build/promises.json`, from which PROMISES.md is made."""

import json
from pathlib import Path
from typing import Any

import pytest

RESULTS = Path(__file__).parents[2] / "build" / "promises.json"
PROPERTY = "promise"
Results = dict[str, dict[str, dict[str, int]]]

_seen: Results = {}


def mark(items: list[pytest.Item]) -> None:
    """Give each test's promises to its report, which travels from a worker to the process that started it."""
    for item in items:
        for marker in item.iter_markers("promise"):
            item.user_properties.append((PROPERTY, marker.args[0]))


def count(report: pytest.TestReport) -> None:
    """Count one outcome: a test passed when its call did, and failed when any part of it did."""
    if report.when != "call" and report.passed:
        return
    test = report.nodeid.partition("[")[0]
    for name, value in report.user_properties:
        if name == PROPERTY:
            outcomes = _seen.setdefault(str(value), {}).setdefault(test, {})
            outcomes[report.outcome] = outcomes.get(report.outcome, 0) + 1


def save(config: pytest.Config) -> None:
    """Keep the outcomes of this run; tests that did not run keep their last one."""
    if not _seen or hasattr(config, "workerinput"):
        return
    kept: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for promise, tests in _seen.items():
        kept.setdefault(promise, {}).update(tests)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True))
