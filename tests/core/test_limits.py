"""Rate classes: what is beyond the quota is refused, or waits for its turn where the class has a queue."""

import asyncio

import pytest

from generated.contract import RateClass
from impl.core.limits import RateLimits
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
