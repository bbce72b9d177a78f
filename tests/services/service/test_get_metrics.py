"""get_metrics: the numbers of the process, by operation and without anybody's ids."""

import re

import asyncpg
from prometheus_client.parser import text_string_to_metric_families

from generated.operations import OPERATIONS
from impl.settings import Settings
from tests.services.service.habits import expect_plain, without_database
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def answered(client: ApiClient, operation: str, status_class: str) -> float:
    """How many requests were answered so."""
    text = (await client.get("/metrics")).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    wanted = {"operation": operation, "status_class": status_class}
    return sum(
        sample.value
        for sample in samples
        if sample.name == "ats_http_requests_total" and wanted.items() <= sample.labels.items()
    )


async def test_counts_requests_by_operation(anonymous: ApiClient, recruiter: ApiClient) -> None:
    before = await answered(anonymous, "list_candidates", "2xx"), await answered(anonymous, "list_candidates", "4xx")

    await recruiter.get(f"{V1}/candidates")
    await recruiter.get(f"{V1}/candidates?limit=0")

    after = await answered(anonymous, "list_candidates", "2xx"), await answered(anonymous, "list_candidates", "4xx")
    assert after == (before[0] + 1, before[1] + 1)


async def test_names_operations_and_nobody(anonymous: ApiClient, make: Factories, cast: Cast) -> None:
    candidate = await make.candidate()
    await make.admin.get(f"{V1}/candidates/{candidate['id']}")
    await make.admin.get(f"/nowhere/{candidate['id']}")

    response = await anonymous.get("/metrics")

    assert (response.status_code, response.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    assert candidate["id"] not in response.text
    assert str(cast.organization_id) not in response.text
    assert set(re.findall(r'operation="([a-z_]+)"', response.text)) <= {*OPERATIONS, "unmatched"}


async def queue(client: ApiClient) -> dict[str, float]:
    """The numbers of the queue, by name and state."""
    text = (await client.get("/metrics")).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {
        ":".join([sample.name, *sample.labels.values()]): sample.value
        for sample in samples
        if sample.name.startswith("ats_queue_")
    }


async def test_shows_what_waits_in_the_queue_and_who_works_on_it(
    anonymous: ApiClient, make: Factories, cast: Cast, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    before = await queue(anonymous)
    await make.message()
    await superuser.execute(
        "UPDATE queue.procrastinate_events SET at = now() - interval '1 hour' WHERE job_id IN "
        "(SELECT id FROM queue.procrastinate_jobs WHERE args ->> 'organization_id' = $1)",
        str(cast.organization_id),
    )
    worker = await superuser.fetchval("INSERT INTO queue.procrastinate_workers DEFAULT VALUES RETURNING id")
    after = await queue(anonymous)
    await superuser.execute("DELETE FROM queue.procrastinate_workers WHERE id = $1", worker)

    assert after["ats_queue_tasks:due"] == before["ats_queue_tasks:due"] + 1
    assert after["ats_queue_oldest_due_seconds"] >= 3600
    assert after["ats_queue_workers"] == before["ats_queue_workers"] + 1


async def test_answers_without_the_database(settings: Settings) -> None:
    response = await without_database(settings).get("/metrics")

    assert response.status_code == 200
    assert "ats_http_requests_in_flight" in response.text


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/metrics")
