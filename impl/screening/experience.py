"""Time worked, in months: overlapping positions count once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")

Months = tuple[int, int]


def period_of(entry: Mapping[str, Any], as_of: date) -> Months | None:
    """A position's first month and the month after its last, counted from year 0; None when it has no dates that make sense.

    A date without a month is January, so that 2018 to 2020 is two years. A position that goes on ends at `as_of`.
    """
    start = _month(entry.get("startDate"))
    now = as_of.year * 12 + as_of.month
    if start is None or start > now:
        return None
    if "endDate" in entry and entry["endDate"] is None:
        return start, max(now, start + 1)
    end = _month(entry.get("endDate"))
    if end is None or end < start:
        return None
    return start, max(min(end, now), start + 1)


def months_in(periods: Iterable[Months]) -> int:
    """How many months the periods cover together."""
    total, reached = 0, 0
    for start, end in sorted(periods):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _month(value: Any) -> int | None:
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    month = int(found[2] or 1)
    return int(found[1]) * 12 + month if 1 <= month <= 12 else None
