"""UUIDv7: valid, strictly increasing, different after a fork, repeatable when seeded."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib import clock, ids

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_is_a_standard_uuid_of_version_7_that_holds_the_time() -> None:
    made = ids.new_id()
    assert type(made) is UUID
    assert (made.version, made.variant) == (7, RFC_4122)
    assert abs((made.int >> 80) / 1000 - datetime.now(UTC).timestamp()) < 5


def test_strictly_increasing_within_a_millisecond() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_distinct_and_increasing_in_each_of_many_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _: [ids.new_id() for _ in range(2_000)], range(8)))
    assert all(run == sorted(run) for run in runs)
    assert len({made for run in runs for made in run}) == 16_000


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="the system has no fork")
def test_a_forked_child_makes_other_ids() -> None:
    script = """
import os, sys
from impl.lib import ids
ids.new_id()
os.fork()
os.write(1, "".join(f"{ids.new_id().hex}\\n" for _ in range(100)).encode())
"""
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert len(output.split()) == len(set(output.split())) == 200


@given(st.integers(0, 2**64), st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=50))
def test_seeded_ids_are_valid_increasing_and_repeat_for_the_same_clock(seed: int, steps: list[int]) -> None:
    def run(seed: int) -> list[UUID]:
        with clock.frozen(NOON) as hands, ids.use(ids.seeded(seed)):
            made = []
            for step in steps:
                hands.advance(timedelta(milliseconds=step))
                made.append(ids.new_id())
            return made

    made = run(seed)
    assert made == run(seed)
    assert not set(made) & set(run(seed + 1))
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}


def test_the_usual_source_is_back_after_use() -> None:
    with ids.use(lambda: UUID(int=1)):
        assert ids.new_id() == UUID(int=1)
    assert ids.new_id().version == 7


def test_unordered_ids_say_nothing_of_their_order() -> None:
    def run() -> list[UUID]:
        with clock.frozen(NOON), ids.use(ids.seeded(1)):
            return [ids.new_unordered_id() for _ in range(50)]

    made = run()
    assert len(set(made)) == 50
    assert made != sorted(made)
    assert {each.version for each in made} == {4}
    assert made == run()
