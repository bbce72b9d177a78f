"""get_funnel_report: how far the applications of a time came."""

from typing import Any

import pytest

from impl.core.runtime import Runtime
from impl.lib.clock import Hands
from tests.services.reports.habits import (
    History,
    expect_own_rows_only,
    expect_query_refused,
    last_stays,
    read,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of

KEYS = {"stage": ("job_id", "stage_id", "kind"), "stage_kind": ("kind",)}
OUTCOMES = {"current": "current", "passed": "moved", "rejected": "rejected", "withdrawn": "withdrawn", "hired": "hired"}


def counted(stays: list[Data], group_by: str) -> list[Data]:
    """The same by a plain count."""
    keys = KEYS[group_by]
    groups: dict[tuple[Any, ...], list[str]] = {}
    for stay in last_stays(stays, *keys):
        groups.setdefault(tuple(stay[key] for key in keys), []).append(stay["outcome"])
    rows = []
    for values, outcomes in groups.items():
        named = dict(zip(keys, values, strict=True))
        row = {"job_id": named.get("job_id"), "stage_id": named.get("stage_id"), "stage_kind": named["kind"]}
        row |= {"entered_count": len(outcomes)}
        row |= {f"{name}_count": outcomes.count(outcome) for name, outcome in OUTCOMES.items()}
        on = row["passed_count"] + row["hired_count"]
        rows.append(row | {"conversion_basis_points": int(on * 10_000 / len(outcomes))})
    return sorted(rows, key=repr)


@pytest.mark.parametrize("seed", [1, 2])
async def test_agrees_with_a_plain_count(recruiter: ApiClient, make: Factories, hands: Hands, seed: int) -> None:
    history = History(make, hands, seed)
    await history.happen()
    seen = set()
    for as_of in history.moments:
        for wanted in history.filters():
            stays = await history.stays(recruiter, as_of, **wanted)
            for group_by in KEYS:
                found = (await read(recruiter, "funnel", as_of=as_of, group_by=group_by, **wanted))["rows"]
                assert sorted(found, key=repr) == counted(stays, group_by)
                seen |= {name for row in found for name, value in row.items() if value}
    assert {f"{name}_count" for name in OUTCOMES} <= seen
    start, end = history.applications[2]["applied_at"], history.applications[7]["applied_at"]
    stays = [s for s in await history.stays(recruiter, history.moments[-1]) if start <= s["applied_at"] < end]
    found = (await read(recruiter, "funnel", applied_from=start, applied_before=end))["rows"]
    assert sorted(found, key=repr) == counted(stays, "stage")
    assert stays


async def test_stands_in_the_order_of_the_pipeline(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    job = await make.job()
    stages = [stage["id"] for stage in await make.stages(job)]
    for place in (2, 0, 1):
        await make.application(job, stage_id=stages[place])
    found = await read(recruiter, "funnel")
    assert [row["stage_id"] for row in found["rows"]] == stages[:3]
    with queries_of(runtime) as sent:
        found = await read(recruiter, "funnel", group_by="stage_kind")
    assert [row["stage_kind"] for row in found["rows"]] == ["applied", "screen", "interview"]
    assert len(sent) == 1
    assert (await read(recruiter, "funnel", as_of="2020-01-01T00:00:00Z")) == {
        "as_of": "2020-01-01T00:00:00Z",
        "is_complete": True,
        "rows": [],
    }


async def test_counts_what_the_actor_sees(cast: Cast, outsider: ApiClient, make: Factories) -> None:
    await make.application()
    await make.application()
    await expect_own_rows_only(cast, outsider, make, "funnel", "rows")


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_refused(recruiter, "funnel", "group_by=person", "applied_from=x", "applied_before=x")
