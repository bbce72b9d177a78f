"""D3 (first part): no update is lost. If-Match is honoured by every change of a row, If-None-Match by every read."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


def taking(header: str) -> list[str]:
    return [
        name
        for name, operation in contract.operations().items()
        if any(parameter["name"] == header for parameter in operation.parameters)
    ]


pytestmark = pytest.mark.promise("D3")


async def tag_of(call: world.Call, client: ApiClient) -> str:
    """The entity tag of the resource that a change is about: of its own path, or of the path that the command stands under."""
    for path in (call.path, call.path.rpartition("/")[0]):
        if contract.operation_at("GET", path) is not None:
            answer = await client.get(path)
            assert answer.status_code == 200, answer.text
            return str(answer.headers["etag"])
    raise AssertionError(f"{call.path} has nothing to read")


@pytest.mark.parametrize("operation_id", taking("If-Match"))
async def test_a_stale_tag_changes_nothing(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    version, _, rest = (await tag_of(call, client)).strip('"').partition("-")
    before = await rows.fingerprint(cast.organization_id)
    for stale in (f'"{int(version) + 1}-{rest}"', '"0-x"', '"nonsense"', f'W/"{version}-{rest}"', "nonsense"):
        assert problem(await call.send(client, headers={"If-Match": stale})) == (412, "precondition_failed"), stale
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.parametrize("operation_id", taking("If-Match"))
async def test_the_right_tag_is_taken_once(cast: Cast, operation_id: str) -> None:
    call, client = await world.World(cast).call(operation_id), cast.client("admin")
    tag = await tag_of(call, client)
    first = await call.send(client, headers={"If-Match": f'"other", {tag}'})
    assert first.is_success, first.text
    assert problem(await call.send(client, headers={"If-Match": tag})) in {
        (412, "precondition_failed"),
        (404, "not_found"),
    }


@pytest.mark.parametrize("operation_id", taking("If-Match"))
async def test_an_organization_can_require_it(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, client = await world.World(cast).call(operation_id), cast.client("admin")
    settings = {"settings": {"require_if_match": True}}
    await client.data("PATCH", f"{V1}/organization", json=settings)
    before = await rows.fingerprint(cast.organization_id)
    assert problem(await call.send(client)) == (428, "precondition_required")
    assert await rows.fingerprint(cast.organization_id) == before
    assert (await call.send(client, headers={"If-Match": "*"})).is_success


@pytest.mark.parametrize("operation_id", taking("If-None-Match"))
async def test_an_unchanged_resource_is_not_sent_again(standing: world.Standing, operation_id: str) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    client = cast.client("admin")
    read = await call.send(client)
    for tag in (read.headers["etag"], f"W/{read.headers['etag']}", f'"x", {read.headers["etag"]}', "*"):
        answer = await call.send(client, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b""), tag
        assert answer.headers["etag"] == read.headers["etag"]
    again = await call.send(client, headers={"If-None-Match": '"other"'})
    assert (again.status_code, again.content) == (200, read.content)


async def test_of_fifty_moves_from_one_tag_one_wins(cast: Cast, make: Factories, rows: Rows) -> None:
    application = await make.application()
    client, path = cast.client("recruiter"), f"{V1}/applications/{application['id']}"
    for _ in range(3):
        tag = (await client.get(path)).headers["etag"]
        sent = [client.post(f"{path}/move", json={}, headers={"If-Match": tag}) for _ in range(50)]
        statuses = Counter(answer.status_code for answer in await asyncio.gather(*sent))
        assert statuses == {200: 1, 412: 49}
    await expect_linear(rows, client, application["id"], stays=4)


async def expect_linear(rows: Rows, client: ApiClient, application_id: str, *, stays: int) -> None:
    """The history is one chain: each stay begins when the one before ends, and the last one is where the application is."""
    history = await client.data("GET", f"{V1}/stage_history?application_id={application_id}&sort=entered_at")
    assert len(history) == stays
    for earlier, later in pairwise(history):
        assert earlier["left_at"] == later["entered_at"]
    application = await client.data("GET", f"{V1}/applications/{application_id}")
    assert (history[-1]["stage_id"], history[-1]["left_at"]) == (application["stage_id"], None)
    assert application["version"] == stays, "the version counts the changes"
