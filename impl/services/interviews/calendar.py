"""Interviews as iCalendar (RFC 5545), for calendar clients."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from generated.enums import InterviewStatus
from generated.responses import Interview

if TYPE_CHECKING:
    from types import ModuleType

PRODUCT: Final = "-//ATS//Interviews//EN"
# How far a time zone is described before the first and behind the last interview: its rules are complete in between.
MARGIN: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An interview, and the name of the candidate if the reader may know it."""

    interview: Interview
    candidate_name: str | None


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who sends the calendar."""

    name: str
    email: str


def one(appointment: Appointment, organizer: Organizer) -> bytes:
    """A file with one interview; importing that of a cancelled one takes it out of the calendar."""
    is_cancelled = appointment.interview.status == InterviewStatus.CANCELLED
    return _rendered([appointment], organizer, "CANCEL" if is_cancelled else "PUBLISH")


def many(appointments: Sequence[Appointment], organizer: Organizer) -> bytes:
    """A calendar with all of them, the cancelled ones too."""
    return _rendered(appointments, organizer, "PUBLISH", f"Interviews at {organizer.name}")


def _rendered(appointments: Sequence[Appointment], organizer: Organizer, method: str, name: str | None = None) -> bytes:
    calendar = _library().Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name is not None:
        calendar.add("x-wr-calname", name)
    for appointment in appointments:
        calendar.add_component(_event(appointment, organizer))
    if appointments:
        first, last = _span(appointment.interview for appointment in appointments)
        calendar.add_missing_timezones(first_date=first.date(), last_date=last.date())
    rendered: bytes = calendar.to_ical()
    return rendered


@cache
def _library() -> "ModuleType":
    """icalendar. It costs every start 30 ms and 2 MB; most processes never write a calendar."""
    import icalendar  # noqa: PLC0415

    return icalendar


def _event(appointment: Appointment, organizer: Organizer) -> Any:
    interview, event, zone = appointment.interview, _library().Event(), ZoneInfo(appointment.interview.time_zone)
    event.add("uid", str(interview.id))
    event.add("sequence", interview.version - 1)
    event.add("dtstamp", interview.updated_at)
    event.add("created", interview.created_at)
    event.add("last-modified", interview.updated_at)
    event.add("dtstart", interview.starts_at.astimezone(zone))
    event.add("dtend", interview.ends_at.astimezone(zone))
    name = appointment.candidate_name
    event.add("summary", interview.title if name is None else f"{interview.title}: {name}")
    event.add("status", "CANCELLED" if interview.status == InterviewStatus.CANCELLED else "CONFIRMED")
    event.add("organizer", _address(organizer))
    place = interview.location or interview.video_url
    for field, value in (("location", place), ("url", interview.video_url), ("description", interview.instructions)):
        if value is not None:
            event.add(field, value)
    return event


def _address(organizer: Organizer) -> Any:
    address = _library().vCalAddress(f"mailto:{organizer.email}")
    address.params["CN"] = _library().vText(organizer.name)
    return address


def _span(interviews: Iterable[Interview]) -> tuple[datetime, datetime]:
    starts = sorted(interview.starts_at for interview in interviews)
    return starts[0] - MARGIN, starts[-1] + MARGIN
