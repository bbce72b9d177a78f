"""A circuit breaker: after several failures in a row nothing is tried for a while, then one try decides.

Its state is this process's own. It knows no event loop; what it guards may be asynchronous. (The published breakers for asyncio let every
caller through once the pause is over, count a cancellation as a failure, or take no clock.)
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

State = Literal["closed", "open", "half_open"]


class CircuitOpen(Exception):
    """Nothing is tried just now."""


class Breaker:
    """Opens after `failures_max` failures in a row for `open_seconds`; then lets one through, whose end opens or closes it."""

    def __init__(
        self, *, failures_max: int = 5, open_seconds: float = 60.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._failures_max = failures_max
        self._open_seconds = open_seconds
        self._now = now
        self._failures = 0
        self._opened_at: float | None = None
        self._is_probing = False

    @property
    def state(self) -> State:
        """What the next attempt meets."""
        if self._opened_at is None:
            return "closed"
        return "open" if self._is_probing or self._now() - self._opened_at < self._open_seconds else "half_open"

    @contextmanager
    def attempt(self, is_failure: Callable[[Exception], bool]) -> Iterator[None]:
        """Around one try. Raises CircuitOpen instead of trying; an exception that `is_failure` denies shows that the other side lives,
        and a cancellation shows nothing."""
        state = self.state
        if state == "open":
            raise CircuitOpen
        is_probe = self._is_probing = state == "half_open"
        try:
            yield
        except Exception as error:
            self._ended(is_probe, has_failed=is_failure(error))
            raise
        except BaseException:
            self._is_probing = self._is_probing and not is_probe
            raise
        self._ended(is_probe, has_failed=False)

    def _ended(self, is_probe: bool, *, has_failed: bool) -> None:
        if is_probe:
            self._is_probing = False
            self._opened_at = self._now() if has_failed else None
            self._failures = 0
        elif self._opened_at is None:
            self._failures = self._failures + 1 if has_failed else 0
            if self._failures >= self._failures_max:
                self._opened_at = self._now()
