"""list_interviews_calendar: all of one's interviews for a calendar client."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
import vobject

from impl.lib import clock
from impl.services.interviews import operations
from tests.services.habits import expect_scope, instant, refused_at
from tests.services.interviews.habits import interview_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories

CALENDAR = f"{V1}/interviews.ics"


async def found(client: ApiClient, **query: Any) -> list[str]:
    """The interviews in the calendar, for two readers alike."""
    answer = await client.get(CALENDAR, params=query, headers={"Accept": "text/calendar"})
    assert answer.status_code == 200, answer.text
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert (calendar["method"], str(calendar["x-wr-calname"])[:14]) == ("PUBLISH", "Interviews at ")
    ids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert [event.uid.value for event in vobject.readOne(answer.text).contents.get("vevent", [])] == ids
    return ids


def ids(*interviews: Data) -> list[str]:
    return [each["id"] for each in interviews]


async def test_holds_the_cancelled_too_and_begins_thirty_days_ago(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast
) -> None:
    assert await found(recruiter) == []
    application = await make.application()
    late = await make.interview(application, starts_in=timedelta(days=400), time_zone="Europe/Berlin")
    soon = await make.interview(by="recruiter", time_zone="America/New_York")
    past = await make.interview(application, starts_in=timedelta(days=-29))
    old = await make.interview(application, starts_in=timedelta(days=-31))
    await make_elsewhere.interview()
    await recruiter.data("POST", interview_path(soon, "/cancel"), json={"reason": "other"})

    assert await found(recruiter) == ids(past, soon, late)
    assert await found(recruiter, starts_after=instant(clock.now() - timedelta(days=40))) == ids(old, past, soon, late)
    assert await found(recruiter, starts_before=instant(clock.now())) == ids(past)
    for name in ("job_id", "candidate_id", "application_id"):
        assert await found(recruiter, **{name: late[name]}) == ids(past, late)
    assert await found(recruiter, interviewer_id=str(recruiter.id)) == ids(soon)
    assert await found(recruiter, status="scheduled,no_show") == ids(past, late)


async def test_ends_where_it_is_full(recruiter: ApiClient, make: Factories, monkeypatch: pytest.MonkeyPatch) -> None:
    interviews = [await make.interview(starts_in=timedelta(days=days)) for days in (3, 1, 2)]
    monkeypatch.setattr(operations, "CALENDAR_MAX", 2)
    assert await found(recruiter) == ids(interviews[1], interviews[2])


async def test_shows_only_granted_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen = await make.interview()
    await make.interview()
    await make.grant("interviewer", {"id": seen["job_id"]})
    assert await found(interviewer) == ids(seen)


async def test_refuses_strange_questions(recruiter: ApiClient, make: Factories) -> None:
    for query in ("limit=5", "status=gone", "starts_after=now", "sort=starts_at"):
        status, code, pointers = refused_at(await recruiter.get(f"{CALENDAR}?{query}"))
        assert (status, code) == (422, "validation_failed")
        assert pointers[0].startswith(f"query/{query.partition('=')[0]}")
    await expect_scope(await make.machine("jobs:read"), "GET", CALENDAR, None, "interviews:read")
