"""The database and what is in it: `ats migrate`, `ats seed`."""

import asyncio
from typing import Annotated

import typer

from impl.cli import databases, demo, serving
from impl.cli.console import notes, results
from impl.cli.failures import Exit, Failure
from impl.db import migrate as migrations
from impl.settings import load

PANEL = "Database"

Sql = Annotated[bool, typer.Option("--sql", help="Print all migrations as SQL and change nothing.")]
Reset = Annotated[bool, typer.Option("--reset", help="Remove the demo organization first, with all that is in it.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def register(commands: typer.Typer) -> None:
    """Add the commands of this module."""
    commands.command(rich_help_panel=PANEL)(migrate)
    commands.command(rich_help_panel=PANEL)(seed)


def migrate(sql: Sql = False) -> None:
    """Bring the database to the schema of this release. Safe to repeat and to run twice at once.

    Needs the role that owns the database (ATS_DATABASE_OWNER_URL), which the service itself never uses.

    [dim]Example:[/]  ATS_DATABASE_OWNER_URL=postgresql://ats_owner:…@db/ats ats migrate
    """
    if sql:
        results.print(migrations.sql(), markup=False)
        return
    settings = load()
    serving.configure_logs(settings)
    with databases.opened(settings) as urls:
        before = migrations.current(urls.owner) if urls.owner else None
        databases.migrated(urls)
    after = migrations.head()
    notes.print(f"The database is at {after} already." if before == after else f"Migrated to {after}.")


def seed(reset: Reset = False, yes: Yes = False) -> None:
    """Fill the database with a demo organization: jobs, two hundred candidates, their applications, users of every role.

    The content is the same every time; passwords and the API key are new, and shown once. Nothing happens when it is there.

    [dim]Example:[/]  ats seed
    """
    settings = load()
    serving.configure_logs(settings)
    if settings.environment == "prod":
        raise Failure("A demo organization does not belong into production.", Exit.USAGE)
    if reset and not yes:
        typer.confirm("Remove the demo organization and everything in it?", abort=True, err=True)
    with databases.opened(settings) as urls:
        databases.expect_migrated(urls)
        if reset:
            demo.remove(urls)
        demo.show(settings, asyncio.run(demo.create(settings, urls.app)))
