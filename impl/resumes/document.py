"""What reading a file gives: its text in one or more reading orders, its links, and what was odd about it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MAX_CHARACTERS = 200_000

Order = Literal["stream", "columns", "plain"]


class Unreadable(Exception):
    """The file cannot be read; `code` says why in one stable word, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Text:
    """The whole text in one reading order: NFKC, lines ended by \\n, tabs where a wide gap or a cell border stood."""

    name: Order
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. Offsets of evidence point into the text of one of its orders."""

    media_type: str
    orders: tuple[Text, ...]
    links: tuple[str, ...] = ()
    pages: int | None = None
    flags: tuple[str, ...] = ()


_PRIVATE_BULLETS = re.compile(
    "(?m)^[ \t]*[\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076]\\s*"
)  # what Symbol and Wingdings have for it
_UMLAUTS = re.compile("¨[ ]?([aeiouAEIOU])")  # how old LaTeX fonts spell ä, ö, ü
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0xFFFD, *range(0xE000, 0xF900)])
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_WIDE_GAP = re.compile("(?<=\\S)[^\\S\n\t]{3,}(?=\\S)")
_SPACES = re.compile("[^\\S\n\t]+")
_AROUND_ENDS = re.compile(" *\n *")
_MANY_ENDS = re.compile("\n{3,}")


def normalized(text: str) -> str:
    """The text as every `Text` holds it."""
    text = _LINE_ENDS.sub("\n", text[: 2 * MAX_CHARACTERS])
    text = re.sub("[\x02\ufffe]\n?", "", text)  # a hyphen that only the line's end asked for
    text = _PRIVATE_BULLETS.sub("• ", text)
    text = _UMLAUTS.sub("\\1\u0308", text)
    text = unicodedata.normalize("NFKC", _CONTROLS.sub(" ", text).translate(_INVISIBLE))
    text = _MANY_ENDS.sub("\n\n", _AROUND_ENDS.sub("\n", _SPACES.sub(" ", _WIDE_GAP.sub("\t", text))))
    return text.strip("\n ")[:MAX_CHARACTERS]


def orders(readings: Iterable[tuple[Order, str]]) -> tuple[Text, ...]:
    """The readings normalised, each text once."""
    found: dict[str, Text] = {}
    for name, text in readings:
        clean = normalized(text)
        found.setdefault(clean, Text(name, clean))
    return tuple(found.values())
