"""Everything that is logged inside a block, at the level that says most."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from impl.lib import logs


@contextmanager
def logged() -> Iterator[io.BytesIO]:
    """What the service and its libraries write."""
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    stream = io.BytesIO()
    logs.configure("debug", stream=stream)
    try:
        yield stream
    finally:
        root.setLevel(before[0])
        logging.captureWarnings(False)
        logs.configure("info")
        root.handlers[:] = before[1]
