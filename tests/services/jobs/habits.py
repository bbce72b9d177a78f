"""What most operations of jobs are tested for in the same way."""

from typing import Any

from impl.lib import ids
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data
from tests.support.rows import Rows

JOBS = f"{V1}/jobs"
OPENINGS = f"{V1}/openings"
NOWHERE = "0198c0ff-ee00-7000-8000-00000000dead"
STALE = {"If-Match": '"999-0000"'}


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


def changes_of(event: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """The changes of an event by field, as before and after."""
    return {change["field"]: (change["before"], change["after"]) for change in event["changes"]}


async def replayed(client: ApiClient, path: str, json: Any = None) -> Data:
    """Send the same POST twice under one key: the second answer is the first one, and says so."""
    headers = {"Idempotency-Key": str(ids.new_id())}
    first = await client.post(path, json=json, headers=headers)
    second = await client.post(path, json=json, headers=headers)
    assert first.is_success, first.text
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    data: Data = first.json()["data"]
    return data


async def effects_of(client: ApiClient, path: str, json: Any = None) -> list[tuple[str, str]]:
    """Type and resource of what a command says in a dry run that it would do."""
    response = await client.post(f"{path}?dry_run=true", json=json)
    assert response.status_code == 200, response.text
    return [(effect["type"], effect["resource_id"]) for effect in response.json()["effects"]]
