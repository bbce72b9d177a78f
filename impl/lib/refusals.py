"""Why a file is not kept."""

from enum import StrEnum


class Refusal(StrEnum):
    """The kinds of reasons."""

    UNSUPPORTED = "unsupported"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    UNSAFE = "unsafe"


class FileRefused(Exception):
    """A file that is not kept; `why` is for its sender, and holds nothing of the file."""

    def __init__(self, refusal: Refusal, why: str) -> None:
        super().__init__(why)
        self.refusal = refusal
        self.why = why
