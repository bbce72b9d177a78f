"""The reading order of a page by its geometry: rows of words, cut into columns where white space runs through them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDE = 0.9  # of the size of the letters: a gap that is more than a space
_STEP = 4.0  # points between the places where a column border is looked for
_GUTTER = 5.0  # half of the white space that a column border needs, in points
_MIN_ROWS = 4  # what stands on each side of a border has at least so many rows
_MAX_DEPTH = 6
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
    x = lowest + 40
    while x < highest - 40:
        for first, last in _free_runs(rows, x):
            weight = _weight(rows[first:last], x)
            if weight and (best is None or weight > best[0]):
                best = (weight, x, first, last)
        x += _STEP
    return best and best[1:]


def _free_runs(rows: list[Row], x: float) -> list[tuple[int, int]]:
    runs, start = [], 0
    for index, row in enumerate([*rows, None]):
        if row is None or not _is_free(row, x):
            if index - start >= _MIN_ROWS:
                runs.append((start, index))
            start = index + 1
    return runs


def _is_free(row: Row, x: float) -> bool:
    """Whether no word stands at a border, nor so near on both sides that only a space parts the words."""
    before = max((word for word in row if word.left < x), key=lambda word: word.right, default=None)
    after = min((word for word in row if word.left >= x), key=lambda word: word.left, default=None)
    if (before and before.right > x - _GUTTER) or (after and after.left < x + _GUTTER):
        return False
    return not (before and after) or after.left - before.right > 1.1 * min(before.size, after.size)


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
    return len(shorter) if _extent(left) > 60 and _extent(right) > 60 else 0


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
