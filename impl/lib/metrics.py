"""Prometheus metrics of the HTTP surface, counted by hand (the instrumentators cost five times as much).

Labels are bounded by construction: an operation is an operationId of the contract or `unmatched`, a method is one of nine,
a status is its class. With several worker processes (`prepare_multiprocess`) every process writes its numbers into shared
files and any of them answers a scrape for all; otherwise there is one plain registry.
"""

import os
import platform
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

_DIRECTORY_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SAMPLE_EVERY_SECONDS: Final = 1.0


class PoolStats(NamedTuple):
    """A connection pool at one moment: connections open, of these in use, and callers waiting for one."""

    size: int
    in_use: int
    waiting: int


class QueueStats(NamedTuple):
    """The queue of background work at one moment: tasks whose time has come, tasks being done, how long the oldest of the former has
    waited, and workers that were heard of lately."""

    due: int
    running: int
    oldest_seconds: float
    workers: int


def prepare_multiprocess(directory: Path) -> None:
    """Empty `directory` and let this process's children share it. Call in the parent, before it starts its workers.

    prometheus_client picks its storage when it is imported, so only processes started after this call use the directory.
    """
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, mode=0o700)
    os.environ[_DIRECTORY_VARIABLE] = str(directory)


class QueueGauges:
    """The queue as this process has seen it last; of several processes that share a directory, the last one that looked."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._tasks = Gauge(
            "ats_queue_tasks",
            "Tasks of all organizations by state: `due` ones wait for a worker, `running` ones have one.",
            ["state"],
            multiprocess_mode="mostrecent",
            registry=registry,
        )
        self._oldest = Gauge(
            "ats_queue_oldest_due_seconds",
            "How long the task that has waited longest has been due.",
            multiprocess_mode="mostrecent",
            registry=registry,
        )
        self._workers = Gauge(
            "ats_queue_workers",
            "Workers that were heard of lately.",
            multiprocess_mode="mostrecent",
            registry=registry,
        )

    def show(self, stats: QueueStats) -> None:
        """What the next scrape shows."""
        self._tasks.labels("due").set(stats.due)
        self._tasks.labels("running").set(stats.running)
        self._oldest.set(stats.oldest_seconds)
        self._workers.set(stats.workers)


def show_build(registry: CollectorRegistry, *, version: str, environment: str) -> None:
    """What is running."""
    build = Gauge(
        "ats_build",
        "Always 1; the labels say what is running.",
        ["version", "environment", "python"],
        multiprocess_mode="max",
        registry=registry,
    )
    build.labels(version, environment, platform.python_version()).set(1)


def show_process(registry: CollectorRegistry) -> None:
    """What this one process takes of the machine."""
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)


class Metrics:
    """The service's metrics. One object per process; `request_finished` costs a few microseconds."""

    def __init__(self, *, version: str, environment: str) -> None:
        self._shared = _DIRECTORY_VARIABLE in os.environ
        self._registry = CollectorRegistry()
        registry = self._registry
        self._requests = Counter(
            "ats_http_requests", "Answered requests.", ["operation", "method", "status_class"], registry=registry
        )
        self._seconds = Histogram(
            "ats_http_request_seconds",
            "Seconds from the first byte of a request to the last byte of its answer.",
            ["operation"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._in_flight = Gauge(
            "ats_http_requests_in_flight",
            "Requests being answered now.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._pool = Gauge(
            "ats_db_pool_connections",
            "Connections of the database pool by state; `waiting` counts requests that wait for one.",
            ["state"],
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.queue = QueueGauges(registry)
        show_build(registry, version=version, environment=environment)
        if not self._shared:
            show_process(registry)
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}
        self._pool_stats: Callable[[], PoolStats] | None = None
        self._sampled_at = 0.0

    def watch_pool(self, stats: Callable[[], PoolStats]) -> None:
        """Read the pool's numbers from `stats` (called at most once a second, must not block)."""
        self._pool_stats = stats

    def request_started(self) -> None:
        """Count a request in."""
        self._in_flight.inc()

    def request_finished(self, operation: str, method: str, status: int, seconds: float) -> None:
        """Count a request out. `operation` must be an operationId of the contract or `unmatched`."""
        self._in_flight.dec()
        key = (operation, method, status // 100)
        counter = self._counters.get(key)
        if counter is None:
            bounded = method if method in _METHODS else "OTHER"
            counter = self._requests.labels(operation, bounded, f"{status // 100}xx")
            if bounded == method:
                self._counters[key] = counter
        counter.inc()
        timer = self._timers.get(operation)
        if timer is None:
            timer = self._timers[operation] = self._seconds.labels(operation)
        timer.observe(seconds)
        if self._pool_stats is not None:
            self._sample_pool()

    def render(self) -> tuple[bytes, str]:
        """The exposition document of all worker processes, and its content type."""
        self._sampled_at = 0.0
        self._sample_pool()
        if not self._shared:
            return generate_latest(self._registry), CONTENT_TYPE_LATEST
        _forget_dead_processes(Path(os.environ[_DIRECTORY_VARIABLE]))
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package annotates only part of itself
        return generate_latest(registry), CONTENT_TYPE_LATEST

    def _sample_pool(self) -> None:
        moment = time.monotonic()
        if self._pool_stats is None or moment - self._sampled_at < _SAMPLE_EVERY_SECONDS:
            return
        self._sampled_at = moment
        stats = self._pool_stats()
        self._pool.labels("open").set(stats.size)
        self._pool.labels("in_use").set(stats.in_use)
        self._pool.labels("waiting").set(stats.waiting)


def _forget_dead_processes(directory: Path) -> None:
    """Drop the live gauges of workers that were killed; their counters stay, so no request is lost from the sums."""
    pids = {int(path.stem.rsplit("_", 1)[1]) for path in directory.glob("gauge_live*.db")}
    for pid in pids:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # as above
        except PermissionError:
            continue
