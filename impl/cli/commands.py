"""The commands of `ats` and their help."""

from importlib.metadata import version
from typing import Annotated

import typer

from impl.cli import databases_commands, inspection, keys, organizations, parsing, server_commands
from impl.cli.console import results
from impl.cli.failures import explained

EXIT_CODES = """
[bold]Exit codes[/]  0 done · 1 failed · 2 wrong usage · 3 refused to start (role, schema or keys) · 4 settings refused ·
5 no database · 130 interrupted

[bold]Settings[/] come from the environment; [cyan]ats settings[/] lists them. [bold]ATS_DEBUG=true[/] shows tracebacks.
"""

commands = typer.Typer(
    name="ats",
    help="An applicant tracking system as an API: the server, its database, its keys.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        results.print(version("ats"))
        raise typer.Exit


@commands.callback()
def _options(
    is_version_wanted: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Everything else stands behind a command."""


server_commands.register(commands)
databases_commands.register(commands)
commands.add_typer(organizations.commands, rich_help_panel="Administration")
commands.add_typer(keys.commands, rich_help_panel="Administration")
inspection.register(commands)
parsing.register(commands)


def run() -> None:
    """Run the command line; ends the process with the command's exit code."""
    with explained():
        commands()
