"""Entries that are filled in like a form: each value stands behind, or below, a label that says what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from impl.resumes.parsing import likeness
from impl.resumes.parsing.blocks import Line
from impl.resumes.parsing.headers import Segment, headers
from impl.resumes.parsing.labels import matched
from impl.resumes.parsing.layouts import Found
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.roles import WORK, Guess, Roles
from impl.resumes.parsing.sections import heading_kind, is_heading_name

_SURE = 2.6  # how plausible an entry is whose two names are said to be what they are
_MOST_WRAPPED = 4  # lines that a label in a narrow column takes
_NARROW = 45
_NAMES = {"title": 1, "degree": 1, "employer": 2, "school": 2}


@dataclass(slots=True)
class _Filled:
    """The values of one entry."""

    first: Piece | None = None
    second: Piece | None = None
    place: Piece | None = None
    dated: Line | None = None
    labels: set[str] = field(default_factory=set)


def filled(lines: Sequence[Line], roles: Roles) -> tuple[list[Found], float]:
    """The entries of a section that is a form, with how plausible they are; none when it is no form."""
    found: list[_Filled] = [_Filled()]
    for label, values in _fields(lines):
        kind = _kind_for(label, roles)
        if kind in found[-1].labels and kind not in ("told", "other"):
            found.append(_Filled())
        found[-1].labels.add(kind)
        _fill(found[-1], kind, values)
    whole = [each for each in found if each.first is not None and each.second is not None]
    if not whole or 2 * len(whole) < len(found):
        return [], float("-inf")
    return [_found(each) for each in whole], _SURE * len(whole)


def _kind_for(label: str, roles: Roles) -> str:
    """A word that names a title in one section may name a degree in another."""
    swapped = {"degree": "title", "school": "employer"} if roles is WORK else {"title": "degree", "employer": "school"}
    return swapped.get(label, label)


def _fields(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The labels with the lines of their values."""
    label, values = "", list[Line]()
    for line in lines:
        said = matched(line.piece.text)
        if said is None:
            values.append(line)
            continue
        if label:
            yield label, values
        label = said[0]
        rest = line.piece.part(said[1], len(line.piece.text)).stripped(" \t\n:")
        values = (
            [Line(rest, line.dates, tuple(rest.without([each.span for each in line.dates])), False)]
            if rest.text
            else []
        )
    if label:
        yield label, values


def unwrapped(lines: Sequence[Piece], text: str) -> list[Piece]:
    """The lines of a text; those over which a long label or a heading goes on, as in narrow columns, are one."""
    result: list[Piece] = []
    index = 0
    while index < len(lines):
        last = _last_of(lines, index, text)
        start = lines[index].start
        result.append(Piece(text[start : lines[last].end], start) if last > index else lines[index])
        index = last + 1
    return result


def _last_of(lines: Sequence[Piece], index: int, text: str) -> int:
    first = lines[index]
    if len(first.text) > _NARROW:
        return index
    for last in range(min(index + _MOST_WRAPPED, len(lines)) - 1, index, -1):
        is_near = all(lines[at + 1].start == lines[at].end + 1 and lines[at].text for at in range(index, last))
        if is_near:
            whole = Piece(text[first.start : lines[last].end], first.start)
            label = matched(whole.text)
            if label is not None and label[1] > lines[last].start - first.start:
                return last
            if last == index + 1 and _is_heading(whole, lines[last]):
                return last
    return index


def _is_heading(whole: Piece, end: Piece) -> bool:
    """Whether two lines are a heading together, rather than a heading and what stands below it."""
    kind = heading_kind(whole)
    is_name = all(character.isalpha() or character in " \n&/-" for character in whole.text)
    return kind is not None and is_name and is_heading_name(whole.text) and heading_kind(end) in (None, kind)


def _fill(entry: _Filled, kind: str, values: Sequence[Line]) -> None:
    if not values:
        return
    first = values[0]
    if _NAMES.get(kind) == 1 and entry.first is None:
        entry.first = first.piece
    elif _NAMES.get(kind) == 2 and entry.second is None:
        entry.second = first.piece
        if len(values) > 1 and likeness.place(values[1].piece.text) > 0.7:
            entry.place = values[1].piece
    elif kind == "place" and entry.place is None:
        entry.place = first.piece
    dated = next((line for line in values if line.dates), None) if kind in ("dates", *_NAMES) else None
    entry.dated = entry.dated or dated


def _found(entry: _Filled) -> Found:
    first, places = _name(entry.first, entry.dated, is_whole=True)
    second, others = _name(entry.second, entry.dated, is_whole=False)
    places = [*([entry.place] if entry.place else []), *others, *places]
    return Found(entry.dated, Guess(first, second, (), tuple(places), _SURE, 0.95, 0.95))


def _name(piece: Piece | None, dated: Line | None, is_whole: bool) -> tuple[Segment | None, list[Piece]]:
    """The name in a value and the places behind it; a title is whole with its commas."""
    if piece is None:
        return None, []
    inside = [each.span for each in dated.dates] if dated else []
    rest = piece.without([span for span in inside if piece.start <= span[0] and span[1] <= piece.end])
    ways = [way for way in headers([rest]) if way.segments]
    if not ways:
        return Segment(piece, 0), []
    best = max(ways, key=lambda way: len(way.segments[0].text)) if is_whole else ways[0]
    return best.segments[0], list(best.locations)
