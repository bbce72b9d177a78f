"""What most operations of jobs are tested for in the same way."""

from dataclasses import replace
from typing import Any

from impl.core import idempotency
from impl.core.actor import NOBODY
from impl.lib import ids
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data
from tests.support.rows import Rows

JOBS = f"{V1}/jobs"
OPENINGS = f"{V1}/openings"


def job_path(job: Data, rest: str = "") -> str:
    """`/api/v1/jobs/{id}` and what follows it."""
    return f"{JOBS}/{job['id']}{rest}"


def opening_path(opening: Data, rest: str = "") -> str:
    """`/api/v1/openings/{id}` and what follows it."""
    return f"{OPENINGS}/{opening['id']}{rest}"


async def types_of(rows: Rows, cast: Cast, resource: Data) -> list[str]:
    """The types of the events about one resource, oldest first."""
    return [event["type"] for event in await events_of(rows, cast, resource)]


async def events_of(rows: Rows, cast: Cast, resource: Data) -> list[dict[str, Any]]:
    """The events about one resource, oldest first."""
    found = await rows.events(cast.organization_id)
    return [event for event in found if str(event["resource_id"]) == resource["id"]]


async def expect_in_progress(rows: Rows, client: ApiClient, path: str, body: Any = None) -> None:
    """While a request with its key is still running (its lock is held here), a POST is refused and told to come back."""
    key = str(ids.new_id())
    assert client.id is not None
    claim = idempotency.claim_of(replace(NOBODY, holder_id=client.id), key)
    lock = int.from_bytes(claim.id.bytes[:8], signed=True)
    async with rows.connection.transaction():
        await rows.connection.execute("SELECT pg_advisory_xact_lock($1)", lock)
        refused = await client.post(path, json=body, headers={"Idempotency-Key": key})
    assert problem(refused) == (409, "idempotency_in_progress")
    assert refused.headers["Retry-After"] == "1"
    assert (await client.post(path, json=body, headers={"Idempotency-Key": key})).is_success
