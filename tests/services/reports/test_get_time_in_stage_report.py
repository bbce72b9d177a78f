"""get_time_in_stage_report: how long applications stand where, at any instant."""

import math
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impl.core.runtime import Runtime
from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.applications.habits import retire
from tests.services.habits import NOWHERE, expect_scope, instant
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

REPORT = f"{V1}/reports/time_in_stage"
ACTIONS = ("apply", "move", "transfer", "withdraw", "reopen", "wait")
KEYS = {"stage": ("job_id", "stage_id", "stage_kind"), "stage_kind": ("stage_kind",), "job": ("job_id",)}


async def report(client: ApiClient, **query: Any) -> list[Data]:
    found: Data = await client.data("GET", f"{REPORT}?{urlencode(query)}")
    assert found["is_complete"]
    rows: list[Data] = found["rows"]
    return rows


def counted(stays: list[Data], kinds: dict[str, str], as_of: str, group_by: str) -> list[Data]:
    """The same by a plain count of the stage history. Whole seconds compare as texts."""
    groups: dict[tuple[Any, ...], list[Data]] = {}
    for stay in stays:
        if stay["entered_at"] <= as_of:
            named = {"stage_kind": kinds[stay["stage_id"]], **stay}
            groups.setdefault(tuple(named[key] for key in KEYS[group_by]), []).append(stay)
    rows = []
    for values, members in groups.items():
        left = sorted(stay["seconds"] for stay in members if stay["left_at"] is not None and stay["left_at"] <= as_of)
        rows.append(
            {"job_id": None, "stage_id": None, "stage_kind": None, **dict(zip(KEYS[group_by], values, strict=True))}
            | {
                "entered_count": len(members),
                "applications_count": len({stay["application_id"] for stay in members}),
                "left_count": len(left),
                "current_count": len(members) - len(left),
                "p50_seconds": left[math.ceil(len(left) * 50 / 100) - 1] if left else None,
                "p90_seconds": left[math.ceil(len(left) * 90 / 100) - 1] if left else None,
            }
        )
    return sorted(rows, key=repr)


async def act(make: Factories, jobs: list[Data], made: list[Data], action: str, number: int) -> None:
    """Do one thing to one application; what its status refuses is left undone."""
    if action == "apply":
        made.append(await make.application(jobs[number % 2]))
    elif made and action != "wait":
        application = made[number % len(made)]
        command = "move" if action == "transfer" else action
        other = next(job for job in jobs if job["id"] != application["job_id"])
        body = {"to_job_id": other["id"]} if action == "transfer" else {}
        answer = await make.admin.post(f"{V1}/applications/{application['id']}/{command}", json=body)
        assert answer.status_code in (200, 409), answer.text
        if answer.is_success:
            made[number % len(made)] = answer.json()["data"]


async def test_agrees_with_a_plain_count_of_any_history(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    jobs = [await make.job(), await make.job()]
    stages = [await make.stages(job) for job in jobs]
    kinds = {stage["id"]: stage["kind"] for each in stages for stage in each}
    hands.set(clock.now().replace(microsecond=0) + timedelta(seconds=1))

    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def histories(data: st.DataObject) -> None:
        steps = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5), st.integers(1, 90))
        drawn.append(data.draw(st.lists(steps, min_size=6, max_size=12)))

    drawn: list[list[tuple[str, int, int]]] = []
    histories()
    made: list[Data] = []
    moments: list[str] = []
    for steps in drawn:
        for action, number, seconds in [("apply", 0, 5), *steps]:
            hands.advance(timedelta(seconds=seconds))
            await act(make, jobs, made, action, number)
        moments.append(instant(clock.now()))
    # A stage that stays stand in goes out of use, and they count as before.
    await retire(make.admin, jobs[0], stages[0], stages[0][1])
    stays = await recruiter.data("GET", f"{V1}/stage_history?limit=200")
    assert 20 < len(stays) < 200
    for moment in moments:
        for group_by in KEYS:
            found = await report(recruiter, as_of=moment, group_by=group_by)
            assert sorted(found, key=repr) == counted(stays, kinds, moment, group_by)


async def test_filters(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    department, office, source = await make.department(), await make.office(), await make.source()
    job = await make.job(department_id=department["id"], office_id=office["id"])
    application = await make.application(job, source_id=source["id"])
    hands.advance(timedelta(minutes=2))
    await make.application()
    first = application["applied_at"]
    later = instant(clock.now() - timedelta(minutes=1))
    for query, jobs in [
        ({"job_id": job["id"]}, [job["id"]]),
        ({"department_id": department["id"]}, [job["id"]]),
        ({"office_id": office["id"]}, [job["id"]]),
        ({"source_id": source["id"]}, [job["id"]]),
        ({"entered_from": first, "entered_before": later}, [job["id"]]),
        ({"as_of": later}, [job["id"]]),
        ({"entered_before": first}, []),
        ({"job_id": job["id"], "entered_from": later}, []),
        ({"job_id": NOWHERE}, []),
    ]:
        assert [row["job_id"] for row in await report(recruiter, **query)] == jobs, query
    assert len(await report(recruiter)) == 2


async def test_tells_what_it_is_of(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    found = await recruiter.data("GET", f"{REPORT}?as_of=2020-01-01T00:00:00Z")
    assert found == {"as_of": "2020-01-01T00:00:00Z", "is_complete": True, "rows": []}
    [row] = await report(recruiter)
    assert (row["stage_id"], row["current_count"], row["p50_seconds"]) == (application["stage_id"], 1, None)


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient) -> None:
    for query in ("colour=red", "group_by=person", "job_id=x", "as_of=yesterday", "limit=1"):
        answer = await recruiter.get(f"{REPORT}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed"), query


async def test_is_one_statement_for_any_number_of_rows(recruiter: ApiClient, make: Factories, runtime: Runtime) -> None:
    for _ in range(2):
        await make.application()
    await recruiter.get(REPORT)
    with queries_of(runtime) as sent:
        await recruiter.get(REPORT)
    assert len(sent) == 1


async def test_counts_nothing_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    application = await make.application()
    assert await report(outsider) == []
    assert await report(outsider, job_id=application["job_id"]) == []


async def test_a_hiring_manager_counts_granted_jobs(hiring_manager: ApiClient, make: Factories) -> None:
    seen = await make.application()
    await make.application()
    assert await report(hiring_manager) == []
    await make.grant("hiring_manager", {"id": seen["job_id"]})
    assert [row["job_id"] for row in await report(hiring_manager)] == [seen["job_id"]]


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    await expect_scope(await make.machine("applications:read"), "GET", REPORT, None, "reports:read")
    await expect_scope(interviewer, "GET", REPORT, None, "reports:read")
