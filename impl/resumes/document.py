"""What reading a file gives: its text in one or more reading orders, its links, and what was odd about it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from impl.resumes.mending import mended
from impl.resumes.visible import instructions
from impl.resumes.visible.characters import with_marks
from impl.resumes.visible.hidden import CHARACTERS, MAX_HIDDEN_CHARACTERS, Cut, Flag, Hidden, Reason, Span, taken_out

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
    """A file that was read. Offsets of evidence point into the text of one of its orders.

    `hidden` is what the file holds beside what a person sees of it; it is in no order. `instructions` are lines of the
    orders that speak to a machine. `flags` are words of `Flag`.
    """

    media_type: str
    orders: tuple[Text, ...]
    links: tuple[str, ...] = ()
    pages: int | None = None
    flags: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    instructions: tuple[Span, ...] = ()
    pictures: tuple[int, ...] = ()  # the pages (from 0) whose text stands in a picture and was not recognised

    @classmethod
    def of(
        cls,
        media_type: str,
        readings: Iterable[tuple[Order, str]],
        links: Iterable[str] = (),
        pages: int | None = None,
        flags: Iterable[str] = (),
    ) -> "Document":
        """The document with these readings: hidden text, as it is marked in them, is taken out and flagged."""
        texts, hidden = _separated(readings, paged=pages is not None)
        found = tuple(span for text in texts for span in instructions.found_in(text.name, text.text))
        reasons = {each.reason for each in hidden}
        flagged = {
            Flag.HIDDEN_TEXT: bool(reasons - CHARACTERS),
            Flag.INVISIBLE_CHARACTERS: bool(reasons & CHARACTERS),
            Flag.INSTRUCTIONS: bool(found),
        }
        more = [flag.value for flag, is_set in flagged.items() if is_set]
        return cls(media_type, texts, tuple(dict.fromkeys(links)), pages, (*flags, *more), hidden, found)

    def hidden_in(self, order: str) -> list[dict[str, Any]]:
        """The hidden text as JSON has it, with the places where it stood in one order."""
        return [each.plain(order) for each in self.hidden]

    def instructions_in(self, order: str) -> list[dict[str, Any]]:
        """The instructions to a machine in one order, as JSON has them."""
        text = next((each.text for each in self.orders if each.name == order), "")
        return [
            {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
            for span in self.instructions
            if span.order == order
        ]


_PRIVATE_BULLETS = re.compile(
    "(?m)^[ \t]*[\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076]\\s*"
)  # what Symbol and Wingdings have for it
_UMLAUTS = re.compile("¨[ ]?([aeiouAEIOU])")  # how old LaTeX fonts spell ä, ö, ü
_T1 = str.maketrans(  # what LaTeX's fonts without a table of Unicode have where other texts have control characters
    {"\x15": "–", "\x16": "—", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufe63": "-", "\uff0d": "-"})
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
     *range(0xE000, 0xF900), *range(0xFDD0, 0xFDF0), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFD,
     *range(0xE0000, 0xE0200)]
) | dict.fromkeys([0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0], " ")  # fmt: skip
_LINE_HYPHEN = re.compile("(\\S{0,80})[\x02\ufffe]\n?(?=(\\S?))")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_WIDE_GAP = re.compile("(?<=\\S)[^\\S\n\t]{3,}(?=\\S)|(?<=[\\w+#][\\w+#)])[^\\S\n\t]{2}(?=[^\\W\\d_])")
_SPACES = re.compile("[^\\S\n\t]+")
_AROUND_ENDS = re.compile(" *\n *")
_MANY_ENDS = re.compile("\n{3,}")


def _rejoined(found: re.Match[str]) -> str:
    """A word without the hyphen that only the line's end asked for; links and double names have theirs themselves."""
    before, after = found[1], found[2]
    is_own = "/" in before or "@" in before or (before[:1].isupper() and after.isupper() and not before.isupper())
    return f"{before}-" if is_own else before


def normalized(text: str) -> str:
    """The text as every `Text` holds it."""
    text = _LINE_ENDS.sub("\n", text[: 2 * MAX_CHARACTERS])
    text = _LINE_HYPHEN.sub(_rejoined, text)
    text = _PRIVATE_BULLETS.sub("• ", text)
    text = _UMLAUTS.sub("\\1\u0308", text)
    text = unicodedata.normalize("NFKC", _CONTROLS.sub(" ", text.translate(_T1)).translate(_INVISIBLE))
    text = text.translate(_HYPHENS)
    text = _MANY_ENDS.sub("\n\n", _AROUND_ENDS.sub("\n", _SPACES.sub(" ", _WIDE_GAP.sub("\t", text))))
    return mended(text.strip("\n "))[:MAX_CHARACTERS]


def orders(readings: Iterable[tuple[Order, str]]) -> tuple[Text, ...]:
    """The readings normalised, each text once, without hidden text."""
    return _separated(readings, paged=False)[0]


def _separated(readings: Iterable[tuple[Order, str]], *, paged: bool) -> tuple[tuple[Text, ...], tuple[Hidden, ...]]:
    found: dict[str, Text] = {}
    cuts: list[list[tuple[Cut, Span]]] = []
    for name, marked in readings:
        text, taken = taken_out(with_marks(marked[: 2 * MAX_CHARACTERS]))
        clean = normalized(text)
        if clean not in found:
            found[clean] = Text(name, clean)
            cuts.append([(cut, _place(name, text, cut, len(clean))) for cut in taken])
    return tuple(found.values()), _hidden(cuts, paged)


def _place(order: str, text: str, cut: Cut, length: int) -> Span:
    at = min(len(normalized(text[: cut.at])), length)
    return Span(order, at, at)


def _hidden(cuts: list[list[tuple[Cut, Span]]], paged: bool) -> tuple[Hidden, ...]:
    """What was taken out of the orders: the same text at the same turn is one, wherever it stood in each."""
    found: dict[tuple[str, Reason, int, int], list[Span]] = {}
    for taken in cuts:
        turns: dict[tuple[str, Reason, int], int] = {}
        for cut, span in taken:
            said = normalized(cut.text)[:MAX_HIDDEN_CHARACTERS].strip()
            if not said:
                continue
            what = (said, cut.reason, cut.page)
            turns[what] = turns.get(what, 0) + 1
            found.setdefault((*what, turns[what]), []).append(span)
    return tuple(
        Hidden(text, why, page if paged else None, tuple(spans)) for (text, why, page, _), spans in found.items()
    )
