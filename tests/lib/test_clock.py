"""The one clock, and its replacements."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from impl.lib import clock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_is_aware_utc_and_moves_on() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_frozen_stands_until_moved_in_every_thread_and_runs_again_afterwards() -> None:
    seen: list[datetime] = []
    with clock.frozen(NOON) as hands:
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
        assert seen == [NOON]
        assert clock.now() == NOON
        hands.advance(timedelta(hours=-3))
        assert clock.now() == NOON - timedelta(hours=3)
        hands.set(NOON)
        assert clock.now() == NOON
    assert clock.now() > NOON


def test_ticking_gives_distinct_repeatable_times() -> None:
    def three() -> list[datetime]:
        with clock.ticking(NOON, timedelta(seconds=1)):
            return [clock.now() for _ in range(3)]

    assert three() == three() == [NOON + timedelta(seconds=n) for n in range(3)]


def test_answers_utc_whatever_zone_it_was_set_in() -> None:
    with clock.frozen(NOON.astimezone(timezone(timedelta(hours=5)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_refuses_a_naive_start() -> None:
    with pytest.raises(ValueError, match="aware"):
        clock.Hands(NOON.replace(tzinfo=None))


def test_an_error_inside_puts_the_clock_back() -> None:
    with pytest.raises(KeyError), clock.frozen(NOON):
        raise KeyError
    assert clock.now() > NOON
