"""The demo organization on the command line: made with a progress bar, its sign-ins kept in a file that only its owner reads."""

import json
import os
from pathlib import Path
from typing import Any

import psycopg
import psycopg.sql
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from impl.cli import running
from impl.cli.console import notes, results
from impl.cli.databases import Urls
from impl.cli.failures import Exit, Failure
from impl.demo import Credentials, Present, is_there, organization, plant
from impl.models import Base
from impl.settings import Settings

FILE = "demo.json"


def file_of(settings: Settings) -> Path:
    """Where the sign-ins of the demo are kept."""
    return settings.data_dir / FILE


async def create(settings: Settings, database_url: str) -> Credentials | None:
    """Make the demo organization and keep its sign-ins; None when it is there already."""
    async with running.runtime(settings, database_url) as runtime:
        if await is_there(runtime):
            return None
        columns = TextColumn("[bold]Demo organization[/]"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=notes, transient=True) as bar:
            task = bar.add_task("steps", total=None)
            try:
                made = await plant(runtime, progress=lambda done, total: bar.update(task, completed=done, total=total))
            except Present:
                return None
    _write(file_of(settings), _document(settings, made))
    return made


async def ensure_demo(settings: Settings, database_url: str) -> str:
    """Make the demo organization unless it is there; a line that says where its sign-ins are."""
    await create(settings, database_url)
    path = file_of(settings)
    return f"[cyan]{path}[/]" if path.is_file() else "the file with them is gone: `ats seed --reset` makes new ones"


def show(settings: Settings, made: Credentials | None) -> None:
    """Print the sign-ins once, or say that there is nothing to do."""
    path = file_of(settings)
    if made is None:
        where = (
            f"its sign-ins are in {path}" if path.is_file() else "`ats seed --reset` makes it anew, with new sign-ins"
        )
        notes.print(f"The demo organization is there already: nothing was changed, {where}.")
        return
    table = Table("E-mail", "Password", "Role", box=None)
    for user in made.users:
        table.add_row(user.email, user.password, user.role.value)
    results.print(table)
    results.print(f"\nAPI key: {made.api_key}", markup=False)
    notes.print(f"Also in {path}, which only you can read.")


def note_address(settings: Settings, base_url: str) -> None:
    """Keep in the file where the server is reached now."""
    path = file_of(settings)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if document.get("base_url") != base_url:
        _write(path, {**document, "base_url": base_url})


def remove(urls: Urls) -> None:
    """Delete the demo organization with all its rows, as the owner of the database: the service may not delete events."""
    if urls.owner is None:
        raise Failure("Removing needs the owner of the database: set ATS_DATABASE_OWNER_URL.", Exit.SETTINGS)
    with psycopg.connect(urls.owner) as connection:
        connection.execute("SELECT set_config('app.organization_id', %s, true)", [str(organization.ID)])
        for table in reversed(Base.metadata.sorted_tables):
            if "organization_id" in table.columns:
                connection.execute(_delete_from(table.name, "organization_id"), [organization.ID])
        connection.execute(_delete_from("organizations", "id"), [organization.ID])


def _delete_from(table: str, column: str) -> psycopg.sql.Composed:
    """The statement that deletes the rows of one organization from a table."""
    names = psycopg.sql.Identifier(table), psycopg.sql.Identifier(column)
    return psycopg.sql.SQL("DELETE FROM {} WHERE {} = %s").format(*names)


def _document(settings: Settings, made: Credentials) -> dict[str, Any]:
    return {
        "base_url": settings.server.base_url,
        "api_key": made.api_key,
        "users": [{"email": user.email, "password": user.password, "role": user.role.value} for user in made.users],
    }


def _write(path: Path, document: dict[str, Any]) -> None:
    """Replace the file in one go, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
    draft.replace(path)
