"""Metrics: bounded labels, true numbers, and one document for several processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from impl.lib.metrics import Metrics, PoolStats, prepare_multiprocess


def samples(document: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(document.decode())
        for sample in family.samples
    }


def value(document: bytes, name: str, **labels: str) -> float:
    return samples(document)[(name, tuple(sorted(labels.items())))]


def test_requests_are_counted_and_timed() -> None:
    metrics = Metrics(version="1.2.3", environment="dev")
    for status, seconds in ((200, 0.004), (201, 0.2), (404, 0.001)):
        metrics.request_started()
        metrics.request_finished("get_job", "GET", status, seconds)
    metrics.request_started()
    document, content_type = metrics.render()
    assert content_type.startswith("text/plain")
    assert value(document, "ats_http_requests_total", operation="get_job", method="GET", status_class="2xx") == 2
    assert value(document, "ats_http_requests_total", operation="get_job", method="GET", status_class="4xx") == 1
    assert value(document, "ats_http_request_seconds_count", operation="get_job") == 3
    assert value(document, "ats_http_request_seconds_bucket", operation="get_job", le="0.005") == 2
    assert value(document, "ats_http_requests_in_flight") == 1
    [build] = [dict(labels) for name, labels in samples(document) if name == "ats_build"]
    assert build["version"] == "1.2.3"


@pytest.mark.promise("J4")
def test_invented_methods_share_one_series() -> None:
    metrics = Metrics(version="1", environment="dev")
    for number in range(1000):
        metrics.request_started()
        metrics.request_finished("unmatched", f"METHOD{number}", 405, 0.001)
    document, _ = metrics.render()
    assert value(document, "ats_http_requests_total", operation="unmatched", method="OTHER", status_class="4xx") == 1000
    assert len([1 for name, _ in samples(document) if name == "ats_http_requests_total"]) == 1


def test_the_pool_is_sampled() -> None:
    metrics = Metrics(version="1", environment="dev")
    metrics.watch_pool(lambda: PoolStats(size=10, in_use=3, waiting=2))
    document, _ = metrics.render()
    assert [value(document, "ats_db_pool_connections", state=state) for state in ("open", "in_use", "waiting")] == [
        10,
        3,
        2,
    ]


CHILD = """
import os, sys, time
from impl.lib.metrics import Metrics
metrics = Metrics(version="1", environment="dev")
for _ in range(5):
    metrics.request_started()
    metrics.request_finished("get_job", "GET", 200, 0.01)
metrics.request_started()
print("ready", flush=True)
sys.stdin.readline()
sys.stdout.buffer.write(metrics.render()[0])
"""


def test_several_processes_answer_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = tmp_path / "metrics"
    directory.mkdir()
    (directory / "counter_1.db").write_text("of an earlier run")
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    prepare_multiprocess(directory)
    assert list(directory.iterdir()) == []
    command = [sys.executable, "-c", CHILD]
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)) for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
    children[0].send_signal(signal.SIGKILL)
    children[0].wait()
    document, _ = children[1].communicate(b"\n", timeout=20)
    children[2].communicate(b"\n", timeout=20)
    assert children[0].stdin is not None
    assert children[0].stdout is not None
    children[0].stdin.close()
    children[0].stdout.close()
    assert value(document, "ats_http_requests_total", operation="get_job", method="GET", status_class="2xx") == 15
    assert value(document, "ats_http_requests_in_flight") == 2
