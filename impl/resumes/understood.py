"""What a file says, as it travels between processes and is kept: nothing in it but what JSON has."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Understood:
    """A file that was read and parsed. The offsets of evidence, of hidden text and of instructions count in `text`."""

    text: str
    order: str
    language: str
    media_type: str
    pages: int | None
    flags: tuple[str, ...]
    hidden: tuple[dict[str, Any], ...]
    instructions: tuple[dict[str, Any], ...]
    profile: dict[str, Any]
    evidence: dict[str, dict[str, Any]]
    pictures: tuple[int, ...] = ()  # the pages (from 0) whose text stands in a picture and was not recognised
