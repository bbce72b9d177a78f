"""How often an actor may call: fixed windows per rate class, told in every answer by the `RateLimit` fields."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, Storage
from limits.storage import storage_from_string

from generated.contract import RateClass
from impl.core.problems import TooManyRequests

UNLIMITED = 1e6
SWEEP_SECONDS = 1.0


class Counters(MemoryStorage):
    """The library's counters of this process, looked through for windows that are over once a second: it would start a task for that
    with every call, which costs each call as much as all callers are many."""

    STORAGE_SCHEME = ["async+counters"]  # noqa: RUF012 - as the library declares it

    def __init__(self) -> None:
        super().__init__()
        self._swept_at = 0.0

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a call; the count of its window."""
        now = time.time()
        if not 0 <= now - self._swept_at < SWEEP_SECONDS:
            self._swept_at = now
            return await super().incr(key, expiry, amount)
        count = amount + await self.get(key)
        # Nothing else runs between the look and the count.
        self.storage[key] = count
        self.expirations.setdefault(key, now + expiry)
        return count


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left for a caller in the window that is running."""

    name: str
    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """The fields of the IETF's RateLimit draft."""
        return {
            "ratelimit-policy": f'"{self.name}";q={self.limit};w={self.window_seconds}',
            "ratelimit": f'"{self.name}";r={self.remaining};t={self.reset_seconds}',
        }


class RateLimits:
    """Counts per class and caller: in this process, whose share is one of `workers`, or, with a `redis_url`, over all machines.

    `factor` multiplies the contract's quotas; 0 lifts them.
    """

    def __init__(
        self, classes: Mapping[str, RateClass], *, factor: float = 1.0, workers: int = 1, redis_url: str | None = None
    ) -> None:
        storage = storage_from_string(f"async+{redis_url}") if redis_url else Counters()
        self._storage = cast(Storage, storage)  # the async+ scheme gives an async storage
        share = (factor or UNLIMITED) / (1 if redis_url else workers)
        self._items = {
            name: RateLimitItemPerSecond(max(1, round(item.limit * share)), item.window_seconds, namespace=name)
            for name, item in classes.items()
        }
        self._queue_seconds = {name: item.queue_seconds for name, item in classes.items()}

    async def take(self, rate_class: str, caller: str) -> Quota:
        """Count one call; 429 when the window's quota is used up. Where the class has a queue, a call beyond the quota first waits
        for its turn, at the pace of the quota, and is refused only when its turn would come too late."""
        item = self._items[rate_class]
        key, window = item.key_for(caller), item.get_expiry()
        # A fixed window, as the library's own strategy counts it, but asked for its state with the count and not by two more looks.
        count = await self._storage.incr(key, window)
        seconds = max(0, round(await self._storage.get_expiry(key) - time.time()))
        quota = Quota(rate_class, item.amount, window, max(0, item.amount - count), seconds)
        turn_seconds = max(0, count - item.amount) * window / item.amount
        if turn_seconds > self._queue_seconds[rate_class]:
            raise TooManyRequests(
                f"At most {quota.limit} in {quota.window_seconds} seconds.",
                headers={**quota.headers(), "Retry-After": str(max(1, seconds))},
            )
        if turn_seconds:
            await asyncio.sleep(turn_seconds)
        return quota
