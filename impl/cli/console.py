"""What commands write: results to stdout, so that they can be piped; everything else to stderr."""

import sys

from rich.console import Console

_PIPE_COLUMNS = 240  # a table in a pipe or a file is for grep, not for a window

results = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPE_COLUMNS)
notes = Console(stderr=True, highlight=False, soft_wrap=True)
