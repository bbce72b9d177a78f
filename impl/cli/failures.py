"""How a command fails: one sentence to stderr and an exit code that scripts can rely on."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import psycopg
import sqlalchemy.exc
from rich.markup import escape

from impl.cli.console import notes
from impl.db.embedded import EmbeddedError
from impl.db.errors import ConstraintViolated, DatabaseUnavailable
from impl.db.grants import UnknownRole
from impl.db.startup import StartupRefused
from impl.lib.crypto import Unsealable
from impl.lib.master_key import MasterKeyRefused
from impl.lib.problems import Problem
from impl.settings import SettingsRefused


class Exit(IntEnum):
    """The exit codes, as the help of `ats` lists them."""

    OK = 0
    FAILED = 1
    USAGE = 2  # typer's own
    REFUSED = 3  # also uvicorn's, when the application cannot start
    SETTINGS = 4
    DATABASE = 5
    INTERRUPTED = 130


class Failure(Exception):
    """A command cannot do what it was asked to; the text says why and what to do about it."""

    def __init__(self, message: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def explained() -> Iterator[None]:
    """End the process with a sentence and an exit code for whatever is raised inside; a traceback only for ATS_DEBUG."""
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        notes.print("Interrupted.")
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        if os.environ.get("ATS_DEBUG"):
            traceback.print_exc()
        message, code = _explanation(error)
        notes.print(f"[bold red]error:[/] {escape(message)}")
        sys.exit(code)


def _explanation(error: Exception) -> tuple[str, Exit]:
    match error:
        case Failure():
            return str(error), error.code
        case SettingsRefused() | MasterKeyRefused():
            return str(error), Exit.SETTINGS
        case StartupRefused() | UnknownRole() | Unsealable():
            return str(error), Exit.REFUSED
        case DatabaseUnavailable():
            return "The database does not answer. Check ATS_DATABASE_URL and the server.", Exit.DATABASE
        case psycopg.OperationalError() | sqlalchemy.exc.OperationalError() | EmbeddedError():
            return f"The database does not answer: {error}".strip(), Exit.DATABASE
        case Problem():
            return _of_problem(error), Exit.FAILED
        case ConstraintViolated():
            return "Something with this name or id is there already.", Exit.FAILED
        case _:
            kind = type(error).__name__
            return f"Unexpected {kind}: {error} (ATS_DEBUG=true shows where it comes from)", Exit.FAILED


def _of_problem(problem: Problem) -> str:
    lines = [f"{problem.title}: {problem.detail}" if problem.detail else problem.title]
    lines += [f"  {found.pointer}: {found.message}" for found in problem.errors]
    return "\n".join(lines)
