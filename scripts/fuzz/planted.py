"""Prove that the gate is strong: plant each defect of `tests.contract.planted` alone and expect the check that must find it."""

import importlib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from scripts.fuzz.service import OUTPUT, Round, run

REPORT: Final = OUTPUT / "fuzz-planted.md"


@dataclass(frozen=True)
class Verdict:
    """What the gate said to one defect."""

    name: str
    what: str
    expected: frozenset[str]
    failed: frozenset[str]
    seconds: float

    @property
    def is_found(self) -> bool:
        """One of the checks that are there for it has failed."""
        return bool(self.expected & self.failed)


def prove(console: Console, names: list[str] | None = None) -> int:
    """Run every defect (or those named); 0 when each was found by a check that is there for it."""
    defects: Mapping[str, Any] = importlib.import_module("tests.contract.planted").DEFECTS
    verdicts = []
    for name in names or defects:
        verdicts.append(judge(name, defects[name]))
        found = "[green]found[/]" if verdicts[-1].is_found else "[bold red]NOT FOUND[/]"
        console.print(f"{name:26} {found} by {', '.join(sorted(verdicts[-1].failed))} ({verdicts[-1].seconds:.0f} s)")
    _write(verdicts)
    console.print(_table(verdicts))
    return int(not all(verdict.is_found for verdict in verdicts))


def judge(name: str, defect: Any) -> Verdict:
    """Run the part of the gate that meets the defect against a service that has it."""
    started = time.monotonic()
    turn = Round(f"planted-{name}", (defect.arguments,), name)
    with tempfile.TemporaryDirectory(prefix="ats-fuzz-") as folder:
        result = run(turn, Path(folder), quiet=True)
    failed = frozenset(result.outcomes.failures) if result.exit_code else frozenset[str]()
    return Verdict(name, defect.what, defect.checks, failed, time.monotonic() - started)


def _write(verdicts: list[Verdict]) -> None:
    lines = [
        "| Defect | What is planted | Check that must fail | Checks that failed | Found |",
        "|---|---|---|---|---|",
    ]
    for verdict in verdicts:
        expected, failed = (
            ", ".join(f"`{name}`" for name in sorted(names)) for names in (verdict.expected, verdict.failed)
        )
        found = "yes" if verdict.is_found else "**no**"
        lines.append(f"| `{verdict.name}` | {verdict.what} | {expected} | {failed} | {found} |")
    REPORT.write_text("\n".join(lines) + "\n")


def _table(verdicts: list[Verdict]) -> Table:
    table = Table("defect", "expected", "failed", "found")
    for verdict in verdicts:
        expected, failed = (", ".join(sorted(names)) for names in (verdict.expected, verdict.failed))
        table.add_row(verdict.name, expected, failed, "yes" if verdict.is_found else "NO")
    return table
