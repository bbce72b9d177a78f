"""What the service is, how it is set up, and what it would have sent: `ats spec`, `ats settings`, `ats mail`."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from dotenv import dotenv_values
from pydantic import SecretStr
from rich.markup import escape
from rich.table import Table

from impl.cli.console import results
from impl.cli.failures import Exit, Failure
from impl.lib import email
from impl.settings import SHORT_NAMES, Settings, load, variable_of
from impl.settings_sections import Section

PANEL = "Information"

Json = Annotated[bool, typer.Option("--json", help="As JSON instead of YAML.")]


def register(commands: typer.Typer) -> None:
    """Add the commands of this module."""
    commands.command(rich_help_panel=PANEL)(spec)
    commands.command(rich_help_panel=PANEL)(settings)
    commands.command(rich_help_panel=PANEL)(mail)


def spec(json: Json = False) -> None:
    """Print the contract of this release, the OpenAPI document that the server serves too.

    [dim]Example:[/]  ats spec --json > openapi.json
    """
    name = "openapi.json" if json else "openapi.yaml"
    results.print((files("generated") / name).read_text(encoding="utf-8"), markup=False, end="")


def settings() -> None:
    """List every setting: its variable, its value (never a secret), where that comes from, what it means."""
    loaded = load()
    table = Table("Variable", "Value", "From", "Meaning", box=None, header_style="bold", pad_edge=False)
    for row in _rows(loaded):
        table.add_row(row.variable, escape(row.value), row.source, escape(row.meaning))
    results.print(table)


def mail(
    number: Annotated[int | None, typer.Argument(min=1, help="Show this one in full; 1 is the newest.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many to list.")] = 20,
) -> None:
    """Show the mails of a service without a mail server: they lie in the folder `mail` of the data directory, newest first.

    [dim]Example:[/]  ats mail 1
    """
    loaded = load()
    if loaded.email.host is not None:
        raise Failure(
            f"Mails leave by {loaded.email.host}; the folder is used only without ATS_EMAIL__HOST.", Exit.USAGE
        )
    found = email.stored(loaded.data_dir / "mail")
    if number is not None:
        if number > len(found):
            raise Failure(f"There is no mail {number}: there are {len(found)}.")
        results.print(_text(email.opened(found[number - 1])), markup=False)
        return
    table = Table("", "Date", "To", "Subject", box=None, header_style="bold", pad_edge=False)
    for position, each in enumerate(map(email.opened, found[:limit]), 1):
        table.add_row(str(position), each["Date"], escape(each["To"]), escape(each["Subject"]))
    results.print(table if found else "No mail yet.")


def _text(message: EmailMessage) -> str:
    headers = "\n".join(f"{name}: {message[name]}" for name in ("Date", "From", "To", "Subject", "Message-ID"))
    return f"{headers}\n\n{message.get_content()}"


@dataclass(frozen=True, slots=True)
class _Row:
    variable: str
    value: str
    source: str
    meaning: str


def _rows(loaded: Settings) -> Iterator[_Row]:
    places = _places(loaded)
    for name, field in Settings.model_fields.items():
        value = getattr(loaded, name)
        if isinstance(value, Section):
            for inner, inner_field in type(value).model_fields.items():
                path = (name, inner)
                yield _row(path, getattr(value, inner), inner_field.description, places)
        else:
            yield _row((name,), value, field.description, places)


def _row(path: tuple[str, ...], value: Any, meaning: str | None, places: Mapping[str, Mapping[str, Any]]) -> _Row:
    names = [variable_of(path), *(short.upper() for short, filled in SHORT_NAMES.items() if filled == path)]
    for place, variables in places.items():
        for name in names:
            if variables.get(name):
                return _Row(name, _shown(value), place, meaning or "")
    return _Row(names[-1], _shown(value), "default", meaning or "")


def _places(loaded: Settings) -> dict[str, dict[str, Any]]:
    """Where values may come from, the stronger first."""
    places: dict[str, dict[str, Any]] = {"environment": {name.upper(): value for name, value in os.environ.items()}}
    if loaded.environment == "dev" and Path(".env").is_file():
        places[".env"] = {name.upper(): value for name, value in dotenv_values(".env").items()}
    return places


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "(set, not shown)"
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
