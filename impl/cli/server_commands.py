"""The processes: `ats run`, `ats serve`, `ats worker`."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Annotated, Any

import typer

from impl import worker as working
from impl.cli import databases, serving
from impl.cli.console import notes
from impl.cli.demo import ensure_demo, note_address
from impl.cli.failures import Exit, Failure
from impl.db.engine import Database
from impl.db.errors import DatabaseUnavailable
from impl.db.startup import check_role
from impl.settings import Settings, load, unknown_variables

PANEL = "Processes"

Host = Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 in a container.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Workers = Annotated[int | None, typer.Option(min=1, max=64, help="Server processes.")]
Interval = Annotated[float, typer.Option(min=0.1, help="Seconds between two rounds.")]


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


def worker(interval: Interval = 60.0) -> None:
    """Work in the background: remove expired idempotency keys and sessions of every organization.

    Any number of workers may run; SIGTERM ends one after the batch under way.

    [dim]Example:[/]  ats worker --interval 300
    """
    settings = _loaded()
    with databases.opened(settings) as urls:
        asyncio.run(_expect_usable(settings, urls.app))
        asyncio.run(_work(settings, urls.app, interval))


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


async def _work(settings: Settings, url: str, interval_seconds: float) -> None:
    database = Database(url, pool_size=1, pool_timeout_seconds=settings.database.pool_timeout_seconds)
    await working.serve(database, interval_seconds=interval_seconds)
