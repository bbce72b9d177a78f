"""The names of the IANA time zone database, as this machine has it."""

import functools
from zoneinfo import available_timezones


@functools.cache
def known() -> frozenset[str]:
    """Every name, aliases included. The first call reads the database from disk."""
    return frozenset(available_timezones())


def is_known(name: str) -> bool:
    """Whether `name` is spelled exactly as in the database."""
    return name in known()
