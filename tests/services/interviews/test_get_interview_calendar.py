"""get_interview_calendar: one interview for a calendar client, as two independent readers of iCalendar see it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.interviews.habits import interview_path, times
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


async def calendar_of(client: ApiClient, interview: Data) -> bytes:
    answer = await client.get(interview_path(interview, "/calendar"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def event_in(content: bytes) -> Any:
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


@pytest.mark.parametrize("time_zone", ["Europe/Berlin", "America/St_Johns", "UTC"])
async def test_two_readers_agree_on_it(recruiter: ApiClient, make: Factories, time_zone: str) -> None:
    texts: Data = {
        "title": "Ein Gespräch; über, alles \\ und mehr",
        "instructions": "Ask.\nThen; listen, long: " + "wörter " * 40,
    }
    interview = await make.interview(
        time_zone=time_zone, location="Room 4, Hamburg", video_url="https://meet.example.org/4?a=b,c;d", **texts
    )
    content = await calendar_of(recruiter, interview)
    candidate = await recruiter.data("GET", f"{V1}/candidates/{interview['candidate_id']}")
    summary = f"{texts['title']}: {candidate['profile']['full_name']}"

    event = event_in(content)
    assert (event["uid"], event["summary"], event["description"]) == (interview["id"], summary, texts["instructions"])
    assert (event["location"], event["url"]) == (interview["location"], interview["video_url"])
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)
    assert event.decoded("dtstart") == moment(interview["starts_at"])
    assert event.decoded("dtend") == moment(interview["ends_at"])
    assert event["organizer"].startswith("mailto:")

    read = vobject.readOne(content.decode())
    assert (read.method.value, read.version.value) == ("PUBLISH", "2.0")
    assert read.vevent.dtstart.value.astimezone(UTC) == moment(interview["starts_at"])
    assert read.vevent.dtend.value.astimezone(UTC) == moment(interview["ends_at"])
    assert (read.vevent.uid.value, read.vevent.summary.value) == (interview["id"], summary)
    assert read.vevent.description.value == texts["instructions"]
    assert read.validate()


async def test_lines_are_folded_and_end_as_the_rfc_wants(recruiter: ApiClient, make: Factories) -> None:
    interview = await make.interview(title="Ünder " * 30, instructions="a\nATTENDEE:mailto:x@example.org\nb")
    content = await calendar_of(recruiter, interview)
    lines = content.split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert not [line for line in lines if line.startswith(b"ATTENDEE")]


async def test_every_change_raises_the_sequence_of_the_same_uid(recruiter: ApiClient, make: Factories) -> None:
    interview = await make.interview(location=None, video_url="https://meet.example.org/4")
    seen = [event_in(await calendar_of(recruiter, interview))]
    path = interview_path(interview)
    steps: list[tuple[str, str, Any]] = [
        ("PATCH", path, {"title": "Other"}),
        ("POST", f"{path}/reschedule", times(timedelta(days=5))),
        ("POST", f"{path}/cancel", {"reason": "other"}),
    ]
    for method, where, body in steps:
        await recruiter.data(method, where, json=body)
        seen.append(event_in(await calendar_of(recruiter, interview)))
    assert [event["sequence"] for event in seen] == [0, 1, 2, 3]
    assert {str(event["uid"]) for event in seen} == {interview["id"]}
    assert [str(event["status"]) for event in seen] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert seen[0]["location"] == "https://meet.example.org/4"
    content = await calendar_of(recruiter, interview)
    assert icalendar.Calendar.from_ical(content)["method"] == "CANCEL"
    assert vobject.readOne(content.decode()).vevent.status.value == "CANCELLED"


async def test_names_the_candidate_to_those_who_may_know_it(
    recruiter: ApiClient, make: Factories, interviewer: ApiClient
) -> None:
    interview = await make.interview(title="Talk")
    machine = await make.machine("interviews:read")
    assert event_in(await calendar_of(machine, interview))["summary"] == "Talk"
    await make.grant("interviewer", {"id": interview["job_id"]})
    assert event_in(await calendar_of(interviewer, interview))["summary"].startswith("Talk: Mira")
    await make.admin.data("DELETE", f"{V1}/candidates/{interview['candidate_id']}")
    assert event_in(await calendar_of(recruiter, interview))["summary"] == "Talk"


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path = interview_path(await make.interview(), "/calendar")
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "GET", path)
    await expect_scope(await make.machine("jobs:read"), "GET", path, None, "interviews:read")
