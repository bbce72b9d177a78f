"""Fuzz the readers of files, led by what of their code an input reaches.

    make fuzz-files, or python -m scripts.fuzz_files [--minutes M] [--only FORMAT] [--more DIR] | --again FILE

Each format has a process of its own with limits of time and memory, a part of the minutes, and a folder in build/fuzz-files that
keeps the inputs that reached something new for the next run. Exit 1 when anything but `Unreadable` was raised or the process died;
what took too long or too much memory is told and kept, but the sandbox is there for that. `--again` reads one input outside the
fuzzer.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from scripts.fuzz_files.seeds import FORMATS, seeds_of

OUTPUT = Path("build/fuzz-files")
SECONDS, MEGABYTES, LONGEST = 15, 1024, 262_144  # for one input
MOST_FINDINGS = 5  # of a format
_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_COUNT = re.compile(r"^stat::number_of_executed_units: *(\d+)", re.MULTILINE)
_LIMITED = ("timeout-", "oom-", "slow-unit-")
_FLAGS = (
    f"-timeout={SECONDS}",
    f"-rss_limit_mb={MEGABYTES}",
    f"-max_len={LONGEST}",
    "-report_slow_units=60",
    "-print_final_stats=1",
)

console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of a format: how many inputs were read, and which were kept because something was wrong."""

    kind: str
    inputs: int
    found: tuple[Path, ...]

    @property
    def crashes(self) -> list[Path]:
        return [path for path in self.found if not path.name.startswith(_LIMITED)]


def main(
    minutes: Annotated[float, typer.Option(min=0.1, help="For all formats together.")] = 5.0,
    jobs: Annotated[int, typer.Option(min=1, help="How many formats at once; default: one for each core.")] = _CORES,
    only: Annotated[list[str] | None, typer.Option(help="This format alone; may be repeated.")] = None,
    more: Annotated[list[Path] | None, typer.Option(help="A folder with more files to begin with.")] = None,
    again: Annotated[Path | None, typer.Option(help="Read this one input, and nothing else.")] = None,
) -> None:
    """Fuzz the readers of files."""
    if again is not None:
        _read(again)
        return
    if find_spec("atheris") is None:
        console.print("atheris is not installed: make fuzz-files installs it (on Linux)")
        raise typer.Exit(2)
    kinds = only or list(FORMATS)
    if unknown := set(kinds) - set(FORMATS):
        raise typer.BadParameter(f"no such format: {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    seconds = minutes * 60 * min(jobs, len(kinds)) / len(kinds)
    with ThreadPoolExecutor(jobs) as threads:
        results = list(threads.map(lambda kind: _fuzzed(kind, seconds, more or []), kinds))
    raise typer.Exit(1 if any(each.crashes for each in results) else 0)


def _read(path: Path) -> None:
    from datetime import date  # noqa: PLC0415 - only here

    from impl.resumes.document import Unreadable  # noqa: PLC0415 - else only the target imports the readers
    from impl.resumes.understanding import understand  # noqa: PLC0415 - as above

    try:
        understood = understand(path.read_bytes(), today=date(2026, 11, 1)).understood
    except Unreadable as refusal:
        console.print(f"refused: {refusal.code}", markup=False)
    else:
        console.print(f"read: {len(understood.text)} characters", markup=False)


def _fuzzed(kind: str, seconds: float, more: Sequence[Path]) -> Fuzzed:
    folder = OUTPUT / kind
    corpus = _corpus(folder, kind, more)
    before = set(_kept(folder))
    for log in folder.glob("*.log"):
        log.unlink()
    until, inputs, turn = time.monotonic() + seconds, 0, 0
    while (left := until - time.monotonic()) > 1 and len(set(_kept(folder)) - before) < MOST_FINDINGS:
        turn += 1
        inputs += _run(folder, corpus, int(left), turn)
    result = Fuzzed(kind, inputs, tuple(sorted(set(_kept(folder)) - before)))
    console.print(f"{kind}: {inputs} inputs, {len(list(corpus.iterdir()))} kept, {len(result.crashes)} failures")
    for path in result.found:
        console.print(f"  {path}", markup=False)
    for path in result.crashes[:1]:
        console.print(_said(folder, path), markup=False)
    return result


def _corpus(folder: Path, kind: str, more: Sequence[Path]) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for content in seeds_of(kind, more):
        (corpus / hashlib.sha256(content).hexdigest()[:40]).write_bytes(content)
    return corpus


def _kept(folder: Path) -> list[Path]:
    """The inputs with which something was wrong."""
    return [path for path in folder.iterdir() if path.is_file() and path.suffix != ".log"]


def _run(folder: Path, corpus: Path, seconds: int, turn: int) -> int:
    """Let atheris run until the time is over or something is wrong; how many inputs were read."""
    flags = (*_FLAGS, f"-max_total_time={seconds}", f"-seed={turn}", f"-artifact_prefix={folder}/", str(corpus))
    log = folder / f"run-{turn}.log"
    with log.open("w") as file:
        command = [sys.executable, "-m", "scripts.fuzz_files.target", *flags]
        subprocess.run(command, check=False, stdout=file, stderr=file, env=os.environ | {"PYTHONHASHSEED": "0"})
    said = log.read_text(errors="replace")
    counts = _COUNT.findall(said)
    if not counts and "Test unit written to" not in said:
        raise RuntimeError(said[-3000:])
    return int(counts[-1]) if counts else 0


def _said(folder: Path, path: Path) -> str:
    """What the run that kept an input said of it."""
    logs = [log.read_text(errors="replace") for log in sorted(folder.glob("run-*.log"))]
    text = next((each for each in logs if path.name in each), "")
    start = text.find(" === Uncaught Python exception")
    return text[start:][:3000] if start >= 0 else text[-3000:]


if __name__ == "__main__":
    typer.run(main)
