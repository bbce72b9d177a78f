"""Our service beside the bare peer in one process: far too coarse for a benchmark, but a slip of a factor shows."""

import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from starlette.types import ASGIApp

from impl.db.embedded import Server
from scripts.bench.peers import bare, schema
from scripts.bench.workload import INCLUDE, PATH
from tests.performance.conftest import WORLD, Caller, Seeded, Statements
from tests.support.application import started

CALLS = 60
ROUNDS = 5
RATIO_MAX = 6.0


@pytest.fixture(scope="module")
def peer_url(server: Server, seeded: Seeded) -> Iterator[str]:
    name = seeded.url.rpartition("/")[2] + "_bare"
    server.create_database(name)
    schema.seed(server.url("ats_owner", name), WORLD)
    yield server.url("ats_owner", name)
    server.drop_database(name)


@pytest.mark.parametrize("suffix", [f"/{WORLD.application(7).id}", ""], ids=["get", "list"])
async def test_reading_costs_a_small_multiple_of_the_bare_peer(
    call: Caller, peer_url: str, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setenv("ATS_BENCH_DATABASE_URL", peer_url)
    monkeypatch.setenv("ATS_BENCH_POOL", "1")
    async with started(bare.application()) as app:
        await _answer_alike(call, _peer(app), suffix)
        ours, theirs = await _fastest(call, suffix), await _fastest(_peer(app), suffix)

    assert ours / theirs <= RATIO_MAX, f"{ours * 1e6:.0f} µs beside {theirs * 1e6:.0f} µs"


def _peer(app: ASGIApp) -> Caller:
    return Caller(app, "", Statements())


async def _answer_alike(ours: Caller, theirs: Caller, suffix: str) -> None:
    """A peer that answers less than we do would be measured for less work; how a page's end is written is each one's own."""
    query = f"include={INCLUDE}"
    (our_answer, _), (their_answer, _) = (
        await ours("GET", PATH + suffix, query),
        await theirs("GET", PATH + suffix, query),
    )

    assert our_answer["data"] == their_answer["data"]


async def _fastest(call: Callable[..., Awaitable[object]], suffix: str) -> float:
    """CPU seconds of this process for one call: the best of a few rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(CALLS):
            await call("GET", f"{PATH}{suffix}", f"include={INCLUDE}")
        rounds.append((time.process_time() - began) / CALLS)
    return min(rounds)
