"""The one place where what the database says becomes what the service says."""

import logging

import asyncpg
from sqlalchemy import exc

from impl.lib.problems import Problem

log = logging.getLogger("ats.db")

RETRY_AFTER = {"Retry-After": "1"}


class DatabaseUnavailable(Problem):
    """The database is down, restarting, out of connections or refuses writes; trying again later helps."""

    status, code, title = 503, "database_unavailable", "The database is not available"


class DeadlineExceeded(Problem):
    """The operation took longer than it may; PostgreSQL has stopped it."""

    status, code, title = 503, "deadline_exceeded", "The operation took too long"


class ResourceLocked(DeadlineExceeded):
    """Another request holds the row for longer than we wait."""

    title = "Another request is changing this resource"


class Conflict40(DeadlineExceeded):
    """SQLSTATE class 40 (deadlock, serialization) or a plan outdated by a migration: the same transaction may simply be
    run again. Seen by a caller only if the repeats failed too."""

    title = "The change met concurrent ones"


class ConstraintViolated(Exception):
    """A unique, foreign-key, check, exclusion or not-null rule refused the change.

    `constraint` is the rule's name (for not-null `table.column`): never a value of the row. The operation knows which
    problem that is; one that expects none lets it pass as a bug.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


class UnstorableText(Problem):
    """Text with a character PostgreSQL cannot keep (NUL, a lone surrogate)."""

    status, code, title = 422, "validation_failed", "A text holds a character that cannot be stored"


# Class 08 connection, 53 resources (disk, memory, connections), 58 system; 57P01–57P05 shutdown and start-up.
_UNAVAILABLE_CLASSES = ("08", "53", "57P", "58")
_READ_ONLY = "25006"
_PROBLEMS: dict[str, type[Problem]] = {
    "22021": UnstorableText,
    "22P05": UnstorableText,
    "55P03": ResourceLocked,
    "57014": DeadlineExceeded,
}


def translated(error: BaseException) -> BaseException:
    """The error of the service for one of the driver, of SQLAlchemy or of the network; any other comes back unchanged."""
    if isinstance(error, exc.SQLAlchemyError):
        return _of_sqlalchemy(error)
    if isinstance(error, exc.EmulatedDBAPIException) and error.__cause__ is not None:
        return translated(error.__cause__)
    if isinstance(error, asyncpg.PostgresError):
        return _of_postgres(error)
    if _says_closed(error):
        return _unavailable(error)
    # TimeoutError of our own deadlines is a subclass of OSError and belongs to whoever set the deadline.
    if isinstance(error, OSError) and not isinstance(error, TimeoutError) and _is_network(error):
        return _unavailable(error)
    return error


def unavailable(error: BaseException) -> BaseException:
    """The error of an attempt to get a connection: whatever the server or network said, the database is not available."""
    driver = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
    causes = (OSError, *driver, exc.SQLAlchemyError, exc.EmulatedDBAPIException)
    return _unavailable(error) if isinstance(error, causes) else error


def is_lost(error: BaseException) -> bool:
    """Whether the error says that the connection is gone, so that another one may do better."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state.startswith(("08", "57P"))
    return isinstance(error, OSError) or _says_closed(error)


def _of_sqlalchemy(error: exc.SQLAlchemyError) -> BaseException:
    if isinstance(error, exc.TimeoutError):
        return _unavailable(error)
    if isinstance(error, exc.DBAPIError):
        original = error.orig
        mapped = None if original is None else translated(original)
        if isinstance(mapped, (Problem, ConstraintViolated)):
            return mapped
        if error.connection_invalidated:
            return _unavailable(error)
    return error


def _of_postgres(error: asyncpg.PostgresError) -> BaseException:
    state = error.sqlstate or ""
    if state.startswith("23"):
        return ConstraintViolated(_rule(error))
    if state.startswith("40") or isinstance(error, asyncpg.exceptions.InvalidCachedStatementError):
        return Conflict40(headers=RETRY_AFTER)
    if state == _READ_ONLY or state.startswith(_UNAVAILABLE_CLASSES):
        return _unavailable(error)
    problem = _PROBLEMS.get(state)
    return error if problem is None else problem(headers=RETRY_AFTER if problem.status != 422 else None)


def _rule(error: asyncpg.PostgresError) -> str:
    name = getattr(error, "constraint_name", None)
    return name or f"{getattr(error, 'table_name', None)}.{getattr(error, 'column_name', None)}"


def _unavailable(error: BaseException) -> DatabaseUnavailable:
    # Class and SQLSTATE only: the text of an error may hold values.
    cause = error.__cause__ if isinstance(error, exc.EmulatedDBAPIException) else error
    log.warning("database unavailable: %s %s", type(cause).__name__, getattr(cause, "sqlstate", "") or "")
    return DatabaseUnavailable(headers=RETRY_AFTER)


def _says_closed(error: BaseException) -> bool:
    text = str(error.args[0]) if error.args else ""
    if isinstance(error, asyncpg.InternalClientError):
        # The server's farewell arrived between two queries and the end of the connection has not yet.
        return text.startswith("cannot switch to state")
    if not isinstance(error, asyncpg.InterfaceError):
        return False
    return "closed" in text or ("connection" in text and "lost" in text)


def _is_network(error: OSError) -> bool:
    return isinstance(error, ConnectionError) or error.filename is None
