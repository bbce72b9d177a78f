"""Where files to be read come from: folders, for now, and how large they may be."""

from pathlib import Path

from impl.resumes.document import Unreadable

MAX_BYTES = 10 * 1024 * 1024


def content_of(path: Path) -> bytes:
    """What is in a file, and of one that is too large as much as shows that it is; raises `Unreadable` when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable("unreachable", f"The file cannot be opened: {error.strerror}.") from error
