"""The fixtures of all tests; each family lives in its own module of `tests.support`."""

import asyncio
from collections.abc import Callable, Mapping

import pytest
import uvloop
from hypothesis import settings as hypothesis_settings

from tests.support import exercise, promised
from tests.support.application import application, runtime, settings
from tests.support.cast import (
    admin,
    anonymous,
    cast,
    cheap_passwords,
    hiring_manager,
    interviewer,
    machine,
    other_cast,
    outsider,
    recruiter,
)
from tests.support.database import database, database_name, server
from tests.support.factories import make, make_elsewhere
from tests.support.forkserver import fork_server
from tests.support.layers import unbound_application, unbound_url, walled_application, walls
from tests.support.rows import rows, superuser
from tests.support.threads import threaded
from tests.support.times import hands
from tests.support.world import standing

__all__ = [
    "admin",
    "anonymous",
    "application",
    "cast",
    "cheap_passwords",
    "database",
    "database_name",
    "fork_server",
    "hands",
    "hiring_manager",
    "interviewer",
    "machine",
    "make",
    "make_elsewhere",
    "other_cast",
    "outsider",
    "recruiter",
    "rows",
    "runtime",
    "server",
    "settings",
    "standing",
    "superuser",
    "threaded",
    "unbound_application",
    "unbound_url",
    "walled_application",
    "walls",
]

# The same examples in every run: a red suite stays red until it is cured.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The tests run on the loop that the service runs on."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_configure(config: pytest.Config) -> None:
    exercise.begin(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    promised.mark(items)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    promised.count(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A green run of the whole suite turns red when an operation, a status or a problem code was never exercised."""
    config = session.config
    promised.save(config)
    exercise.save(config)
    if hasattr(config, "workerinput"):
        return
    unexercised = exercise.missing(exercise.gathered(config))
    if unexercised and exitstatus == pytest.ExitCode.OK and exercise.is_whole_suite(config):
        config.stash[_UNEXERCISED] = unexercised
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    unexercised = config.stash.get(_UNEXERCISED, [])
    if unexercised:
        terminalreporter.section("documented, but exercised by no test", red=True)
        for operation_id, status, code in unexercised:
            terminalreporter.line(f"{operation_id} {status} {code}".rstrip())


_UNEXERCISED = pytest.StashKey[list[exercise.Shown]]()
