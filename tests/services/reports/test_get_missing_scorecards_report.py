"""get_missing_scorecards_report: the scorecards that somebody still owes."""

import random
from collections import Counter
from datetime import timedelta

from impl.core.runtime import Runtime
from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import expect_scope, instant
from tests.services.reports.habits import expect_query_refused, read
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of

ENDS = {"complete": {}, "cancel": {"reason": "other"}, "no_show": {}}
SHOWN = ("interview_id", "application_id", "job_id", "interviewer_id")


def counted(interviews: dict[str, Data], scorecards: list[Data], as_of: str, jobs: set[str]) -> list[Data]:
    """The same by a plain count."""
    found = []
    for scorecard in scorecards:
        interview = interviews[scorecard["interview_id"]]
        off = interview["status"] in ("cancelled", "no_show") and interview["concluded_at"] <= as_of
        is_due = interview["requires_scorecards"] and interview["ends_at"] <= as_of and not off
        is_there = scorecard["created_at"] <= as_of
        is_submitted = scorecard["submitted_at"] is not None and scorecard["submitted_at"] <= as_of
        if is_due and is_there and not is_submitted and scorecard["job_id"] in jobs:
            row = {name: scorecard[name] for name in SHOWN}
            found.append({"scorecard_id": scorecard["id"], **row, "due_at": interview["ends_at"]})
    return sorted(found, key=lambda row: (row["due_at"], row["scorecard_id"]))


async def make_interviews(make: Factories, hands: Hands, applications: list[Data]) -> list[str]:
    """Interviews that were held, called off and missed, with scorecards that came soon, late and never; instants on the way."""
    chance = random.Random(12)
    people = [str(make.cast.people[role].id) for role in ("admin", "recruiter")]
    hands.set(clock.now().replace(microsecond=0) + timedelta(seconds=1))
    moments, made = [], []
    for step in range(36):
        hands.advance(timedelta(minutes=chance.randint(20, 200)))
        if step % 3 == 0:
            interviewers = chance.sample(people, chance.randint(1, 2))
            fields: Data = {"interviewer_ids": interviewers, "requires_scorecards": chance.random() < 0.8}
            starts_in = timedelta(hours=chance.randint(1, 8))
            made.append(await make.interview(chance.choice(applications), starts_in=starts_in, **fields))
        else:
            await act(make, chance.choice(made), chance.choice([*ENDS, "submit", "submit"]))
        if step % 6 == 5:
            moments.append(instant(clock.now()))
    return moments


async def act(make: Factories, interview: Data, action: str) -> None:
    """End the interview, or submit the administrator's scorecard; what its status refuses is left undone."""
    if action in ENDS:
        answer = await make.admin.post(f"{V1}/interviews/{interview['id']}/{action}", json=ENDS[action])
        assert answer.status_code in (200, 409), answer.text
        return
    for scorecard in await make.scorecards(interview):
        if scorecard["interviewer_id"] == str(make.admin.id) and scorecard["status"] == "draft":
            await make.scorecard(interview, status="submitted")


async def test_agrees_with_a_plain_count(recruiter: ApiClient, make: Factories, hands: Hands) -> None:
    place = {"department_id": (await make.department())["id"], "office_id": (await make.office())["id"]}
    source = await make.source()
    first, second = await make.job(**place), await make.job()
    applications = [
        await make.application(job, await make.reachable(), **fields)
        for job, fields in ((first, {}), (second, {"source_id": source["id"]}))
    ]
    moments = await make_interviews(make, hands, applications)
    interviews = {each["id"]: each for each in await make.admin.data("GET", f"{V1}/interviews?limit=200")}
    scorecards = await make.admin.data("GET", f"{V1}/scorecards?limit=200")
    both = {first["id"], second["id"]}
    sizes = set()
    for as_of in moments:
        for wanted, jobs in [
            ({}, both),
            ({"job_id": second["id"]}, {second["id"]}),
            ({"department_id": place["department_id"]}, {first["id"]}),
            ({"office_id": place["office_id"]}, {first["id"]}),
            ({"source_id": source["id"]}, {second["id"]}),
        ]:
            found = await read(recruiter, "missing_scorecards", as_of=as_of, **wanted)
            rows = counted(interviews, scorecards, as_of, jobs)
            assert found["rows"] == rows
            counts = {row["interviewer_id"]: row["scorecards_count"] for row in found["interviewers"]}
            assert counts == Counter(row["interviewer_id"] for row in rows)
            assert list(counts.values()) == sorted(counts.values(), reverse=True)
            sizes.add(len(rows))
    assert len(sizes) > 3


async def test_shows_what_the_actor_sees(
    cast: Cast, outsider: ApiClient, make: Factories, hands: Hands, runtime: Runtime
) -> None:
    seen, manager = await make.interview(), cast.client("hiring_manager")
    await make.interview()
    hands.advance(timedelta(days=3))
    path = f"{V1}/reports/missing_scorecards"
    assert (await read(outsider, "missing_scorecards"))["rows"] == []
    assert (await read(manager, "missing_scorecards"))["interviewers"] == []
    await make.grant("hiring_manager", {"id": seen["job_id"]})
    with queries_of(runtime) as sent:
        found = await read(manager, "missing_scorecards")
    assert [row["interview_id"] for row in found["rows"]] == [seen["id"]]
    assert [row["scorecards_count"] for row in found["interviewers"]] == [1]
    assert len([each for each in sent if "scorecards" in each]) == 2
    await expect_scope(await make.machine("scorecards:read"), "GET", path, None, "reports:read")
    await expect_scope(cast.client("interviewer"), "GET", path, None, "reports:read")


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_refused(recruiter, "missing_scorecards", "interviewer_id=x", "group_by=job")
