"""`ats parse`: what resumes say, without a server, a database or a network."""

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from impl.cli.console import notes, results
from impl.cli.failures import Exit, Failure
from impl.lib import clock
from impl.resumes.batch import Parsed, all_parsed, files
from impl.resumes.ocr import Tesseract
from impl.resumes.ocr import found as tesseract_at


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"


class Ocr(StrEnum):
    """Whether pictures are read."""

    AUTO = "auto"
    OFF = "off"


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
    ocr: Annotated[
        Ocr,
        typer.Option(envvar="ATS_OCR__MODE", help="Recognise pages that are pictures, where tesseract is installed."),
    ] = Ocr.AUTO,
    program: Annotated[
        Path | None, typer.Option("--tesseract", envvar="ATS_OCR__PROGRAM", help="Default: the one on the path.")
    ] = None,
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
    parsed = _watched(all_parsed(found, clock.now().date(), jobs, _tesseract(ocr, program)), len(found))
    for each in _written(parsed, style, many=len(found) > 1):
        broken += each.understood is None
    if broken:
        raise Failure(f"{broken} of {len(found)} files could not be read.")


def _tesseract(ocr: Ocr, program: Path | None) -> Tesseract | None:
    if ocr is Ocr.OFF:
        return None
    there = tesseract_at(program)
    if program is not None and there is None:
        raise Failure(f"{program} is no tesseract with a language that resumes are read in.", Exit.USAGE)
    return there


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
    said = parsed.understood
    if said is None:
        code, message = parsed.error or ("", "")
        results.print(f"  [red]{escape(code)}[/]  {escape(message)}\n")
        return
    table = Table("Field", "Value", "Sure", box=None, header_style="bold", pad_edge=False)
    for name, value, pointer in (*_basics(said.profile["basics"]), *_lists(said.profile)):
        table.add_row(name, escape(value), f"{_sure(said.evidence, pointer):.0%}")
    results.print(table)
    if said.flags:
        results.print(f"[yellow]{escape(', '.join(said.flags))}[/]")
    results.print()


def _sure(evidence: dict[str, dict[str, Any]], pointer: str) -> float:
    """How sure the least sure value at or below a place is."""
    sure: float = min(found["confidence"] for at, found in evidence.items() if f"{at}/".startswith(f"{pointer}/"))
    return sure


Row = tuple[str, str, str]  # what is said, what it is, where it stands in the profile


def _basics(basics: dict[str, Any]) -> Iterator[Row]:
    yield from ((name, basics[name], f"/basics/{name}") for name in ("name", "label") if name in basics)
    if "location" in basics:
        yield "location", basics["location"]["address"], "/basics/location"
    links = [each["url"] for each in basics["profiles"]]
    for kind, values in (("emails", basics["emails"]), ("phones", basics["phones"]), ("profiles", links)):
        for index, value in enumerate(values):
            yield _CALLED[kind], value, f"/basics/{kind}/{index}"


_CALLED = {"emails": "email", "phones": "phone", "profiles": "link"}


def _lists(profile: dict[str, Any]) -> Iterator[Row]:
    for name in ("work", "education"):
        for index, entry in enumerate(profile[name]):
            yield name, _line(entry), f"/{name}/{index}"
    if profile["skills"]:
        yield "skills", ", ".join(skill["name"] for skill in profile["skills"]), "/skills"
    for index, entry in enumerate(profile["languages"]):
        yield "language", _line(entry), f"/languages/{index}"


def _line(entry: dict[str, str | None]) -> str:
    said = dict(entry)
    start, end = said.pop("startDate", None) or "", said.pop("endDate", "") or ("" if "endDate" not in entry else "now")
    dates = f"{start} – {end}" if start and end else start or end
    return " · ".join([*filter(None, said.values()), *([dates] if dates else [])])
