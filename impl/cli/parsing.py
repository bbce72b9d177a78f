"""`ats parse`: what resumes say, without a server, a database or a network."""

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from impl.cli.console import notes, results
from impl.cli.failures import Exit, Failure
from impl.lib import clock
from impl.resumes.batch import Parsed, all_parsed, files
from impl.resumes.parsing.profile import Entry, Profile


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"


def register(commands: typer.Typer) -> None:
    """Add the commands of this module."""
    commands.command(rich_help_panel="Information")(parse)


def parse(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders with files at any depth.")],
    style: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Default: a table on a terminal, else one line of JSON a file."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes.")] = os.cpu_count() or 1,
) -> None:
    """Read resumes (PDF, DOCX, ODT, RTF, HTML, text) and print what they say as JSON Resume, with evidence for each value.

    A file that cannot be read is reported with the reason; the exit code is then 1.

    [dim]Example:[/]  ats parse --format ndjson inbox/ > profiles.ndjson
    """
    found = files(paths)
    if not found:
        raise Failure("There is no resume in there.", Exit.USAGE)
    broken = 0
    style = style or (Format.TABLE if sys.stdout.isatty() else Format.NDJSON)
    parsed = _watched(all_parsed(found, clock.now().date(), jobs), len(found))
    for each in _written(parsed, style, many=len(found) > 1):
        broken += each.profile is None
    if broken:
        raise Failure(f"{broken} of {len(found)} files could not be read.")


def _watched(parsed: Iterator[Parsed], total: int) -> Iterable[Parsed]:
    is_watched = total > 1 and sys.stderr.isatty() and not sys.stdout.isatty()
    return track(parsed, "Reading", total, console=notes) if is_watched else parsed


def _written(parsed: Iterable[Parsed], style: Format, many: bool) -> Iterator[Parsed]:
    opening, between, closing = ("[", ",\n", "]\n") if many and style is Format.JSON else ("", "", "")
    for index, each in enumerate(parsed):
        if style is Format.TABLE:
            _show(each)
        else:
            text = orjson.dumps(each.plain(), option=orjson.OPT_INDENT_2 if style is Format.JSON else 0).decode()
            lead = between if index else opening
            results.out(lead + text, end="" if closing else "\n", highlight=False)
        yield each
    results.out(closing, end="", highlight=False)


def _show(parsed: Parsed) -> None:
    results.print(f"[bold]{escape(parsed.path)}[/]")
    if parsed.profile is None:
        code, message = parsed.error or ("", "")
        results.print(f"  [red]{escape(code)}[/]  {escape(message)}\n")
        return
    table = Table("Field", "Value", "Sure", box=None, header_style="bold", pad_edge=False)
    for name, value, sure in _rows(parsed.profile):
        table.add_row(name, escape(value), f"{sure:.0%}")
    results.print(table)
    if parsed.flags:
        results.print(f"[yellow]{escape(', '.join(parsed.flags))}[/]")
    for hidden in parsed.hidden:
        where = "" if hidden["page"] is None else f", page {hidden['page']}"
        results.print(f"  [yellow]hidden[/] ({hidden['reason']}{where})  {escape(hidden['text'])}")
    for said in parsed.instructions:
        results.print(f"  [yellow]to a machine[/]  {escape(said['text'])}")
    results.print()


def _rows(profile: Profile) -> Iterator[tuple[str, str, float]]:
    for name, value in profile.basics.items():
        yield name, value.value, value.confidence
    for name, values in (("email", profile.emails), ("phone", profile.phones), ("link", profile.links)):
        for value in values:
            yield name, value.value, value.confidence
    for name, entries in (("work", profile.work), ("education", profile.education)):
        for entry in entries:
            yield name, _line(entry), min(value.confidence for value in entry.fields.values())
    if profile.skills:
        sure = min(skill.confidence for skill in profile.skills)
        yield "skills", ", ".join(skill.value for skill in profile.skills), sure
    for entry in profile.languages:
        yield "language", _line(entry), entry.fields["language"].confidence


def _line(entry: Entry) -> str:
    said = {name: value.value for name, value in entry.fields.items()}
    start, end = said.pop("startDate", ""), said.pop("endDate", "now" if entry.present else "")
    dates = f"{start} – {end}" if start and end else start or end
    return " · ".join([*said.values(), *([dates] if dates else [])])
