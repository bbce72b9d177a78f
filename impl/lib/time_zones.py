"""The IANA time zone database, as this machine has it: its names, and the days in a zone."""

import functools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones


@functools.cache
def known() -> frozenset[str]:
    """Every name, aliases included. The first call reads the database from disk."""
    return frozenset(available_timezones())


def is_known(name: str) -> bool:
    """Whether `name` is spelled exactly as in the database."""
    return name in known()


def day_of(moment: datetime, name: str) -> date:
    """The day that it is there at that moment."""
    return moment.astimezone(ZoneInfo(name)).date()


def end_of(day: date, name: str) -> datetime:
    """The moment, in UTC, at which that day is over there."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(name)).astimezone(UTC)
