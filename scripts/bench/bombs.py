"""Measure promise C3: what the API's callers notice of fifty bombs that wait to be read, and of those that are being read.

    python -m scripts.bench.bombs [--bombs 50] [--seconds 6]

A service and its worker run as in production, each in processes of their own. Some connections read applications at an even pace,
first with nothing else to do, then while the worker reads files that harm whoever reads them (`tests/support/bombs.py`), then
again when all of them have ended. What is quiet is told by the windows before and behind together, so that a machine with other
things to do does not speak for or against the bombs. Exit 1 when the 99th percentile among bombs is more than `--most` times the
quiet one; exit 2 when there was nothing to measure, because the bombs were gone before the window was over.
"""

import importlib
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import httpx2
import psycopg
import typer
from rich.console import Console
from rich.table import Table

from impl.db import embedded, migrate
from impl.lib.crypto import MasterKey
from scripts.bench import load, seed
from scripts.bench.goals import GET, LIST, OURS
from scripts.bench.servers import Peer, our_environment, serving
from scripts.bench.workload import Workload
from scripts.bench.world import EVERYDAY, World

CONNECTIONS, PAUSE_SECONDS = 8, 0.1
WARM_UP_SECONDS = 3.0
_END_SECONDS = 1200
V1 = "/api/v1"
QUEUED = "SELECT count(*) FROM resume_parses WHERE status = 'queued'"
ENDED = "SELECT status, coalesce(reason, '') FROM resume_parses"

console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)


@dataclass(frozen=True, slots=True)
class Stage:
    """A service with its worker, and the database that both work on."""

    target: load.Target
    world: World
    superuser_url: str

    def asked(self, statement: str) -> list[tuple[str, ...]]:
        """What the database says, of all organizations."""
        with psycopg.connect(self.superuser_url) as connection:
            return connection.execute(statement.encode()).fetchall()

    def queued(self) -> int:
        """How many files wait or are being read."""
        return int(self.asked(QUEUED)[0][0])


def main(
    bombs: Annotated[int, typer.Option(min=1, help="How many are queued.")] = 50,
    seconds: Annotated[float, typer.Option(min=1.0, help="Length of each window.")] = 6.0,
    most: Annotated[float, typer.Option(help="How many times the quiet p99 is still no failure.")] = 2.0,
) -> None:
    """Measure the API's latency with nothing else to do, beside bombs, and after them."""
    with _stage() as stage:
        workload = Workload(stage.world, stage.target)
        workload.walk()
        requests = _mixed(workload)
        window = load.Pace(CONNECTIONS, seconds, PAUSE_SECONDS)
        load.drive(stage.target, requests, status=200, pace=load.Pace(CONNECTIONS, WARM_UP_SECONDS, PAUSE_SECONDS))
        served = {"quiet": load.drive(stage.target, requests, status=200, pace=window)}
        with console.status("queueing the bombs"):
            _queue(stage, bombs)
        before = stage.queued()
        served["bombs"] = load.drive(stage.target, requests, status=200, pace=window)
        after = stage.queued()
        with console.status("waiting for the last bomb"):
            took = _waited(stage)
        served["quiet again"] = load.drive(stage.target, requests, status=200, pace=window)
        ends = Counter(" ".join(row).strip() for row in stage.asked(ENDED))
    console.print(_table(served))
    console.print(
        f"{bombs} bombs sent in; {before} queued as the window began, {after} as it ended; all read {took:.0f} s later"
    )
    console.print(", ".join(f"{count} {end}" for end, count in ends.most_common()), markup=False)
    raise typer.Exit(_verdict(served, after, most))


def _verdict(served: Mapping[str, load.Served], left: int, most: float) -> int:
    before, after = served["quiet"], served["quiet again"]
    quiet = load.Served(before.count + after.count, before.seconds + after.seconds, before.latencies + after.latencies)
    ratio = served["bombs"].quantile(0.99) / quiet.quantile(0.99)
    console.print(f"p99 quiet {_ms(quiet)}, with bombs {_ms(served['bombs'])}: {ratio:.2f} times")
    if not left:
        console.print(
            "the bombs were gone before the window was over: send more of them, or measure for a shorter time"
        )
        return 2
    return int(ratio > most)


def _ms(served: load.Served, part: float = 0.99) -> str:
    return f"{served.quantile(part) * 1000:.1f} ms"


def _table(served: Mapping[str, load.Served]) -> Table:
    table = Table("window", "requests", "p50", "p90", "p99", "longest")
    for name, each in served.items():
        table.add_row(
            name,
            str(each.count),
            *(_ms(each, part) for part in (0.5, 0.9, 0.99)),
            f"{max(each.latencies) * 1000:.1f} ms",
        )
    return table


@contextmanager
def _stage() -> Iterator[Stage]:
    """A service and a worker over a database of their own."""
    with tempfile.TemporaryDirectory(prefix="ats-bombs-") as name, embedded.running(name, fsync=False) as server:
        folder, world, master = Path(name), World(EVERYDAY), MasterKey.generate()
        with console.status("seeding"):
            migrate.upgrade(server.owner_url, app_role="ats_app")
            token = seed.seed(server.superuser_url, world, MasterKey.parse(master))
        environment = our_environment(server.app_url, folder, master, CONNECTIONS)
        peer = Peer(OURS, "scripts.bench.ours:application", environment, probe="/readyz")
        with serving(peer, folder, frozenset()) as running, _working(environment, folder / "worker.log"):
            target = load.Target(running.port, {"Authorization": f"Bearer {token}"})
            yield Stage(target, world, server.superuser_url)


@contextmanager
def _working(environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """A worker, as `ats worker` starts one."""
    command = [sys.executable, "-m", "impl.cli", "worker", "--grace", "1"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=os.environ | dict(environment), stdout=file, stderr=file)
        try:
            yield
            if process.poll() is not None:
                raise RuntimeError(log.read_text(errors="replace")[-3000:])
        finally:
            process.terminate()
            process.wait()


def _mixed(workload: Workload) -> Iterator[bytes]:
    """One application, one page of them, and so on."""
    return itertools.chain.from_iterable(zip(workload.requests(GET), workload.requests(LIST), strict=False))


def _queue(stage: Stage, count: int) -> None:
    """Send in so many bombs, each as the resume of another candidate."""
    made: Mapping[str, Callable[[], bytes]] = importlib.import_module("tests.support.bombs").PDF
    contents = [make() for make in made.values()]
    address = f"http://127.0.0.1:{stage.target.port}{V1}/candidates"
    with httpx2.Client(headers=stage.target.headers, timeout=60) as client:
        for number in range(count):
            answer = client.post(
                f"{address}/{stage.world.candidate_id(number)}/attachments",
                headers={"Idempotency-Key": f"bomb-{number:05d}-of-the-bench"},
                data={"kind": "resume"},
                files={"file": ("resume.pdf", contents[number % len(contents)], "application/pdf")},
            )
            if answer.status_code != httpx2.codes.CREATED:
                raise load.UnexpectedAnswer(answer.text)


def _waited(stage: Stage) -> float:
    """Until no file waits any more; how long that took."""
    started = time.monotonic()
    while stage.queued():
        if time.monotonic() - started > _END_SECONDS:
            raise RuntimeError(f"{stage.queued()} bombs are still waiting")
        time.sleep(0.5)
    return time.monotonic() - started


if __name__ == "__main__":
    typer.run(main)
