"""get_metrics: the numbers of the process, by operation and without anybody's ids."""

import re

from prometheus_client.parser import text_string_to_metric_families

from generated.operations import OPERATIONS
from tests.services.service.habits import expect_plain
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


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/metrics")
