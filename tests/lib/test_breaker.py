"""The circuit breaker alone."""

import asyncio

import pytest

from impl.lib.breaker import Breaker, CircuitOpen


class Hand:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def fail(breaker: Breaker, error: BaseException | None = None) -> None:
    with pytest.raises(type(error or ValueError())), breaker.attempt(lambda error: isinstance(error, ValueError)):
        raise error or ValueError


def state_of(breaker: Breaker) -> str:
    return breaker.state


def succeed(breaker: Breaker) -> None:
    with breaker.attempt(lambda error: True):
        pass


def test_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(failures_max=3, now=Hand())
    for _ in range(2):
        fail(breaker)
    succeed(breaker)
    for _ in range(2):
        fail(breaker)
    assert state_of(breaker) == "closed"
    fail(breaker)
    assert state_of(breaker) == "open"
    with pytest.raises(CircuitOpen):
        succeed(breaker)


def test_one_try_at_a_time_decides_after_the_pause() -> None:
    hand = Hand()
    breaker = Breaker(failures_max=1, open_seconds=10, now=hand)
    fail(breaker)
    hand.at = 10
    with breaker.attempt(lambda error: True):
        assert state_of(breaker) == "open"
        with pytest.raises(CircuitOpen):
            succeed(breaker)
    assert state_of(breaker) == "closed"


def test_a_cancelled_probe_lets_the_next_one_through() -> None:
    hand = Hand()
    breaker = Breaker(failures_max=1, open_seconds=10, now=hand)
    fail(breaker)
    hand.at = 10
    fail(breaker, asyncio.CancelledError())
    assert state_of(breaker) == "half_open"
    succeed(breaker)
    assert state_of(breaker) == "closed"


def test_an_answer_that_is_no_failure_shows_that_the_other_side_lives() -> None:
    breaker = Breaker(failures_max=2, now=Hand())
    fail(breaker)
    fail(breaker, KeyError())
    fail(breaker)
    assert state_of(breaker) == "closed"


def test_a_late_failure_does_not_lengthen_the_pause() -> None:
    hand = Hand()
    breaker = Breaker(failures_max=1, open_seconds=10, now=hand)
    late = breaker.attempt(lambda error: True)
    late.__enter__()
    fail(breaker)
    hand.at = 9
    assert late.__exit__(ValueError, ValueError(), None) is False
    hand.at = 10
    assert state_of(breaker) == "half_open"
