"""The fixtures of all tests; each family lives in its own module of `tests.support`."""

from tests.support.database import database, database_name, server

__all__ = ["database", "database_name", "server"]
