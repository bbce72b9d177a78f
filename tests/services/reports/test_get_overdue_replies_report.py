"""get_overdue_replies_report: applications that nobody has done anything about for too long."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from impl.core.runtime import Runtime
from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import expect_scope, instant, settled
from tests.services.messages.habits import delivered, post_office
from tests.services.reports.habits import History, expect_query_refused, read
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows, queries_of

DAY = timedelta(days=1)


class Records:
    """Everything that the API tells of messages and events, and the deleted candidates."""

    def __init__(self, messages: list[Data], events: list[Data], deleted: set[str]) -> None:
        self.messages = messages
        self.events = events
        self.deleted = deleted

    def quiet_since(self, stay: Data, as_of: str) -> str:
        """The latest thing that happened."""
        moments: list[str] = [stay["entered_at"]]
        for message in self.messages:
            about = message["application_id"] in (None, stay["application_id"])
            if message["candidate_id"] == stay["candidate_id"] and about and message["sent_at"]:
                moments.append(message["sent_at"])
        for event in self.events:
            if event["application_id"] == stay["application_id"] and event["resource_type"] != "message":
                moments.append(event["occurred_at"])
        return max(moment for moment in moments if moment <= as_of)


def counted(stays: list[Data], records: Records, as_of: str, days: int) -> tuple[list[Data], dict[str, int]]:
    """The same by a plain count."""
    limit = instant(datetime.fromisoformat(as_of) - days * DAY)
    found = []
    for stay in stays:
        quiet_since = records.quiet_since(stay, as_of)
        if stay["outcome"] == "current" and quiet_since <= limit and stay["candidate_id"] not in records.deleted:
            shown = {name: stay[name] for name in ("application_id", "candidate_id", "job_id", "stage_id")}
            found.append(shown | {"stage_entered_at": stay["entered_at"], "quiet_since": quiet_since})
    found.sort(key=lambda row: (row["quiet_since"], row["application_id"]))
    return found, dict(Counter(row["job_id"] for row in found))


async def make_contact(history: History, runtime: Runtime, cast: Cast, hands: Hands) -> set[str]:
    """Send messages about some applications and about none, queue one, write a note, delete a candidate."""
    reachable = [await history.make.reachable() for _ in range(3)]
    made = [await history.make.application(history.jobs[0], candidate) for candidate in reachable]
    hands.advance(2 * DAY)
    history.moments.append(instant(clock.now()))
    about_none = {"recipient": "candidate", "candidate_id": reachable[1]["id"], "subject": "Hello", "body": "Hello"}
    messages = [
        await history.make.message(made[0]),
        await history.make.admin.data("POST", f"{V1}/messages", json=about_none),
    ]
    await history.make.message(made[2])
    with post_office() as post:
        for message in messages:
            assert await delivered(runtime, cast, post.port, message) is None
    hands.advance(timedelta(hours=20))
    await history.make.note(history.applications[0])
    gone = await history.make.application(history.jobs[1])
    await history.make.admin.data("DELETE", f"{V1}/candidates/{gone['candidate_id']}")
    for hours in (3, 22, 60):
        hands.advance(timedelta(hours=hours))
        history.moments.append(instant(clock.now()))
    return {gone["candidate_id"]}


async def test_agrees_with_a_plain_count(
    recruiter: ApiClient, make: Factories, hands: Hands, runtime: Runtime, cast: Cast, rows: Rows
) -> None:
    history = History(make, hands, 7)
    await history.happen(pause=40_000)
    deleted = await make_contact(history, runtime, cast, hands)
    messages = await recruiter.data("GET", f"{V1}/messages?limit=200")
    records = Records(messages, await settled(recruiter, len(await rows.events(cast.organization_id))), deleted)
    assert len(records.events) < 200
    sizes = set()
    for as_of in history.moments:
        for wanted in history.filters():
            stays = await history.stays(recruiter, as_of, **wanted)
            for days in (1, 2, 5):
                found = await read(recruiter, "overdue_replies", as_of=as_of, days=days, **wanted)
                applications, jobs = counted(stays, records, as_of, days)
                assert found["rows"] == applications
                assert {row["job_id"]: row["applications_count"] for row in found["jobs"]} == jobs
                counts = [row["applications_count"] for row in found["jobs"]]
                assert counts == sorted(counts, reverse=True)
                sizes.add(len(applications))
    assert len(sizes) > 4


async def test_takes_the_days_of_the_organization(
    recruiter: ApiClient, make: Factories, hands: Hands, runtime: Runtime
) -> None:
    application = await make.application()
    hands.advance(7 * DAY - timedelta(minutes=1))
    before = await read(recruiter, "overdue_replies")
    assert (before["days"], before["jobs"], before["rows"]) == (7, [], [])
    hands.advance(timedelta(minutes=1))
    with queries_of(runtime) as sent:
        found = await read(recruiter, "overdue_replies")
    assert found["rows"][0]["application_id"] == application["id"]
    assert len(sent) == 3
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"reply_days": 8}})
    found = await read(recruiter, "overdue_replies")
    assert (found["days"], found["rows"]) == (8, [])


@pytest.mark.parametrize("end", ["reject", "withdraw", "hire"])
async def test_leaves_out_what_has_ended(recruiter: ApiClient, make: Factories, hands: Hands, end: str) -> None:
    application, reason = await make.application(), await make.rejection_reason()
    await make.command(application, end, {"reason_id": reason["id"]} if end == "reject" else {})
    hands.advance(9 * DAY)
    assert (await read(recruiter, "overdue_replies"))["rows"] == []


async def test_lists_what_the_actor_sees(cast: Cast, outsider: ApiClient, make: Factories, hands: Hands) -> None:
    seen, manager = await make.application(), cast.client("hiring_manager")
    await make.application()
    hands.advance(9 * DAY)

    async def listed(client: ApiClient, **query: Any) -> tuple[list[str], list[str]]:
        found = await read(client, "overdue_replies", **query)
        return [row["job_id"] for row in found["jobs"]], [row["job_id"] for row in found["rows"]]

    assert await listed(outsider) == await listed(outsider, job_id=seen["job_id"]) == await listed(manager) == ([], [])
    await make.grant("hiring_manager", {"id": seen["job_id"]})
    assert await listed(manager) == ([seen["job_id"]], [seen["job_id"]])
    path = f"{V1}/reports/overdue_replies"
    await expect_scope(await make.machine("applications:read"), "GET", path, None, "reports:read")
    await expect_scope(cast.client("interviewer"), "GET", path, None, "reports:read")


async def test_refuses_what_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_refused(recruiter, "overdue_replies", "days=0", "days=366", "days=x")
