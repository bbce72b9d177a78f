"""The reading order of a page by its geometry: rows of words, cut into columns where white space runs through them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDE = 0.9  # of the size of the letters: a gap that is more than a space
_STEP = 4.0  # points between the places where a column border is looked for
_GUTTER = 5.0  # half of the white space that a column border needs, in points
_MIN_ROWS = 4  # what stands on each side of a border has at least so many rows
_FREE_RUN = re.compile(rb"\x01{%d,}" % _MIN_ROWS)
_MAX_DEPTH = 6
_FEW_DATED, _MANY_DATED = 2, 3  # rows that make a table: right beside the dates, and further off
_MOST_OF_DATES = 5  # words
_MOST_LINES = 3  # of a cell beside a date
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page; `base` is its baseline, measured upwards; `after` marks what is hidden after it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    after: str = ""


Row = list[Word]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The words that share a baseline, from the top down, each row from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        if rows and abs(rows[-1][0].base - word.base) <= 0.35 * max(word.size, 4.0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def text_of(words: Sequence[Word]) -> str:
    """The text of a page in the order in which its columns are read."""
    return "\n".join(_cut(rows_of(words), 0))


def _cut(rows: list[Row], depth: int) -> list[str]:
    if depth >= _MAX_DEPTH or len(rows) < _MIN_ROWS:
        return _lines(rows)
    border = _border(rows)
    if border is None:
        return _lines(rows)
    x, first, last = border
    left = [side for row in rows[first:last] if (side := [word for word in row if word.right <= x])]
    right = [side for row in rows[first:last] if (side := [word for word in row if word.left >= x])]
    parts = (rows[:first], left, right, rows[last:])
    return [line for part in parts if part for line in _cut(part, depth + 1)]


def _border(rows: list[Row]) -> tuple[float, int, int] | None:
    """The vertical line that separates most rows, with the rows from and up to which it does."""
    lowest = min(row[0].left for row in rows)
    highest = max(row[-1].right for row in rows)
    best: tuple[int, float, int, int] | None = None
    places = _places(lowest + 40, highest - 40)
    free = [_free(row, places) for row in rows]
    for x, column in zip(places, zip(*free, strict=True), strict=True):
        for run in _FREE_RUN.finditer(bytes(column)):
            first, last = run.span()
            weight = _weight(rows[first:last], x)
            if weight and (best is None or weight > best[0]):
                best = (weight, x, first, last)
    return best and best[1:]


def _places(x: float, end: float) -> list[float]:
    """Where borders are looked for."""
    places = []
    while x < end:
        places.append(x)
        x += _STEP
    return places


def _free(row: Row, places: Sequence[float]) -> bytearray:
    """For each place whether no word of the row stands there, nor so near on both sides that only a space parts the words."""
    free = bytearray(len(places))
    before, start = None, 0
    for after in (*row, None):
        end = len(places) if after is None else bisect_right(places, after.left, start)
        if not (before and after) or after.left - before.right > 1.1 * min(before.size, after.size):
            for index in range(start, end):
                x = places[index]
                free[index] = not (before and before.right > x - _GUTTER) and not (after and after.left < x + _GUTTER)
        if after and (before is None or after.right > before.right):
            before = after
        start = end
    return free


def _weight(rows: list[Row], x: float) -> int:
    """How many rows stand on the shorter side; none when a side only holds dates or places beside their lines."""
    left = [side for row in rows if (side := [word for word in row if word.right <= x])]
    right = [side for row in rows if (side := [word for word in row if word.left >= x])]
    if min(len(left), len(right)) < _MIN_ROWS:
        return 0
    shorter = min(left, right, key=len)
    dated = sum(any(_YEAR.search(word.text) for word in row) for row in shorter)
    if dated * 4 >= len(shorter) and sum(len(row) for row in shorter) <= 5 * len(shorter):
        return 0
    if _is_table(rows, x, len(right)):
        return 0
    return len(shorter) if _extent(left) > 60 and _extent(right) > 60 else 0


def _is_table(rows: list[Row], x: float, count: int) -> bool:
    """Whether what stands on the right side goes with the dates that begin rows on the left, as cells of a table do."""
    edge = min(row[0].left for row in rows)
    dated = [row for row in rows if row[0].left < edge + _GUTTER and any(_YEAR.search(word.text) for word in row[:4])]
    if len(dated) < _FEW_DATED or not all(row[-1].left >= x and row[0].text[:1].isdigit() for row in dated):
        return False
    is_beside_dates = all(len([word for word in row if word.right <= x]) <= _MOST_OF_DATES for row in dated)
    return is_beside_dates or (len(dated) >= _MANY_DATED and count <= _MOST_LINES * len(dated))


def _extent(rows: list[Row]) -> float:
    return max(row[-1].right for row in rows) - min(row[0].left for row in rows)


def _lines(rows: list[Row]) -> list[str]:
    lines = []
    usual = _usual_step(rows)
    for index, row in enumerate(rows):
        if index and usual and rows[index - 1][0].base - row[0].base > 1.6 * usual:
            lines.append("")
        lines.append(_line(row))
    return lines


def _line(row: Row) -> str:
    text = row[0].text + row[0].after
    spread = _spread(row)
    for before, word in pairwise(row):
        gap = word.left - before.right
        if spread:
            text += (" " if gap > spread else "") + word.text + word.after
        else:
            text += ("\t" if gap > WIDE * max(before.size, word.size) else " ") + word.text + word.after
    return text


def _spread(row: Row) -> float:
    """For a line that is written l i k e  t h i s: the gap that parts its words; else 0."""
    if len(row) < 5 or sum(len(word.text) == 1 for word in row) < 0.8 * len(row):
        return 0.0
    gaps = sorted(word.left - before.right for before, word in pairwise(row))
    usual = gaps[len(gaps) // 2]
    return 1.7 * usual if usual > 0 else 0.0


def _usual_step(rows: list[Row]) -> float:
    steps = sorted(upper[0].base - lower[0].base for upper, lower in pairwise(rows))
    return steps[len(steps) // 2] if steps else 0.0
