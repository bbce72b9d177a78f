"""What goes through the pipes between a process and its reader: frames of bytes, each led by its length."""

import struct
from datetime import date
from typing import IO, Annotated, Literal

import msgspec

from impl.resumes.formats.columns import Word
from impl.resumes.understood import Understood

Cause = Literal["", "overdue", "verbose"]

_LENGTH = struct.Struct(">I")


class Limits(msgspec.Struct, frozen=True):
    """What reading one file may take."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 10
    wall_seconds: float = 15.0
    answer_bytes: int = 10 * 1024 * 1024


class End(msgspec.Struct, frozen=True):
    """How the process that read a file ended, as its parent saw it; `cause` is why the parent ended it."""

    cause: Cause = ""
    signal: int = 0
    status: int = 0
    peak_bytes: int = 0
    cpu_seconds: float = 0.0


class Refusal(msgspec.Struct, frozen=True):
    """Why a file cannot be read."""

    code: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
    message: Annotated[str, msgspec.Meta(max_length=500)]


class Request(msgspec.Struct, frozen=True):
    """What is asked of a file: what it says, with what was recognised on its pages; or the picture of one page, as it stands."""

    today: date
    recognized: dict[int, list[tuple[Word, ...]]] = {}
    picture_of: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """What the process that read a file says: it may say anything."""

    understood: Understood | None = None
    refusal: Refusal | None = None
    read_ms: float = 0.0
    parse_ms: float = 0.0


# With this status a process ends that has got no more memory.
OUT_OF_MEMORY = 77


def send(pipe: IO[bytes], *frames: bytes) -> None:
    """Write frames."""
    for frame in frames:
        pipe.write(_LENGTH.pack(len(frame)))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """The next frame; raises `EOFError` when the other side has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length: int = _LENGTH.unpack(head)[0]
    frame = pipe.read(length)
    if len(frame) < length:
        raise EOFError
    return frame
