"""Hidden text: the words for it, and how it is marked in a text that is being read."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_HIDDEN = 100
MAX_HIDDEN_CHARACTERS = 20_000


class Flag(StrEnum):
    """Everything that can be odd about a file that was read. Its document still is one."""

    TOO_MANY_PAGES = "too_many_pages"  # only the first pages were read
    NO_TEXT = "no_text"
    OCR = "ocr"  # the text of some page was recognised in its picture
    NEEDS_OCR = "needs_ocr"  # some page is a picture that was not read
    HIDDEN_TEXT = "hidden_text"  # a machine finds text that a person does not see
    INVISIBLE_CHARACTERS = "invisible_characters"  # characters without a shape say something, or turn the text around
    TEXT_LAYER_OF_SCAN = "text_layer_of_scan"  # the text is what somebody's OCR read in the picture of a page
    UNSURE_VISIBILITY = "unsure_visibility"  # pale text may stand on something dark; or it is too much to be sure
    INSTRUCTIONS = "instructions"  # visible text speaks to a machine


class Reason(StrEnum):
    """Why a person does not see a text."""

    NO_CONTRAST = "no_contrast"  # the colour of what is behind it
    TINY = "tiny"  # smaller than three points
    OFF_PAGE = "off_page"  # beyond the edge of the page
    TRANSPARENT = "transparent"
    NOT_DRAWN = (
        "not_drawn"  # the format's own word for not drawing it: a render mode, a layer that is off, display: none
    )
    COVERED = "covered"  # something is painted over it, or it is cut off
    TAG_CHARACTERS = "tag_characters"  # spelt in Unicode's tag characters
    ZERO_WIDTH = "zero_width"  # spelt in characters without a width
    BIDI_OVERRIDE = "bidi_override"  # stands in the file the other way round than one sees it


CHARACTERS = frozenset({Reason.TAG_CHARACTERS, Reason.ZERO_WIDTH, Reason.BIDI_OVERRIDE})


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of an order's text from `start` up to `end`."""

    order: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a person does not see. It is in none of the document's orders.

    Its spans are the places where it stood, one for each order in which the place is known: a span is empty (`start` is
    `end`) and means that the text stood right after the first `start` characters of that order's text.
    """

    text: str
    reason: Reason
    page: int | None = None
    spans: tuple[Span, ...] = ()

    def plain(self, order: str) -> dict[str, Any]:
        """The hidden text as JSON has it, with the spans in one order."""
        spans = [{"start": span.start, "end": span.end} for span in self.spans if span.order == order]
        return {"text": self.text, "reason": self.reason.value, "page": self.page, "spans": spans}


@dataclass(frozen=True, slots=True)
class Cut:
    """Hidden text that was taken out of a text, after its first `at` characters."""

    text: str
    reason: Reason
    page: int
    at: int


# Marks are made of characters that Unicode reserves for uses like this one; no file's own get as far as here.
_OPEN, _CLOSE, _FIRST_REASON = "\ufdd0", "\ufdd1", 0xFDD2
_RESERVED = dict.fromkeys(range(0xFDD0, 0xFDF0), " ")
_MARKED = re.compile(f"{_OPEN}([\ufdd2-\ufdef])([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_LINE_END = re.compile("(\r\n|[\n\r\v\f\u0085\u2028\u2029])")
_SPACES = re.compile(r"\s+")
_BORDERS = re.compile("\t[ \t]*\t")
_REASONS = list(Reason)


def unmarked(text: str) -> str:
    """A file's own text, which can mark nothing as hidden."""
    return text.translate(_RESERVED)


def mark(text: str, reason: Reason) -> str:
    """Hidden text as it stands marked in the text around it."""
    return f"{_OPEN}{chr(_FIRST_REASON + _REASONS.index(reason))}{_SPACES.sub(' ', unmarked(text))}{_CLOSE}"


def taken_out(text: str) -> tuple[str, list[Cut]]:
    """The text without what is marked in it, nor the lines that held nothing else; a form feed ends a page."""
    if _OPEN not in text:
        return text, []
    taking = _Taking()
    parts = _LINE_END.split(text)
    for line, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        taking.take(line, end)
    return "".join(taking.kept), taking.cuts


class _Taking:
    """What is left of a text, and what was taken out, line by line."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.cuts: list[Cut] = []
        self.length = 0
        self.page = 1

    def take(self, line: str, end: str) -> None:
        """Keep what is visible of a line."""
        if _OPEN not in line:
            self._keep(line, end)
        else:
            before = self.length
            visible = self._visible(line)
            if visible.strip(" \t•|"):
                self._keep(_BORDERS.sub("\t", visible).rstrip(), end)
            else:
                self._drop(before, end)
        self.page += end == "\f"

    def _keep(self, *parts: str) -> None:
        self.kept.extend(parts)
        self.length += sum(map(len, parts))

    def _visible(self, line: str) -> str:
        visible, at = "", 0
        for found in _MARKED.finditer(line):
            visible += line[at : found.start()]
            at = found.end()
            self._cut(
                found.group(2), _REASONS[ord(found.group(1)) - _FIRST_REASON], self.length + len(visible.rstrip())
            )
        return visible + line[at:]

    def _cut(self, text: str, reason: Reason, at: int) -> None:
        last = self.cuts[-1] if self.cuts else None
        if last and (last.reason, last.page) == (reason, self.page) and at <= last.at + 1:
            self.cuts[-1] = Cut(last.text + text, reason, self.page, last.at)
        elif len(self.cuts) < MAX_HIDDEN:
            self.cuts.append(Cut(text, reason, self.page, at))

    def _drop(self, before: int, end: str) -> None:
        """Leave out a line with nothing visible on it, and one line's end."""
        last = self.cuts[-1] if self.cuts else None
        if last is not None:
            self.cuts[-1] = Cut(f"{last.text} ", last.reason, last.page, min(last.at, before))
        if end in ("", "\f") and self.kept and self.kept[-1] != "\f":
            self.length -= len(self.kept.pop())
        if end == "\f":
            self._keep(end)
