"""The one source of ids: UUIDv7, which sort by the time they were made.

Ids made in one process are strictly increasing, also inside a millisecond and across threads. Fuzzing and tests replace
the source with `use(seeded(n))`, which gives the same ids for the same seed and the same clock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from threading import Lock
from uuid import UUID

from uuid_utils.compat import uuid7

from impl.lib import clock

Factory = Callable[[], UUID]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_COUNTER_BITS = 42

_factory: Factory = uuid7


def new_id() -> UUID:
    """A new UUIDv7, greater than every id this process made before."""
    return _factory()


def new_unordered_id() -> UUID:
    """A new id that says nothing of when it was made, nor in which order; for rows that must not lead to others of their time."""
    return UUID(bytes=blake2b(_factory().bytes, digest_size=16).digest(), version=4)


@contextmanager
def use(factory: Factory) -> Iterator[None]:
    """Let `new_id()` answer what `factory` returns until the block ends."""
    global _factory  # noqa: PLW0603 - one source for the process, threads included, is the point
    previous, _factory = _factory, factory
    try:
        yield
    finally:
        _factory = previous


def seeded(seed: int) -> Factory:
    """A factory of valid, strictly increasing UUIDv7 that repeats itself for the same seed and the same clock readings.

    Layout: 48 bits of `clock.now()` in milliseconds (never less than before), a counter of 42 bits in the places of
    `rand_a` and the upper part of `rand_b`, and 32 bits hashed from seed and counter.
    """
    lock = Lock()
    count = 0
    latest = 0

    def factory() -> UUID:
        nonlocal count, latest
        with lock:
            latest = max(latest, (clock.now() - _EPOCH) // _MILLISECOND)
            count += 1
            return _assemble(latest, count, _tail(seed, count))

    return factory


def _tail(seed: int, count: int) -> int:
    return int.from_bytes(blake2b(f"{seed}:{count}".encode(), digest_size=4).digest())


def _assemble(milliseconds: int, count: int, tail: int) -> UUID:
    counter = count % (1 << _COUNTER_BITS)
    upper, lower = counter >> 30, counter & ((1 << 30) - 1)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (upper << 64) | (0b10 << 62) | (lower << 32) | tail)
