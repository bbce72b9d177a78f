"""The worker's metrics, over a real socket: what was done and how it ended, with labels that nothing from outside adds to."""

import asyncio
import socket
from dataclasses import replace
from unittest import mock
from uuid import UUID

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from impl import models, worker
from impl.cli.failures import Exit
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun, perform
from impl.lib import clock
from impl.lib.work_metrics import WorkMetrics
from impl.settings_sections import WorkerSettings
from tests.cli.conftest import Ats
from tests.cli.test_worker import QUICK
from tests.services.resumes.habits import switch, uploaded, with_model
from tests.support.background import declared, nothing_periodic, run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories
from tests.support.fake_model import fake_model, refuses

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


async def scraped(port: int) -> Samples:
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        (each.name, tuple(sorted(each.labels.items()))): each.value for family in families for each in family.samples
    }


def showing(runtime: Runtime) -> Runtime:
    """The runtime of a worker that shows its numbers on a free port, and has counted nothing yet."""
    settings = runtime.settings.model_copy(update={"worker": WorkerSettings(metrics_port=0)})
    return replace(runtime, settings=settings, work=WorkMetrics())


async def put(runtime: Runtime, cast: Cast, name: str) -> UUID:
    """A stored task of this name, whether or not there is such a task."""
    async with TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
        stored = await ctx.insert(
            models.Task, name=name, arguments={}, attempts_max=1, run_at=clock.now(), request_id="a-request"
        )
        return stored.id


async def test_shows_what_was_done_and_how_it_ended(
    runtime: Runtime, cast: Cast, admin: ApiClient, make: Factories
) -> None:
    await switch(admin)
    await uploaded(make)
    async with fake_model(refuses(503)) as fake:
        shown_runtime = showing(with_model(runtime, fake, circuit_failures_max=1))
        with worker.endpoint(shown_runtime) as shown:
            assert shown is not None
            await run_due(shown_runtime, cast.organization_id)
            found = await scraped(shown.port)

    assert found["ats_tasks_total", (("outcome", "succeeded"), ("task", "parse_resume"))] == 1
    assert found["ats_task_seconds_count", (("task", "parse_resume"),)] == 1
    assert found["ats_resume_readings_total", (("outcome", "read"),)] == 1
    assert found["ats_resume_reading_seconds_count", (("kind", "resume"),)] == 1
    assert found["ats_model_calls_total", (("outcome", "unavailable"),)] == 1
    assert found["ats_model_tries_total", (("use", "resume"),)] == 1
    assert found["ats_model_budget_share_count", (("use", "resume"),)] == 1
    circuit = {labels: value for (name, labels), value in found.items() if name == "ats_model_circuit"}
    assert circuit == {(("state", "closed"),): 0, (("state", "half_open"),): 0, (("state", "open"),): 1}
    assert any(name == "process_resident_memory_bytes" for name, _ in found)


async def test_shows_the_queue_as_the_worker_sees_it(runtime: Runtime, url: str) -> None:
    shown_runtime, stop = showing(runtime), asyncio.Event()
    with nothing_periodic(), worker.endpoint(shown_runtime) as shown:
        assert shown is not None
        working = asyncio.create_task(worker.run(shown_runtime, url, stop=stop, pace=QUICK, shown=shown))
        try:
            async with asyncio.timeout(30):
                # Workers of other tests may have been heard of lately.
                while (await scraped(shown.port))["ats_queue_workers", ()] < 1:  # noqa: ASYNC110  # told by HTTP
                    await asyncio.sleep(0.1)
        finally:
            stop.set()
            await asyncio.wait_for(working, 20)
        found = await scraped(shown.port)
    assert {labels for name, labels in found if name == "ats_queue_tasks"} == {
        (("state", "due"),),
        (("state", "running"),),
    }
    assert ("ats_queue_oldest_due_seconds", ()) in found


async def test_a_task_that_nobody_knows_adds_no_series(runtime: Runtime, cast: Cast) -> None:
    shown_runtime = showing(runtime)
    tasks = [await put(shown_runtime, cast, f"made_up_{number}") for number in range(3)]
    for task_id in tasks:
        await perform(shown_runtime, cast.organization_id, task_id)

    async def work(run: TaskRun) -> None:
        raise RuntimeError("no")

    with declared(work, attempts_max=2) as task:
        async with TaskRun(shown_runtime, cast.organization_id, "a-request", 1).step() as ctx:
            stored = await ctx.enqueue(task)
        await perform(shown_runtime, cast.organization_id, stored.id)
    with worker.endpoint(shown_runtime) as shown:
        assert shown is not None
        found = await scraped(shown.port)
    counted = {labels: value for (name, labels), value in found.items() if name == "ats_tasks_total"}
    assert counted == {
        (("outcome", "failed"), ("task", "unknown")): 3,
        (("outcome", "postponed"), ("task", task.name)): 1,
    }


def test_it_is_off_unless_asked_for_and_at_home_alone(runtime: Runtime) -> None:
    assert WorkerSettings().metrics_host == "127.0.0.1"
    with worker.endpoint(runtime) as shown:
        assert shown is None


def test_a_port_that_is_taken_ends_the_worker_with_a_sentence(installation: Ats) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, mock.patch.object(worker, "log"):
        done = installation("worker", ATS_WORKER__METRICS_PORT=str(taken.getsockname()[1]))
    assert done.returncode == Exit.FAILED
    assert "Cannot show metrics on 127.0.0.1 port" in done.stderr
