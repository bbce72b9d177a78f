"""Rate classes: what is beyond the quota is refused, or waits for its turn where the class has a queue."""

import asyncio
from types import SimpleNamespace

import pytest
from limits.aio.storage import memory

from generated.contract import RateClass
from impl.core import limits as module
from impl.core.limits import Counters, RateLimits
from impl.core.problems import TooManyRequests

CLASSES = {
    "plain": RateClass(name="plain", limit=2, window_seconds=60),
    "queued": RateClass(name="queued", limit=2, window_seconds=60, queue_seconds=60),
}


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long every call was made to wait."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return waited


async def test_a_plain_class_refuses_at_once(waits: list[float]) -> None:
    limits = RateLimits(CLASSES)
    assert [(await limits.take("plain", "a")).remaining for _ in range(2)] == [1, 0]
    with pytest.raises(TooManyRequests):
        await limits.take("plain", "a")
    assert waits == []


async def test_a_queue_keeps_the_pace_of_the_quota(waits: list[float]) -> None:
    limits = RateLimits(CLASSES)
    for _ in range(4):
        await limits.take("queued", "a")
    assert waits == [30.0, 60.0]
    with pytest.raises(TooManyRequests):
        await limits.take("queued", "a")
    await limits.take("queued", "b")
    assert waits == [30.0, 60.0], "each caller has a queue of its own"


async def test_a_window_that_is_over_is_counted_anew_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=1000.0)
    for place in (module, memory):
        monkeypatch.setattr(place, "time", SimpleNamespace(time=lambda: clock.now))
    counters = Counters()

    assert [await counters.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    clock.now += 0.5
    assert await counters.incr("b", 2) == 1
    clock.now += 2.5
    assert await counters.incr("a", 60) == 4
    await asyncio.sleep(0)
    assert set(counters.storage) == {"a"}, "the window of b is over"
    clock.now += 57.5
    assert [await counters.incr("a", 60), await counters.get_expiry("a")] == [1, clock.now + 60]
