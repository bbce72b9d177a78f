"""Fuzz the whole contract against the running service.

    python -m scripts.fuzz [--deep] [--planted] [--twice]

Exit 0: no check failed and every operation has answered with success. Reports lie in build/: JUnit, HTML with a curl line
for each failure, what schemathesis wrote, the service's log, and each request that was sent.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from scripts.fuzz.outcomes import Outcomes
from scripts.fuzz.service import Result, Round, ServiceFailed, run

console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


def rounds(deep: bool) -> list[Round]:
    """Each on a fresh database, so that the links' rows are as the contract's examples say."""
    single, linked = (400, 400) if deep else (30, 40)
    return [
        Round("single", ("--phases", "examples,coverage,fuzzing", "--max-examples", str(single))),
        Round("linked", ("--phases", "stateful", "--max-examples", str(linked))),
    ]


def main(
    deep: Annotated[bool, typer.Option(help="Ten times as many examples.")] = False,
    planted: Annotated[
        bool, typer.Option(help="Prove the gate: plant each known defect and expect its check.")
    ] = False,
    twice: Annotated[bool, typer.Option(help="Prove that two runs send the same requests.")] = False,
) -> None:
    """Fuzz the whole contract against the running service."""
    try:
        if planted:
            from scripts.fuzz.planted import prove  # noqa: PLC0415 - it needs the tests, the others do not

            raise typer.Exit(prove(console))
        raise typer.Exit(_fuzz(rounds(deep), twice=twice))
    except ServiceFailed as error:
        console.print("[bold red]the service did not start[/]")
        console.print(str(error), markup=False)
        raise typer.Exit(2) from None


def _fuzz(turns: list[Round], *, twice: bool) -> int:
    results = [_run(turn) for turn in turns]
    same = not twice or [result.digest for result in results] == [_run(turn).digest for turn in turns]
    unanswered = _unanswered(turns)
    for result in results:
        console.print(
            f"{result.round.name:8} exit {result.exit_code}  {result.requests} requests in {result.seconds:.0f} s  "
            f"sha256 {result.digest[:16]}"
        )
    if unanswered:
        console.print(f"[bold red]never answered with success:[/] {', '.join(unanswered)}")
    if not same:
        console.print("[bold red]two runs sent different requests[/]")
    return int(bool(unanswered) or not same or any(result.exit_code for result in results))


def _run(turn: Round) -> Result:
    with tempfile.TemporaryDirectory(prefix="ats-fuzz-") as folder:
        return run(turn, Path(folder))


def _unanswered(turns: list[Round]) -> list[str]:
    seen = Outcomes()
    for turn in turns:
        if turn.outcomes.exists():
            seen.merge(json.loads(turn.outcomes.read_text()))
    return seen.unanswered()


if __name__ == "__main__":
    typer.run(main)
