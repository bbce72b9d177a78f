"""Measure the reading of resumes beside the plain libraries, and write build/bench-resumes.json."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from scripts.bench.resumes.measured import Measured
from scripts.bench.resumes.subjects import EVERY, INSTALLABLE, OURS, SUBJECTS, is_there
from scripts.eval.samples.__main__ import DATA

OUTPUT, PEERS = Path("build/bench-resumes.json"), Path("build/resume-peers")
ALL = "all"
Results = dict[tuple[str, str], list[Measured]]  # by kind of file and subject: a round each

console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


def main(
    data: Annotated[list[Path] | None, typer.Option(help="A folder of resumes; default: the shipped ones.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds, each measuring every subject once.")] = 3,
    seconds: Annotated[float, typer.Option(min=0.0, help="How long at least each is measured in a round.")] = 1.0,
    install: Annotated[bool, typer.Option("--install", help=f"Put {', '.join(INSTALLABLE)} into {PEERS}.")] = False,
) -> None:
    """Measure everybody on the same files, side by side."""
    if install:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(PEERS), *INSTALLABLE]
        subprocess.run(command, check=True)
    if PEERS.is_dir():
        sys.path.append(str(PEERS))
    kinds = _kinds(data or [DATA])
    jobs = [
        (kind, name)
        for kind, paths in kinds.items()
        for name, (_, suffixes, _) in SUBJECTS.items()
        if is_there(name) and {path.suffix for path in paths} <= set(suffixes)
    ]
    results: Results = {}
    for kind, name in track(jobs * rounds, "Reading", console=console):
        results.setdefault((kind, name), []).append(_measured(name, kinds[kind], seconds))
    console.print(_table(kinds, results))
    _write(kinds, results)
    console.print(f"everything in {OUTPUT}")


def _kinds(folders: list[Path]) -> Mapping[str, list[Path]]:
    """The files by their kind, and all of them."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in EVERY)
    if not paths:
        raise typer.BadParameter("there is no resume in there")
    kinds = {suffix: [path for path in paths if path.suffix == suffix] for suffix in EVERY}
    return {ALL: paths, **{suffix: found for suffix, found in kinds.items() if found}}


def _measured(name: str, paths: list[Path], seconds: float) -> Measured:
    core = max(os.sched_getaffinity(0))
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.resumes.measured", name, str(seconds), *map(str, paths)],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), str(PEERS.absolute())])},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    return Measured(**json.loads(done.stdout))


def _cpu_ms(measured: list[Measured]) -> float:
    return statistics.median(1000 * each.cpu_seconds / each.files for each in measured)


def _table(kinds: Mapping[str, list[Path]], results: Results) -> Table:
    table = Table(title="Reading resumes: processor time, medians of the rounds", title_justify="left")
    for name in ("files", "subject"):
        table.add_column(name)
    for name in ("per second and core", "CPU ms a file", "to ours", "peak MB", "characters", "failed"):
        table.add_column(name, justify="right")
    for kind, paths in kinds.items():
        head = f"{kind} ({len(paths)})"
        for (measured_kind, name), measured in results.items():
            if measured_kind == kind:
                table.add_row(head, name, *_cells(measured, results[kind, OURS]))
                head = ""
        table.add_section()
    return table


def _cells(measured: list[Measured], ours: list[Measured]) -> list[str]:
    return [
        f"{1000 / max(_cpu_ms(measured), 0.01):.0f}",
        f"{_cpu_ms(measured):.1f}",
        f"{_cpu_ms(measured) / max(_cpu_ms(ours), 0.01):.0%}",
        f"{max(each.peak_bytes for each in measured) / 1e6:.0f}",
        f"{measured[0].characters}",
        f"{measured[0].failed or ''}",
    ]


def _write(kinds: Mapping[str, list[Path]], results: Results) -> None:
    OUTPUT.parent.mkdir(exist_ok=True)
    document = {
        "files": {kind: len(paths) for kind, paths in kinds.items()},
        "rounds": {f"{kind} {name}": [asdict(each) for each in measured] for (kind, name), measured in results.items()},
    }
    OUTPUT.write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    typer.run(main)
