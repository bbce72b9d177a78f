"""`python -m impl.cli` is `ats`."""

from impl.cli import main

main()
