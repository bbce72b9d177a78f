"""Measurements of our service that need no peer: the edge layer, a deep page, the contract's bytes, the import."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from impl.core.edge import Edge
from impl.lib import logs
from impl.lib.metrics import Metrics
from impl.settings import Settings
from scripts.bench import load, procfs
from scripts.bench.load import Target
from scripts.bench.measure import Machine

EDGE_CALLS = 3000
EDGE_ROUNDS = 9
IMPORT_RUNS = 3
PROBE_SECONDS = 1.0
STEPS = 4
_IMPORT = """
import json, resource
before = resource.getrusage(resource.RUSAGE_SELF)
import {module}
after = resource.getrusage(resource.RUSAGE_SELF)
used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
# Not ru_maxrss: that begins with what the parent had when it forked.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(json.dumps([used, peak / 1024]))
"""


def edge_us() -> float:
    """Microseconds of CPU that the edge adds to a request: id, headers, limits, metrics, and its log line (written to nowhere)."""
    with Path(os.devnull).open("ab") as nowhere:
        logs.configure("info", stream=nowhere)
        edge = Edge(_hello, Settings(), Metrics(version="bench", environment="dev"))
        times: dict[ASGIApp, list[float]] = {_hello: [], edge: []}
        for _ in range(EDGE_ROUNDS):
            for app, seen in times.items():
                seen.append(asyncio.run(_seconds_per_call(app)))
        logs.configure("info")
    return (statistics.median(times[edge]) - statistics.median(times[_hello])) * 1e6


async def _hello(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b"{}"})


async def _seconds_per_call(app: ASGIApp) -> float:
    async def send(_message: Any) -> None:
        return None

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    began = time.process_time()
    for _ in range(EDGE_CALLS):
        await app(_scope(), receive, send)
    return (time.process_time() - began) / EDGE_CALLS


def _scope() -> dict[str, Any]:
    headers = [
        (b"host", b"api.example.org"),
        (b"authorization", b"Bearer " + b"x" * 70),
        (b"accept", b"application/json"),
        (b"user-agent", b"bench/1"),
    ]
    return {
        "type": "http",
        "method": "GET",
        "path": "/api/v1/applications",
        "raw_path": b"/api/v1/applications",
        "query_string": b"limit=50",
        "headers": headers,
        "client": ("127.0.0.1", 1),
    }


def import_cost(module: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of importing `module` in a fresh interpreter that finds its bytecode: the best of a few."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = []
    for _ in range(IMPORT_RUNS):
        command = [sys.executable, "-c", _IMPORT.format(module=module)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        runs.append(json.loads(done.stdout))
    return min(seconds for seconds, _ in runs), min(megabytes for _, megabytes in runs)


def server_us(machine: Machine, server: int, target: Target, path: str) -> float:
    """Microseconds of the server's CPU for one GET of `path`."""
    begun: list[procfs.Snapshot] = []

    def snapshot() -> procfs.Snapshot:
        return procfs.snapshot(server, machine.postgres)

    served = load.drive(
        target,
        _repeated(target.request("GET", path)),
        status=200,
        pace=load.Pace(16, PROBE_SECONDS),
        on_start=lambda: begun.append(snapshot()),
    )
    return snapshot().since(begun[0]).server / served.count * 1e6


def p50_ratio(target: Target, path: str, other: str, tries: int = 5) -> float:
    """How many times longer `path` takes than `other`: medians of one connection's latencies, in turn."""

    def median(of: str) -> float:
        served = load.drive(
            target, _repeated(target.request("GET", of)), status=200, pace=load.Pace(1, PROBE_SECONDS / 2)
        )
        return served.quantile(0.5)

    pairs: list[tuple[float, float]] = [(median(path), median(other)) for _ in range(tries)]
    return statistics.median(one / two for one, two in pairs)


def _repeated(request: bytes) -> Iterator[bytes]:
    while True:
        yield request


def all_of(
    machine: Machine, server: int, target: Target, pages: tuple[str, str], say: Callable[[str], None]
) -> dict[str, float]:
    """Every single measurement, by the names that `goals` reads. `pages` are a deep and the first one."""
    found: dict[str, float] = {}
    say("the edge layer")
    found["edge_us"] = edge_us()
    say("a deep page and the first one")
    found["deep_page"] = p50_ratio(target, *pages)
    say("/openapi.json")
    browser = replace(target, headers={**target.headers, "Accept-Encoding": "gzip"})
    found["openapi_us"] = server_us(machine, server, browser, "/openapi.json")
    say("the import of the app")
    found["import_seconds"], found["import_megabytes"] = import_cost("impl.app")
    return found
