"""What must be reached, as ratios to the peers of the same run, and whether it was."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scripts.bench.measure import Results

OURS, BARE, NAIVE, JOINED, DJANGO = "ours", "bare", "naive", "joined", "django"
GET, LIST, CREATE = "get", "list", "create"

Direction = Literal["at least", "at most"]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table of goals. `measure` gives the value, or None when it was not measured in this run."""

    name: str
    direction: Direction
    must: float
    stretch: float
    form: str
    measure: Callable[[Results, dict[str, float]], float | None]

    def word(self, value: float) -> str:
        """`stretch`, `pass` or `FAIL`."""
        if self._reaches(value, self.stretch):
            return "stretch"
        return "pass" if self._reaches(value, self.must) else "FAIL"

    def _reaches(self, value: float, wanted: float) -> bool:
        return value >= wanted if self.direction == "at least" else value <= wanted


def _times(kind: str, peer: str) -> Callable[[Results, dict[str, float]], float | None]:
    """How many times less CPU than `peer`: the median of the rounds' ratios."""

    def measure(results: Results, _single: dict[str, float]) -> float | None:
        return statistics.median(results.ratios(OURS, peer, kind)) if results.windows.get((peer, kind)) else None

    return measure


def _tail(results: Results, _single: dict[str, float]) -> float | None:
    return statistics.median(window.p99_ms / window.p50_ms for window in results.windows[OURS, LIST])


def _single(name: str) -> Callable[[Results, dict[str, float]], float | None]:
    return lambda _results, single: single.get(name)


GOALS = (
    Goal("GET, times naive", "at least", 6, 9, "{:.1f} ×", _times(GET, NAIVE)),
    Goal("GET, share of bare", "at least", 0.45, 0.70, "{:.0%}", _times(GET, BARE)),
    Goal("GET, times Django", "at least", 8, 12, "{:.1f} ×", _times(GET, DJANGO)),
    Goal("LIST, times naive", "at least", 6, 8.5, "{:.1f} ×", _times(LIST, NAIVE)),
    Goal("LIST, share of bare", "at least", 0.65, 0.90, "{:.0%}", _times(LIST, BARE)),
    Goal("LIST, times Django", "at least", 11, 16, "{:.1f} ×", _times(LIST, DJANGO)),
    Goal("POST, times naive", "at least", 6, 9, "{:.1f} ×", _times(CREATE, NAIVE)),
    Goal("POST, share of bare", "at least", 0.45, 0.70, "{:.0%}", _times(CREATE, BARE)),
    Goal("POST, times Django", "at least", 8, 12, "{:.1f} ×", _times(CREATE, DJANGO)),
    Goal("LIST, p99 / p50 at 16 connections", "at most", 2.5, 1.7, "{:.2f}", _tail),
    Goal("the edge layer, µs", "at most", 80, 45, "{:.0f}", _single("edge_us")),
    Goal("deep page / first page", "at most", 1.5, 1.2, "{:.2f}", _single("deep_page")),
    Goal("/openapi.json, µs", "at most", 60, 60, "{:.0f}", _single("openapi_us")),
    Goal("import of the app, CPU s", "at most", 1.0, 0.8, "{:.2f}", _single("import_seconds")),
    Goal("import of the app, MB", "at most", 110, 85, "{:.0f}", _single("import_megabytes")),
)
