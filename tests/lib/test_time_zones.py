"""Time zones: the names of the IANA database, spelled as there, and the days in a zone."""

from datetime import UTC, date, datetime

import pytest

from impl.lib import time_zones


@pytest.mark.parametrize(
    "name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+5"]
)
def test_knows(name: str) -> None:
    assert time_zones.is_known(name)


@pytest.mark.parametrize(
    "name", ["", "europe/berlin", "Europe/Atlantis", "CEST", "+02:00", "../etc/passwd", "posixrules"]
)
def test_does_not_know(name: str) -> None:
    assert not time_zones.is_known(name)


@pytest.mark.parametrize(
    ("name", "day", "end"),
    [
        ("UTC", date(2026, 12, 4), datetime(2026, 12, 5, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 12, 4), datetime(2026, 12, 4, 23, tzinfo=UTC)),
        # The clocks change on that day: it has 23 hours in spring, 25 in autumn.
        ("Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        # Midnight does not exist on the day after: the clocks jump from there to one.
        ("Africa/Cairo", date(2026, 4, 23), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2099, 12, 31), datetime(2099, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_next_one_begins(name: str, day: date, end: datetime) -> None:
    assert time_zones.end_of(day, name) == end
    assert time_zones.day_of(end, name) > day
    assert time_zones.day_of(datetime.fromtimestamp(end.timestamp() - 1, UTC), name) == day
