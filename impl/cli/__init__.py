"""The command line `ats`."""


def main() -> None:
    """Run the command line; ends the process with the command's exit code."""
    from impl.cli.commands import run  # noqa: PLC0415 - a server process imports this package, too, and needs no command

    run()
