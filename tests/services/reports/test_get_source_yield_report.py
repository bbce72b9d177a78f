"""get_source_yield_report: what became of the applications of each source."""

from datetime import timedelta

import pytest

from generated.enums import StageKind
from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import expect_scope, instant
from tests.services.reports.habits import History, expect_query_refused, last_stays, read
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories


def counted(stays: list[Data], offers: list[Data], as_of: str) -> list[Data]:
    """The same by a plain count."""
    sent = {(o["application_id"], o["job_id"]) for o in offers if o["sent_at"] and o["sent_at"] <= as_of}
    groups: dict[str | None, list[Data]] = {}
    for stay in stays:
        groups.setdefault(stay["source_id"], []).append(stay)
    total = len({stay["application_id"] for stay in stays})
    rows = []
    for source_id, members in groups.items():
        count = len({stay["application_id"] for stay in members})
        hires = sum(stay["outcome"] == "hired" for stay in last_stays(members))
        reached = [
            {"stage_kind": kind.value, "applications_count": len(last_stays(s for s in members if s["kind"] == kind))}
            for kind in StageKind
        ]
        rows.append(
            {
                "source_id": source_id,
                "applications_count": count,
                "share_basis_points": count * 10_000 // total,
                "reached": reached,
                "offers_count": len(last_stays(s for s in members if (s["application_id"], s["job_id"]) in sent)),
                "hires_count": hires,
                "hired_basis_points": hires * 10_000 // count,
            }
        )
    return sorted(rows, key=repr)


@pytest.mark.parametrize("seed", [3, 5])
async def test_agrees_with_a_plain_count(recruiter: ApiClient, make: Factories, hands: Hands, seed: int) -> None:
    history = History(make, hands, seed)
    await history.happen()
    for place in (0, 1, 3):
        application = await make.application(history.jobs[0], source_id=history.sources[place % 2]["id"])
        hands.advance(timedelta(minutes=9))
        await make.offer(application, status="draft" if place == 3 else "sent")
        history.moments.append(instant(clock.now()))
    offers = await make.admin.data("GET", f"{V1}/offers?limit=200")
    hires = offered = 0
    for as_of in history.moments:
        for wanted in history.filters():
            stays = await history.stays(recruiter, as_of, **wanted)
            found = (await read(recruiter, "source_yield", as_of=as_of, **wanted))["rows"]
            assert sorted(found, key=repr) == counted(stays, offers, as_of)
            offered += sum(row["offers_count"] for row in found)
            hires += sum(row["hires_count"] for row in found)
    assert hires
    assert offered
    start, end = history.applications[2]["applied_at"], history.applications[7]["applied_at"]
    stays = [s for s in await history.stays(recruiter, history.moments[-1]) if start <= s["applied_at"] < end]
    found = (await read(recruiter, "source_yield", applied_from=start, applied_before=end))["rows"]
    assert sorted(found, key=repr) == counted(stays, offers, instant(clock.now()))
    assert [row["applications_count"] for row in found] == sorted(
        (row["applications_count"] for row in found), reverse=True
    )


async def test_counts_what_the_actor_sees(cast: Cast, outsider: ApiClient, make: Factories) -> None:
    seen, manager = await make.application(), cast.client("hiring_manager")
    await make.application(source_id=(await make.source())["id"])
    assert (await read(outsider, "source_yield"))["rows"] == []
    assert (await read(manager, "source_yield"))["rows"] == []
    await make.grant("hiring_manager", {"id": seen["job_id"]})
    [row] = (await read(manager, "source_yield"))["rows"]
    assert (row["source_id"], row["applications_count"], row["share_basis_points"]) == (None, 1, 10_000)
    path = f"{V1}/reports/source_yield"
    await expect_scope(await make.machine("applications:read"), "GET", path, None, "reports:read")
    await expect_scope(cast.client("interviewer"), "GET", path, None, "reports:read")


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_refused(recruiter, "source_yield", "group_by=source", "applied_from=x", "applied_before=x")
