"""The command line `ats`."""

from impl.cli.main import main

__all__ = ["main"]
