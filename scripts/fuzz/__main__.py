"""Fuzz the whole contract against the running service.

    python -m scripts.fuzz [--deep] [--twice] | --planted [--only DEFECT]

Exit 0: no check failed and every operation has answered with success. Reports lie in build/: JUnit, HTML with a curl line
for each failure, what schemathesis wrote, the service's log, and each request that was sent.
"""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from scripts.fuzz.outcomes import Outcomes
from scripts.fuzz.planted import prove
from scripts.fuzz.service import Result, Round, ServiceFailed, run

console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


def rounds(deep: bool) -> list[Round]:
    """What the gate consists of. Hypothesis gives a stateful run up as soon as the service's state makes a draw repeat itself
    differently, which is always soon: several seeds make up for it."""
    examples, seeds = (300, 60) if deep else (20, 6)
    linked = tuple(("--phases", "stateful", "--seed", str(seed)) for seed in range(1, seeds + 1))
    single = ("--phases", "examples,coverage,fuzzing", "--max-examples", str(examples))
    return [Round("single", (single,)), Round("linked", linked)]


def main(
    deep: Annotated[bool, typer.Option(help="Ten times as much.")] = False,
    planted: Annotated[
        bool, typer.Option(help="Prove the gate: plant each known defect and expect its check.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(help="With --planted: this defect alone; may be repeated.")] = None,
    twice: Annotated[bool, typer.Option(help="Prove that two runs send the same requests.")] = False,
) -> None:
    """Fuzz the whole contract against the running service."""
    try:
        raise typer.Exit(prove(console, only) if planted else _fuzz(rounds(deep), twice=twice))
    except ServiceFailed as error:
        console.print("[bold red]the service did not start[/]")
        console.print(str(error), markup=False)
        raise typer.Exit(2) from None


def _fuzz(turns: list[Round], *, twice: bool) -> int:
    results = [_run(turn) for turn in turns]
    same = not twice or [result.digest for result in results] == [_run(turn).digest for turn in turns]
    seen = Outcomes()
    for turn in turns:
        for number in range(1, len(turn.runs) + 1):
            seen.read(turn.outcomes(number))
    for result in results:
        verdict = "[green]passed[/]" if result.exit_code == 0 else "[bold red]FAILED[/]"
        console.print(
            f"{result.round.name}: {verdict}, {result.requests} requests in {result.seconds:.0f} s, "
            f"sha256 of the requests {result.digest}"
        )
    if seen.unanswered():
        console.print(f"[bold red]never answered with success:[/] {', '.join(seen.unanswered())}")
    if twice:
        console.print("two runs sent the same requests" if same else "[bold red]two runs sent different requests[/]")
    return int(bool(seen.unanswered()) or not same or any(result.exit_code for result in results))


def _run(turn: Round) -> Result:
    with tempfile.TemporaryDirectory(prefix="ats-fuzz-") as folder:
        return run(turn, Path(folder))


if __name__ == "__main__":
    typer.run(main)
