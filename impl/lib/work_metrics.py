"""Prometheus metrics of the work in the background, counted where it is done and shown by a worker that has an endpoint for them.

Labels are bounded by construction: a task is one that the worker knows or `unknown`, every outcome a word of the code. No organization is one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, NamedTuple, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from impl.lib.breaker import State
from impl.lib.metrics import QueueGauges, show_build, show_process

_TASK_BUCKETS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
_READING_BUCKETS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 60.0)
_SHARE_BUCKETS: Final = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


class CannotShow(Exception):
    """The address of the metrics cannot be listened on; the text says why."""


class WorkMetrics:
    """What the worker has done. One object per process; it costs a few microseconds a task.

    Each metric has labels, because one without would show in a server process, too, where nothing is worked on."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._tasks = Counter(
            "ats_tasks", "Attempts at tasks, by how they ended.", ["task", "outcome"], registry=registry
        )
        self._task_seconds = Histogram(
            "ats_task_seconds", "Seconds that an attempt took.", ["task"], buckets=_TASK_BUCKETS, registry=registry
        )
        self._readings = Counter(
            "ats_resume_readings", "Files that were read, by what came of it.", ["outcome"], registry=registry
        )
        self._reading_seconds = Histogram(
            "ats_resume_reading_seconds",
            "Seconds that a file was in the hands of the process that reads files.",
            ["kind"],
            buckets=_READING_BUCKETS,
            registry=registry,
        )
        self._scans = Counter(
            "ats_file_scans", "Files for the virus scanner, by what it said.", ["outcome"], registry=registry
        )
        self._calls = Counter(
            "ats_model_calls", "Texts for a language model, by what came of it.", ["outcome"], registry=registry
        )
        self._tries = Counter("ats_model_tries", "Requests to the language model's server.", ["use"], registry=registry)
        self._tokens = Counter(
            "ats_model_tokens", "Tokens that the server has counted.", ["direction"], registry=registry
        )
        self._share = Histogram(
            "ats_model_budget_share",
            "What an organization's day had used and held of its budget when a text came to be asked about; above 1: there was no room.",
            ["use"],
            buckets=_SHARE_BUCKETS,
            registry=registry,
        )
        self._circuit = Gauge(
            "ats_model_circuit",
            "1 for the state of the breaker around the language model.",
            ["state"],
            registry=registry,
        )

    def task_ended(self, task: str, outcome: str, seconds: float) -> None:
        """Count an attempt out. `task` must be the name of one that is declared, or `unknown`."""
        self._tasks.labels(task, outcome).inc()
        self._task_seconds.labels(task).observe(seconds)

    def resume_read(self, outcome: str, seconds: float) -> None:
        """Count a file that came out of the sandbox. `outcome` must be `read` or a failure of the contract."""
        self._readings.labels(outcome).inc()
        self._reading_seconds.labels("resume").observe(seconds)

    def file_scanned(self, outcome: str) -> None:
        """Count a file that the scanner was to look at: `clean`, `infected`, or `away` when it was not there."""
        self._scans.labels(outcome).inc()

    def model_asked(self, outcome: str, tries: int, tokens: tuple[int, int], *, use: str = "resume") -> None:
        """Count a text that a model was to read, or texts that it was to encode. `outcome` and `use` must be words of the code."""
        self._calls.labels(outcome).inc()
        self._tries.labels(use).inc(tries)
        self._tokens.labels("input").inc(tokens[0])
        self._tokens.labels("output").inc(tokens[1])

    def budget_used(self, share: float, *, use: str = "resume") -> None:
        """So much of a day's budget was used or held, of 1."""
        self._share.labels(use).observe(share)

    def watch_circuit(self, state: Callable[[], State]) -> None:
        """Show the breaker's state as it is when somebody looks."""
        for each in get_args(State):
            self._circuit.labels(each).set_function(partial(_is, state, each))


def _is(state: Callable[[], State], wanted: State) -> float:
    return float(state() == wanted)


@contextmanager
def exposed(work: WorkMetrics, *, host: str, port: int, version: str, environment: str) -> Iterator["Exposed"]:
    """Show the numbers of this process by HTTP, in a thread. Raises CannotShow when the address cannot be listened on."""
    registry = CollectorRegistry()
    registry.register(work.registry)
    show_build(registry, version=version, environment=environment)
    show_process(registry)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise CannotShow(f"Cannot show metrics on {host} port {port}: {error.strerror}.") from None
    try:
        yield Exposed(server.server_port, QueueGauges(registry))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Exposed(NamedTuple):
    """An endpoint that answers on `port`, and the numbers that its owner brings up to date."""

    port: int
    queue: QueueGauges
