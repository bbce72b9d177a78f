"""Precision, recall and F1 of the parser of resumes, field by field, beside its goals.

    python -m scripts.eval [--data DIR] [--ocr auto|off] [--misses] [--write-baseline]

The shipped sets are always measured. Pages that are pictures are recognised where tesseract is installed; where it is not, the
files that are nothing else are counted as missed and, beside that, left out. `--data` (or ATS_EVAL_DATA) names a folder with another set: its files, and what is
true of them as a MANIFEST.tsv or as NAME.truth.json. Exit 1: a field of a shipped set is worse than its baseline.
"""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from impl.resumes.ocr import found
from scripts.eval.measure import Result, measure
from scripts.eval.samples.__main__ import DATA
from scripts.eval.scoring import Count
from scripts.eval.sets import samples

BASELINE = DATA.parent / "baseline.json"
SHIPPED = {"people": DATA, "families": DATA.parent / "families"}  # one layout each for many people; many layouts
DEFAULT_DATA = Path("../shared/data/resumes")

GOALS = {
    "name": 0.97, "emails": 0.99, "phones": 0.98, "links": 0.95, "work.entry": 0.93, "work.start": 0.95, "work.end": 0.95,
    "education.entry": 0.90, "skills": 0.97, "languages": 0.98,
}  # fmt: skip
MOST_MILLISECONDS = 150

console = Console(highlight=False, width=120)


def main(
    data: Annotated[Path, typer.Option(envvar="ATS_EVAL_DATA", help="A folder with another set.")] = DEFAULT_DATA,
    ocr: Annotated[Literal["auto", "off"], typer.Option(help="Recognise pages that are pictures.")] = "auto",
    misses: Annotated[bool, typer.Option(help="List what was missed in which file.")] = False,
    write_baseline: Annotated[bool, typer.Option(help="Take what the shipped set reaches as the baseline.")] = False,
) -> None:
    """Measure, print, compare."""
    if data.is_dir():
        tesseract = found() if ocr == "auto" else None
        _show(f"{data.name}/", measure(samples(data), tesseract), misses)
    else:
        console.print(f"No folder {data}: only the shipped sets are measured.")
    shipped = {name: measure(samples(folder)) for name, folder in SHIPPED.items()}
    for name, result in shipped.items():
        _show(f"the shipped {name}", result, misses)
    if write_baseline:
        reached = {name: result.f1() for name, result in shipped.items()}
        BASELINE.write_text(json.dumps(reached, indent=2) + "\n", encoding="utf-8")
    worse = [line for name, result in shipped.items() for line in worsened(name, result)]
    for line in worse:
        console.print(f"[red]{line}[/]")
    raise typer.Exit(1 if worse else 0)


def worsened(name: str, result: Result) -> list[str]:
    """The fields of a shipped set that are worse than its baseline says."""
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    now = result.f1()
    return [f"{field}: {now.get(field, 0.0)} was {was}" for field, was in baseline.items() if now.get(field, 0.0) < was]


def _show(title: str, result: Result, misses: bool) -> None:
    apart = ("F1 without those", "") if result.needs_ocr else ()
    headings = ("field", "precision", "recall", "F1", "right", "said", "true", "goal", "", *apart)
    table = Table(*headings, title=f"{title}: {result.files} files")
    for name, count in sorted(result.fields.items()):
        numbers = (f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}")
        counted = (str(count.right), str(count.said), str(count.true))
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        rest = result.readable.get(name, count)
        others = (f"{rest.f1:.3f}", _mark(name, rest)) if apart else ()
        table.add_row(name, *numbers, *counted, goal, _mark(name, count), *others)
    if result.needs_ocr:
        console.print(f"needs_ocr, as tesseract is off or not there: {', '.join(result.needs_ocr)}")
    if result.recognized:
        console.print(f"recognised by tesseract: {', '.join(result.recognized)}")
    console.print(table)
    _show_rest(result, misses)


def _mark(name: str, count: Count) -> str:
    goal = GOALS.get(name)
    return "" if goal is None else "reached" if count.f1 >= goal else "missed"


def _show_rest(result: Result, misses: bool) -> None:
    kinds = ", ".join(f"{kind} {count.f1:.2f}" for kind, count in sorted(result.entries_by_kind.items()))
    console.print(f"work entries by format: {kinds}")
    console.print(f"evidence: {result.spans} spans, {result.wrong_spans} of them wrong (goal 0)")
    slow = sorted(result.milliseconds)[int(0.95 * (len(result.milliseconds) - 1))] if result.milliseconds else 0.0
    console.print(f"CPU of a file, 95th percentile: {slow:.0f} ms (goal {MOST_MILLISECONDS} ms)\n")
    for line in result.misses if misses else ():
        console.print(f"  {line}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
