"""D1: the same idempotency key means one effect, whatever the number of requests and whenever they come; for every POST."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from generated.operations import OPERATIONS
from impl.core import idempotency
from impl.core.actor import NOBODY
from impl.lib import ids
from impl.lib.clock import Hands
from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import problem
from tests.support.rows import Rows

KEYED = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.parameters)
]
# What nobody can do for another one, and what he hears.
ONES_OWN = {"submit_scorecard": (409, "not_the_interviewer"), "decide_approval": (403, "not_an_approver")}
PARALLEL = 100
REPLAYS = 10

pytestmark = [pytest.mark.promise("D1"), pytest.mark.parametrize("operation_id", KEYED)]


def test_every_post_but_signing_in_and_asking_takes_a_key(operation_id: str) -> None:
    posts = {
        name
        for name, operation in contract.operations().items()
        if operation.method == "POST" and OPERATIONS[name].mutates
    }
    assert set(KEYED) == posts - {"create_session"}


def is_public(operation_id: str) -> bool:
    """All visitors of an organization are one caller: a retry may come from another address."""
    return bool(contract.operations()[operation_id].node["security"] == [])


async def effect(
    rows: Rows, organization_id: UUID, before: dict[str, int], seen: int
) -> tuple[dict[str, int], Counter[str]]:
    """What was added since: rows by table, events by type."""
    now = await rows.counts(organization_id)
    types = await rows.event_types(organization_id)
    return {table: now[table] - before[table] for table in now if now[table] != before[table]}, Counter(types[seen:])


async def test_a_hundred_at_once_have_the_effect_of_one(cast: Cast, rows: Rows, operation_id: str) -> None:
    made, client, organization_id = world.World(cast), cast.client("admin"), cast.organization_id
    single = await made.call(operation_id)
    before, seen = await rows.counts(organization_id), len(await rows.events(organization_id))
    assert (await single.send(client, headers={"Idempotency-Key": "single"})).is_success
    wanted = await effect(rows, organization_id, before, seen)

    call = await made.call(operation_id)
    before, seen = await rows.counts(organization_id), len(await rows.events(organization_id))
    key = {"Idempotency-Key": "parallel"}
    answers = await asyncio.gather(*(call.send(client, headers=key) for _ in range(PARALLEL)))

    successes = [answer for answer in answers if answer.is_success]
    assert len({answer.content for answer in successes}) == 1, "they all tell of the same effect"
    assert len([answer for answer in successes if "idempotency-replayed" not in answer.headers]) == 1
    for answer in answers:
        if not answer.is_success:
            assert problem(answer) == (409, "idempotency_in_progress")
            assert int(answer.headers["retry-after"]) >= 1
    assert await effect(rows, organization_id, before, seen) == wanted

    after = await rows.fingerprint(organization_id)
    for _ in range(REPLAYS):
        replay = await call.send(client, headers=key)
        assert (replay.status_code, replay.content) == (successes[0].status_code, successes[0].content)
        assert replay.headers["idempotency-replayed"] == "true"
    assert await rows.fingerprint(organization_id) == after


async def test_a_key_is_of_one_request_of_one_caller_for_a_day(
    cast: Cast, rows: Rows, hands: Hands, operation_id: str
) -> None:
    made, client = world.World(cast), cast.client("admin")
    key = {"Idempotency-Key": "mine"}
    first = await made.call(operation_id)
    assert (await first.send(client, headers=key)).is_success

    other = await made.call(operation_id)
    before = await rows.fingerprint(cast.organization_id)
    assert problem(await other.send(client, headers=key)) == (422, "idempotency_key_reused")
    assert await rows.fingerprint(cast.organization_id) == before

    if not is_public(operation_id):
        by_another = await other.send(cast.machine(), headers=key)
        assert by_another.is_success or problem(by_another) == ONES_OWN.get(operation_id), by_another.text
        assert "idempotency-replayed" not in by_another.headers

    hands.advance(timedelta(hours=23, minutes=59))
    assert (await first.send(client, headers=key)).headers["idempotency-replayed"] == "true"
    hands.advance(timedelta(minutes=2))
    anew = await (await made.call(operation_id)).send(client, headers=key)
    assert anew.is_success, anew.text
    assert "idempotency-replayed" not in anew.headers


async def test_a_refusal_is_not_kept(cast: Cast, rows: Rows, operation_id: str) -> None:
    """A problem says that nothing has happened: the same key works when its cause is gone."""
    call = await world.World(cast).call(operation_id)
    key = {"Idempotency-Key": "again"}
    refused = await call.send(cast.client("admin"), headers={**key, "Accept": "image/png"})
    assert problem(refused) == (406, "not_acceptable")
    answer = await call.send(cast.client("admin"), headers=key)
    assert answer.is_success
    assert "idempotency-replayed" not in answer.headers


async def test_a_key_in_use_is_refused(cast: Cast, rows: Rows, operation_id: str) -> None:
    """While the first request runs (its lock is held here), the second is told to come back, and then does the work."""
    call, client, key = await world.World(cast).call(operation_id), cast.client("admin"), str(ids.new_id())
    assert client.id is not None
    holder_id = NOBODY.holder_id if is_public(operation_id) else client.id
    claim = idempotency.claim_of(replace(NOBODY, holder_id=holder_id), key)
    async with rows.connection.transaction():
        lock = int.from_bytes(claim.id.bytes[:8], signed=True)
        await rows.connection.execute("SELECT pg_advisory_xact_lock($1)", lock)
        refused = await call.send(client, headers={"Idempotency-Key": key})
    assert problem(refused) == (409, "idempotency_in_progress")
    assert refused.headers["Retry-After"] == "1"
    assert (await call.send(client, headers={"Idempotency-Key": key})).is_success
