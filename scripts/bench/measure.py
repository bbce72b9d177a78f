"""Windows and rounds: what one request costs, and how sure that is."""

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from scripts.bench import load, procfs
from scripts.bench.load import Target

FOREIGN_MAX = 0.10
QUIET_TRIES = 3
WARM_UP_SECONDS = 1.0
WARM_UP_WINDOWS = 6
WARM_UP_AGREEMENT = 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int = 5
    seconds: float = 2.0
    connections: int = 16
    # Nothing new is repeated or warmed up further after this many seconds: a busy machine must not make the run endless.
    patience_seconds: float = 240.0


@dataclass(frozen=True, slots=True)
class Machine:
    """Whose CPU time counts, and where everybody runs. No cores: nobody is pinned."""

    postgres: int
    server_cores: frozenset[int]
    other_cores: frozenset[int]

    @property
    def cores(self) -> frozenset[int]:
        return self.server_cores | self.other_cores


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of request to one server. `requests` never ends."""

    peer: str
    kind: str
    server: int
    target: Target
    status: int
    requests: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Window:
    """What was seen in one window. CPU in microseconds per request, latencies in milliseconds, foreign CPU as a share of the cores."""

    server_us: float
    postgres_us: float
    p50_ms: float
    p99_ms: float
    per_second: float
    foreign: float
    count: int

    @property
    def is_quiet(self) -> bool:
        return self.foreign <= FOREIGN_MAX


@dataclass(slots=True)
class Results:
    """All windows by peer and kind, one per round."""

    windows: dict[tuple[str, str], list[Window]] = field(default_factory=lambda: defaultdict(list))
    repeated: int = 0
    noisy: int = 0

    def median(self, peer: str, kind: str, name: str = "server_us") -> float:
        """The median over the rounds of one field of the windows."""
        values: list[float] = [getattr(window, name) for window in self.windows[peer, kind]]
        return statistics.median(values)

    def spread(self, peer: str, kind: str) -> float:
        """(highest - lowest) / median of the server's CPU."""
        values = [window.server_us for window in self.windows[peer, kind]]
        return (max(values) - min(values)) / statistics.median(values)

    def ratios(self, peer: str, other: str, kind: str) -> list[float]:
        """How many times the CPU of `peer` the requests cost at `other`, round by round."""
        pairs = zip(self.windows[peer, kind], self.windows[other, kind], strict=True)
        return [theirs.server_us / ours.server_us for ours, theirs in pairs]


class Bench:
    """Measures subjects on one machine."""

    def __init__(self, machine: Machine, plan: Plan, say: Callable[[str], None]) -> None:
        """`say` is told what begins: once for each warm-up and each measured window."""
        self._machine = machine
        self._plan = plan
        self._say = say
        self._patience_ends = time.monotonic() + plan.patience_seconds
        self.results = Results()

    def warm_up(self, subject: Subject) -> None:
        """Load a server until two windows in a row agree."""
        self._say(f"warming up {subject.peer} {subject.kind}")
        before = self._window(subject, WARM_UP_SECONDS)
        for _ in range(WARM_UP_WINDOWS):
            window = self._window(subject, WARM_UP_SECONDS)
            if abs(window.server_us / before.server_us - 1) <= WARM_UP_AGREEMENT or self._is_late():
                return
            before = window

    def round(self, number: int, subjects: Sequence[Subject]) -> None:
        """Measure every subject once, in an order of chance."""
        shuffled = random.Random(number).sample(subjects, len(subjects))  # noqa: S311  # an order, not a secret
        for subject in shuffled:
            self._say(f"round {number}: {subject.peer} {subject.kind}")
            self.results.windows[subject.peer, subject.kind].append(self._quiet_window(subject))

    def _quiet_window(self, subject: Subject) -> Window:
        """A window in which nobody else worked, or the quietest of a few."""
        window = self._window(subject, self._plan.seconds)
        for _ in range(QUIET_TRIES - 1):
            if window.is_quiet or self._is_late():
                break
            self.results.repeated += 1
            window = min(window, self._window(subject, self._plan.seconds), key=lambda seen: seen.foreign)
        self.results.noisy += not window.is_quiet
        return window

    def _window(self, subject: Subject, seconds: float) -> Window:
        machine = self._machine
        begun: list[tuple[float, procfs.Snapshot]] = []

        def snapshot() -> procfs.Snapshot:
            return procfs.snapshot(subject.server, machine.postgres, cores=machine.cores)

        served = load.drive(
            subject.target,
            subject.requests,
            status=subject.status,
            pace=load.Pace(self._plan.connections, seconds),
            on_start=lambda: begun.append((time.perf_counter(), snapshot())),
        )
        started, before = begun[0]
        used = snapshot().since(before)
        elapsed = time.perf_counter() - started
        return Window(
            server_us=used.server / served.count * 1e6,
            postgres_us=used.postgres / served.count * 1e6,
            p50_ms=served.quantile(0.5) * 1e3,
            p99_ms=served.quantile(0.99) * 1e3,
            per_second=served.count / served.seconds,
            foreign=used.foreign / (elapsed * max(1, len(machine.cores))),
            count=served.count,
        )

    def _is_late(self) -> bool:
        return time.monotonic() > self._patience_ends
