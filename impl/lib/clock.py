"""The one clock: nothing else in the service asks the operating system for the time of day.

Tests replace it with `use`, `frozen` or `ticking`. A replacement holds for the whole process, so that a server
running in another thread sees it too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


@contextmanager
def use(source: Source) -> Iterator[None]:
    """Let `now()` answer what `source` returns (aware datetimes in UTC) until the block ends."""
    global _source  # noqa: PLW0603 - one clock for the process, threads included, is the point
    previous, _source = _source, source
    try:
        yield
    finally:
        _source = previous


class Hands:
    """A clock moved by hand; every reading moves it on by `step`."""

    def __init__(self, at: datetime, step: timedelta = timedelta()) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._at = at.astimezone(UTC)
        self._step = step
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            at = self._at
            self._at += self._step
            return at

    def advance(self, by: timedelta) -> None:
        """Move the clock by `by`, which may be negative."""
        with self._lock:
            self._at += by

    def set(self, at: datetime) -> None:
        """Move the clock to `at`, an aware datetime."""
        with self._lock:
            self._at = at.astimezone(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[Hands]:
    """Stop the clock at `at` (aware); the `Hands` that are yielded move it."""
    hands = Hands(at)
    with use(hands):
        yield hands


@contextmanager
def ticking(start: datetime, step: timedelta = timedelta(milliseconds=1)) -> Iterator[Hands]:
    """Start the clock at `start` (aware) and let every reading move it on by `step`: distinct, repeatable times."""
    hands = Hands(start, step)
    with use(hands):
        yield hands
