"""Which text of an RTF a person does not see: its source is gone through once, and hidden text is marked in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from impl.resumes.visible.colours import WHITE, Colour
from impl.resumes.visible.hidden import Reason, mark
from impl.resumes.visible.look import Look, Place, why

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[\r\n]+|[^\\{}\r\n]+")
_FALLBACK = re.compile(r"\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[^\\{}\r\n]")
_COLOUR = re.compile(r"\\(red|green|blue)(\d{1,3})")
_COLOURS = re.compile(r"\{\\colortbl([^{}]*)\}")
_RESERVED = re.compile(r"\\u(-?\d{1,7})")
_MARKS = re.compile("[\ufdd0-\ufdef]")
_THINNEST = 60  # twentieths of a point
_FAR_LEFT, _FAR_RIGHT = -11_000, 16_000  # twentieths of a point
_CONTROLS = {"~", "-", "_", "'", "{", "}", "\\"}  # after a backslash: text


@dataclass(frozen=True, slots=True)
class _State:
    """The properties of text at a place of the source."""

    hidden: bool = False
    colour: int = 0
    size: int = 24  # half points
    marked: int = 0
    shaded: int = 0
    width: int = 100
    in_table: bool = False
    indent: int = 0
    line: int = 0
    fallback: int = 1
    box: dict[str, int] = field(default_factory=dict)


_Change = Callable[[_State, int | None], _State]
_PLAIN: _Change = lambda state, _: replace(state, hidden=False, colour=0, size=24, marked=0, width=100)  # noqa: E731
_PARD: _Change = lambda state, _: replace(state, shaded=0, in_table=False, indent=0, line=0)  # noqa: E731


def _sets(name: str, otherwise: int) -> _Change:
    def change(state: _State, value: int | None) -> _State:
        changes: dict[str, Any] = {name: otherwise if value is None else value}
        return replace(state, **changes)

    return change


def _side(name: str) -> _Change:
    return lambda state, value: replace(state, box={**state.box, name: value or 0})


_CHANGES: dict[str, _Change] = {
    "plain": _PLAIN,
    "pard": _PARD,
    "v": lambda state, value: replace(state, hidden=value != 0),
    "cf": _sets("colour", 0),
    "fs": _sets("size", 24),
    "cb": _sets("marked", 0),
    "chcbpat": _sets("marked", 0),
    "highlight": _sets("marked", 0),
    "cbpat": _sets("shaded", 0),
    "charscalex": _sets("width", 100),
    "intbl": lambda state, _: replace(state, in_table=True),
    "li": _sets("indent", 0),
    "sl": _sets("line", 0),
    "uc": _sets("fallback", 1),
    **{f"shp{side}": _side(side) for side in ("left", "right", "top", "bottom")},
}


def with_marks(source: str) -> str:
    """The source with marks, as its escapes write them, around what is hidden."""
    source = _RESERVED.sub(
        lambda found: found.group() if not 0xFDD0 <= int(found.group(1)) % 0x10000 < 0xFDF0 else r"\u32", source
    )
    scan = _Scan(source)
    scan.run()
    return "".join(scan.out) if scan.has_marks else source


class _Scan:
    """One pass over a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.has_marks = False
        self._state = _State()
        self._outer: list[_State] = []
        self._colours = _colours(source)
        self._page: Colour | None = None if r"\viewbksp1" in source and r"\background" in source else WHITE
        self._cells: list[int] = []
        self._cell = self._shade = 0

    def run(self) -> None:
        """Go through the whole source."""
        at = 0
        while at < len(self.source):
            found = _TOKEN.match(self.source, at)
            if found is None:
                self.out.append(self.source[at:])
                return
            end = found.end()
            word = found.group(1)
            if word == "bin":
                end += max(int(found.group(2) or 0), 0)
            elif word == "u":
                end = self._after_fallback(end)
            elif word == "pict":
                end = self._after_picture(end)
            token = self.source[at:end]
            self._take(token, word, found.group(2))
            at = end

    def _take(self, token: str, word: str | None, number: str | None) -> None:
        if token == "{":  # noqa: S105
            self._outer.append(self._state)
        elif token == "}":  # noqa: S105
            self._state = self._outer.pop() if self._outer else self._state
        elif word and word != "u":
            self._change(word, int(number) if number else None)
        elif not token.isspace() and (token[0] != "\\" or word == "u" or token[1] in _CONTROLS):
            reason = self._reason()
            if reason is not None:
                token = self._marked(token, reason)
        self.out.append(token)

    def _change(self, word: str, value: int | None) -> None:
        if word in _CHANGES:
            self._state = _CHANGES[word](self._state, value)
        elif word == "trowd":
            self._cells, self._cell, self._shade = [], 0, 0
        elif word == "clcbpat":
            self._shade = value or 0
        elif word == "cellx":
            self._cells.append(self._shade)
            self._shade = 0
        elif word == "cell":
            self._cell += 1
        elif word == "row":
            self._cell = 0

    def _after_fallback(self, at: int) -> int:
        """Where the characters end that stand for one that older readers do not know."""
        for _ in range(min(max(self._state.fallback, 0), 8)):
            found = _FALLBACK.match(self.source, at)
            if found is None:
                break
            at = found.end()
        return at

    def _after_picture(self, at: int) -> int:
        """Where the digits of a picture end."""
        end = self.source.find("}", at)
        return at if end < 0 or "{" in self.source[at:end] or "\\bin" in self.source[at:end] else end

    def _marked(self, token: str, reason: Reason) -> str:
        self.has_marks = True
        fallback = "?" * max(self._state.fallback, 0)
        escaped = _MARKS.sub(lambda found: f"\\u{ord(found.group()) - 0x10000}{fallback or ' '}", mark("\x00", reason))
        opening, _, closing = escaped.partition("\x00")
        return f"{opening}{token}{closing}"

    def _reason(self) -> Reason | None:
        state = self._state
        reason = Reason.NOT_DRAWN if state.hidden else None
        if state.width <= 5:
            reason = reason or Reason.TINY
        return why(
            Look(reason, self._colour(state.colour), self._colour(state.marked), state.size / 2),
            Place(self._by_place(), self._behind()),
        )

    def _behind(self) -> tuple[Colour | None, ...]:
        state = self._state
        cell = self._cells[self._cell] if state.in_table and self._cell < len(self._cells) else 0
        return (self._colour(state.shaded) or self._colour(cell) or self._page,)

    def _by_place(self) -> Reason | None:
        state = self._state
        if not _FAR_LEFT < state.indent < _FAR_RIGHT:
            return Reason.OFF_PAGE
        if -_THINNEST < state.line < 0:
            return Reason.COVERED
        box = state.box
        if box and (
            box.get("right", 0) < -2_000 or box.get("left", 0) > 2 * _FAR_RIGHT or box.get("bottom", 0) < -2_000
        ):
            return Reason.OFF_PAGE
        thin = any(
            end in box and box[end] - box.get(start, 0) < _THINNEST
            for start, end in (("left", "right"), ("top", "bottom"))
        )
        return Reason.COVERED if thin else None

    def _colour(self, number: int) -> Colour | None:
        return self._colours[number] if 0 < number < len(self._colours) else None


def _colours(source: str) -> list[Colour | None]:
    found = _COLOURS.search(source)
    entries: list[Colour | None] = []
    for entry in found.group(1).split(";") if found else ():
        levels = {name: min(int(level), 255) for name, level in _COLOUR.findall(entry)}
        entries.append((levels.get("red", 0), levels.get("green", 0), levels.get("blue", 0)) if levels else None)
    return entries
