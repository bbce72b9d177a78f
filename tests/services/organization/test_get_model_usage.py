"""get_model_usage: what reading by a model has taken, day by day; and the budget that it comes from."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib import clock
from impl.lib.clock import Hands
from impl.lib.language_model import Spent
from impl.services.organization import model_budget
from impl.services.organization.model_budget import Cost, Reserved
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/organization/model_usage"
COST = Cost(input_tokens=1_000, output_tokens=500)


def run_of(runtime: Runtime, organization_id: UUID) -> TaskRun:
    return TaskRun(runtime, organization_id, "r", 1)


async def reserved(run: TaskRun, *, tries_max: int = 2, budget: int = 10_000) -> Reserved | None:
    async with run.step() as ctx:
        reserved, share = await model_budget.reserve(ctx, COST, tries_max=tries_max, budget=budget)
        assert (share <= 1) is (reserved is not None)
        return reserved


async def settled(run: TaskRun, held: Reserved, spent: Spent, *, has_failed: bool = False) -> None:
    async with run.step() as ctx:
        await model_budget.settle(ctx, held, spent, has_failed=has_failed)


async def test_shows_each_day_the_latest_first(
    admin: ApiClient, cast: Cast, other_cast: Cast, runtime: Runtime, hands: Hands
) -> None:
    run = run_of(runtime, cast.organization_id)
    today = clock.now()
    hands.set(today - timedelta(days=1))
    before = await reserved(run)
    assert before is not None
    hands.set(today)
    now = await reserved(run, tries_max=1)
    assert now is not None
    # What was begun yesterday is counted there.
    await settled(run, before, Spent(tries=2, input_tokens=700, output_tokens=90, unknown_tries=1), has_failed=True)
    async with run.step() as ctx:
        await model_budget.count_hit(ctx)
    assert await reserved(run_of(runtime, other_cast.organization_id)) is not None

    shown = await admin.data("GET", PATH)

    zero = {"calls_count": 0, "tries_count": 0, "failed_count": 0, "input_tokens": 0, "output_tokens": 0}
    counted = {"calls_count": 1, "tries_count": 2, "failed_count": 1, "input_tokens": 1_700, "output_tokens": 590}
    assert shown == {
        "is_available": False,
        "daily_token_budget": 1_000_000,
        "days": [
            {**zero, "day": now.day.isoformat(), "cache_hits_count": 1, "reserved_tokens": 1_500},
            {**counted, "day": before.day.isoformat(), "cache_hits_count": 0, "reserved_tokens": 0},
        ],
    }
    assert [day["day"] for day in (await admin.data("GET", f"{PATH}?days=1"))["days"]] == [now.day.isoformat()]


async def test_records_no_event_and_shows_nothing_at_first(admin: ApiClient, cast: Cast, rows: Rows) -> None:
    assert (await admin.data("GET", PATH))["days"] == []
    assert await rows.events(cast.organization_id) == []


@pytest.mark.promise("G1")
async def test_however_many_ask_at_once_the_budget_is_not_exceeded(
    admin: ApiClient, cast: Cast, runtime: Runtime
) -> None:
    run = run_of(runtime, cast.organization_id)

    held = await asyncio.gather(*(reserved(run) for _ in range(8)))

    assert sum(each is not None for each in held) == 3, "three times two tries of 1,500 tokens, of ten thousand"
    [day] = (await admin.data("GET", PATH))["days"]
    assert day["reserved_tokens"] == 9_000
    first = next(each for each in held if each)
    await settled(run, first, Spent(tries=1, input_tokens=10, output_tokens=5))
    assert await reserved(run) is not None
    assert await reserved(run) is None


async def test_a_budget_of_nothing_takes_nothing(admin: ApiClient, cast: Cast, runtime: Runtime) -> None:
    run = run_of(runtime, cast.organization_id)
    assert await reserved(run, budget=0) is None
    assert await reserved(run, budget=2_999) is None
    assert (await admin.data("GET", PATH))["days"] == []


@pytest.mark.parametrize("days", ["0", "367", "x"])
async def test_refuses_other_spans(admin: ApiClient, days: str) -> None:
    assert problem(await admin.get(f"{PATH}?days={days}")) == (422, "validation_failed")


async def test_needs_its_permission_and_the_whole_organization(make: Factories) -> None:
    job = await make.job()
    other = await make.machine("jobs:read")
    narrow = await make.machine("organization:read", job_ids=[job["id"]])

    assert problem(await other.get(PATH)) == (403, "missing_scope")
    assert problem(await narrow.get(PATH)) == (403, "missing_grant")
