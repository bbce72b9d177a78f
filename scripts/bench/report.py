"""The tables on the screen, and the same as JSON."""

import json
import os
import platform
import statistics
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.bench.goals import CREATE, GET, GOALS, LIST, OURS, Goal
from scripts.bench.measure import Results, Window

TITLES = {GET: "GET one", LIST: "LIST 50", CREATE: "POST"}
_STYLES = {"stretch": "green", "pass": "green", "FAIL": "bold red"}

Lines = list[tuple[Goal, float, str]]


def judged(results: Results, single: dict[str, float]) -> Lines:
    """Each goal that was measured, with its value and the word for it."""
    found = []
    for goal in GOALS:
        value = goal.measure(results, single)
        if value is not None:
            found.append((goal, value, goal.word(value)))
    return found


def show(console: Console, results: Results, lines: Lines, peaks: dict[str, int], sizes: dict[str, int]) -> None:
    """Print what each request costs everywhere, and how the goals stand."""
    console.print(_costs(results, peaks, sizes))
    console.print(_goals(lines))
    if results.noisy:
        console.print(
            f"[yellow]{results.noisy} windows had more than 10 % foreign CPU although they were repeated: "
            "run it on a quiet machine before you believe a small difference."
        )


def write(path: Path, results: Results, lines: Lines, facts: dict[str, Any]) -> None:
    """Everything that was measured, as JSON."""
    document = {
        "machine": {"python": sys.version.split()[0], "system": platform.platform(), "cores": os.cpu_count()},
        **facts,
        "repeated_windows": results.repeated,
        "noisy_windows": results.noisy,
        "medians": {f"{peer} {kind}": _medians(windows) for (peer, kind), windows in results.windows.items()},
        "ratios": _ratios(results),
        "goals": [
            {
                "name": goal.name,
                "value": value,
                "must": goal.must,
                "stretch": goal.stretch,
                "direction": goal.direction,
                "word": word,
            }
            for goal, value, word in lines
        ],
        "windows": {
            f"{peer} {kind}": [asdict(window) for window in windows]
            for (peer, kind), windows in results.windows.items()
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n")


def _costs(results: Results, peaks: dict[str, int], sizes: dict[str, int]) -> Table:
    table = Table(title="CPU per request, medians of the rounds", title_justify="left")
    for name in ("request", "server"):
        table.add_column(name)
    for name in ("server µs", "± spread", "PostgreSQL µs", "per second", "p50 ms", "p99 ms", "ours takes", "peak MB"):
        table.add_column(name, justify="right")
    for kind, title in TITLES.items():
        head = f"{title} ({sizes[kind] / 1024:.1f} KB)" if kind in sizes else title
        for peer, peak in peaks.items():
            table.add_row(head, peer, *_cells(results, peer, kind), f"{peak / 1e6:.0f}")
            head = ""
        table.add_section()
    return table


def _cells(results: Results, peer: str, kind: str) -> list[str]:
    def median(name: str) -> float:
        return results.median(peer, kind, name)

    ratios = results.ratios(OURS, peer, kind)
    share = 1 / statistics.median(ratios)
    takes = "" if peer == OURS else f"{share:.0%} ({1 / max(ratios):.0%}–{1 / min(ratios):.0%})"
    return [
        f"{median('server_us'):.0f}",
        f"{results.spread(peer, kind):.0%}",
        f"{median('postgres_us'):.0f}",
        f"{median('per_second'):.0f}",
        f"{median('p50_ms'):.1f}",
        f"{median('p99_ms'):.1f}",
        takes,
    ]


def _goals(lines: Lines) -> Table:
    table = Table(title="Goals", title_justify="left")
    for name in ("goal", "", "must", "stretch", "measured", "result"):
        table.add_column(name, justify="left" if name in {"goal", "", "result"} else "right")
    for goal, value, word in lines:
        cells = [goal.form.format(number) for number in (goal.must, goal.stretch, value)]
        table.add_row(goal.name, goal.direction, *cells, word, style=_STYLES[word] if word == "FAIL" else None)
    return table


def _medians(windows: list[Window]) -> dict[str, float]:
    return {name: statistics.median(getattr(window, name) for window in windows) for name in asdict(windows[0])}


def _ratios(results: Results) -> dict[str, list[float]]:
    """Round by round: how many times our CPU each peer takes."""
    return {
        f"{peer} {kind}": [round(ratio, 3) for ratio in results.ratios(OURS, peer, kind)]
        for peer, kind in results.windows
        if peer != OURS
    }
