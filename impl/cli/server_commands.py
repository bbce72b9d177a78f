"""The processes: `ats run`, `ats serve`, `ats worker`."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Annotated, Any

import typer

from impl import worker as working
from impl.app import runtime_of
from impl.cli import databases, serving
from impl.cli.console import notes
from impl.cli.demo import ensure_demo, note_address
from impl.cli.failures import Exit, Failure
from impl.db.engine import Database
from impl.db.errors import DatabaseUnavailable
from impl.db.startup import check_role
from impl.lib.work_metrics import CannotShow
from impl.settings import Settings, load, unknown_variables

PANEL = "Processes"
# Longer than the worker gives itself.
WORKER_ENDS_SECONDS = 30.0
# How soon a death is noticed, and how long the next one waits, so that a worker that cannot start does not spin.
WORKER_LOOK_SECONDS = 0.5
WORKER_PAUSE_SECONDS = 2.0

Host = Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 in a container.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Workers = Annotated[int | None, typer.Option(min=1, max=64, help="Server processes.")]
Grace = Annotated[float, typer.Option(min=0, max=3600, help="Seconds for running tasks to end after SIGTERM.")]


def register(commands: typer.Typer) -> None:
    """Add the commands of this module."""
    commands.command(rich_help_panel=PANEL)(run)
    commands.command(rich_help_panel=PANEL)(serve)
    commands.command(rich_help_panel=PANEL)(worker)


def run(host: Host = None, port: Port = None) -> None:
    """Start everything for trying out and developing: database, migrations, a demo organization, the API with /docs.

    Whatever it writes lies in [cyan].data[/] (ATS_DATA_DIR). With ATS_DATABASE_URL it uses that database instead of its own.

    [dim]Example:[/]  ats run --port 8080
    """
    settings = _loaded(host=host, port=port, drain_seconds=0.0)
    if settings.environment != "dev":
        raise Failure("`ats run` is for development: use `ats migrate` and `ats serve`.", Exit.USAGE)
    with databases.opened(settings) as urls:
        if urls.owner is not None:
            databases.migrated(urls)
        demo = asyncio.run(ensure_demo(settings, urls.app))

        def tell(address: str) -> None:
            note_address(settings, address)
            notes.print(f"\n  API        [bold cyan]{address}/api/v1[/]\n  Reference  [bold cyan]{address}/docs[/]")
            notes.print(f"  Sign-ins   {demo}\n  Stop it with Ctrl-C.\n")

        with _worker_beside():
            serving.serve(settings, urls.app, tell)


def serve(host: Host = None, port: Port = None, workers: Workers = None) -> None:
    """Serve the API. The database must have been migrated (except the embedded one of dev, which is migrated at once).

    SIGTERM drains: /readyz turns 503, requests are answered for ATS_SERVER__DRAIN_SECONDS more, running ones are finished.

    [dim]Example:[/]  ATS_ENV=prod ats serve --host 0.0.0.0 --workers 4
    """
    settings = _loaded(host=host, port=port, workers=workers)
    with databases.opened(settings) as urls:
        if urls.is_embedded:
            databases.migrated(urls)
        asyncio.run(_expect_usable(settings, urls.app))
        serving.serve(settings, urls.app)


def worker(grace: Grace = working.GRACE_SECONDS) -> None:
    """Work in the background: what requests have asked for, and what happens by the clock, for every organization.

    Any number of workers may run; SIGTERM ends one once its running tasks have ended, or have been put back.

    [dim]Example:[/]  ats worker --grace 60
    """
    settings = _loaded()
    with databases.opened(settings) as urls:
        asyncio.run(_expect_usable(settings, urls.app))
        pace = working.Pace(grace_seconds=grace)
        try:
            asyncio.run(working.serve(runtime_of(settings, urls.app), urls.app, pace=pace))
        except CannotShow as refused:
            raise Failure(str(refused)) from None


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker as a child of this process, on the same settings and database; another one when it dies."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=[stop], daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(WORKER_ENDS_SECONDS + 1)


def _keep_worker(stop: threading.Event) -> None:
    while not stop.is_set():
        process = subprocess.Popen([sys.executable, "-m", "impl.cli", "worker"])
        while process.poll() is None and not stop.wait(WORKER_LOOK_SECONDS):
            continue
        if process.poll() is None:
            _end(process)
        elif not stop.is_set():
            serving.log.warning("worker_died", exit_code=process.returncode, restart_seconds=WORKER_PAUSE_SECONDS)
            stop.wait(WORKER_PAUSE_SECONDS)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(WORKER_ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _loaded(**server: Any) -> Settings:
    """The settings with the options of the command, and logs as they say."""
    given = {name: value for name, value in server.items() if value is not None}
    settings = load(server=given) if given else load()
    serving.configure_logs(settings)
    signal.signal(signal.SIGTERM, _terminate)
    for sentence in unknown_variables(os.environ):
        serving.log.warning("unknown_setting", detail=sentence)
    return settings


def _terminate(number: int, frame: FrameType | None) -> None:
    """End as the interpreter ends: the embedded database is stopped on the way out."""
    sys.exit(128 + number)


async def _expect_usable(settings: Settings, url: str) -> None:
    """Refuse a role or a schema that the service must not work with. A database that is away may come later."""
    database = Database(url, pool_size=1, pool_timeout_seconds=settings.database.pool_timeout_seconds)
    try:
        with suppress(DatabaseUnavailable):
            await check_role(database)
    finally:
        await database.close()
