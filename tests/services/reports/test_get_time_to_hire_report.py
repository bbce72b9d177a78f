"""get_time_to_hire_report: how long it took to hire."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import instant, settled
from tests.services.reports.habits import (
    History,
    expect_own_rows_only,
    expect_query_refused,
    last_stays,
    nearest_rank,
    read,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

LABELS = ("job_id", "department_id", "month")
KEYS = {"job": ("job_id",), "department": ("department_id",), "month": ("month",), "all": ()}


def seconds(start: str | None, end: str) -> int | None:
    """The time from one instant of the API to another."""
    if start is None:
        return None
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


def counted(stays: list[Data], opened: list[tuple[str, str]], basis: str, group_by: str) -> list[Data]:
    """The same by a plain count; `opened` are the jobs with the instants at which they were opened."""
    groups: dict[tuple[Any, ...], list[int | None]] = {}
    for stay in last_stays(stays):
        if stay["outcome"] == "hired":
            at = stay["left_at"]
            openings = [when for job_id, when in opened if job_id == stay["job_id"] and when <= at]
            start = stay["applied_at"] if basis == "applied" else max(openings, default=None)
            named = stay | {"month": at[:7]}
            groups.setdefault(tuple(named[key] for key in KEYS[group_by]), []).append(seconds(start, at))
    rows = []
    for values, members in groups.items():
        times = [time for time in members if time is not None]
        rows.append(
            dict.fromkeys(LABELS)
            | dict(zip(KEYS[group_by], values, strict=True))
            | {
                "hires_count": len(members),
                "measured_count": len(times),
                "p50_seconds": nearest_rank(times, 50),
                "p90_seconds": nearest_rank(times, 90),
                "mean_seconds": sum(times) // len(times) if times else None,
            }
        )
    return sorted(rows, key=repr)


@pytest.mark.parametrize("seed", [5, 6])
async def test_agrees_with_a_plain_count(recruiter: ApiClient, make: Factories, hands: Hands, seed: int) -> None:
    history = History(make, hands, seed)
    await history.happen()
    path = f"{V1}/jobs/{history.jobs[0]['id']}"
    await make.admin.data("POST", f"{path}/close", json={"reason": "other", "applications": "keep"})
    hands.advance(timedelta(hours=1))
    await make.opening(history.jobs[0])
    await make.admin.data("POST", f"{path}/open")
    for days in (40, 50):
        hands.advance(timedelta(days=days))
        hired = await make.application(history.jobs[0])
        hands.advance(timedelta(hours=3))
        await make.command(hired, "hire")
    history.moments.append(instant(clock.now()))
    events = await settled(make.admin, 3, type="job.opened")
    opened = [(event["resource_id"], event["occurred_at"]) for event in events]
    hires = 0
    for as_of in history.moments:
        for wanted in history.filters():
            stays = await history.stays(recruiter, as_of, **wanted)
            for basis in ("applied", "opened"):
                for group_by in KEYS:
                    query = {"as_of": as_of, "basis": basis, "group_by": group_by, **wanted}
                    found = await read(recruiter, "time_to_hire", **query)
                    assert found["basis"] == basis
                    assert sorted(found["rows"], key=repr) == counted(stays, opened, basis, group_by)
                    hires += sum(row["hires_count"] for row in found["rows"])
    assert hires > 10
    months = [row["month"] for row in (await read(recruiter, "time_to_hire", group_by="month"))["rows"]]
    assert months == sorted(months)
    assert len(months) > 1


async def test_counts_the_hires_of_a_time(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    draft = await make.job(status="draft", requires_opening=False)
    hired = await make.command(await make.application(draft), "hire")
    at = hired["hire"]["at"]
    after = instant(datetime.fromisoformat(at) + timedelta(seconds=1))
    hands.set(datetime.fromisoformat(after))
    [row] = (await read(recruiter, "time_to_hire", hired_from=at, hired_before=after, basis="opened"))["rows"]
    never_opened = {"p50_seconds": None, "p90_seconds": None, "mean_seconds": None, "measured_count": 0}
    assert row == row | never_opened | {"job_id": draft["id"], "hires_count": 1}
    assert (await read(recruiter, "time_to_hire", hired_before=at[:19] + "Z"))["rows"] == []
    assert (await read(recruiter, "time_to_hire", hired_from=after))["rows"] == []
    await make.command(hired, "reopen")
    assert (await read(recruiter, "time_to_hire", as_of=after, group_by="all"))["rows"] == []


async def test_counts_what_the_actor_sees(cast: Cast, outsider: ApiClient, make: Factories) -> None:
    await make.command(await make.application(), "hire")
    await make.command(await make.application(), "hire")
    await expect_own_rows_only(cast, outsider, make, "time_to_hire", "rows")


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_refused(recruiter, "time_to_hire", "group_by=week", "basis=x", "hired_from=x", "hired_before=x")
