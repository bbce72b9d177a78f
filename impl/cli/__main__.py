"""`python -m impl.cli` is `ats`."""

from impl.cli.main import main

main()
