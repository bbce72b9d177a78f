"""Which lines head which entry: every way that resumes are laid out is tried on a section, the most plausible is kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from impl.resumes.parsing import likeness
from impl.resumes.parsing.blocks import Line
from impl.resumes.parsing.headers import Header, headers
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.roles import Guess, Roles, Usual, best, guess

_AROUND = ((0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0), (0, 3), (1, 2), (2, 1), (3, 0))
_MAX_ENTRIES = 60
_ON_TOP = 0.1  # is lost by a line right above what heads an entry: such lines are seldom strangers
_SHARED = 0.4  # how much is lost when a line heads two entries


@dataclass(frozen=True, slots=True)
class Found:
    """An entry: the line with its dates, if it has one, and how its header is understood."""

    line: Line | None
    guess: Guess


def entries(lines: Sequence[Line], roles: Roles, takes_single_dates: bool) -> tuple[list[Found], float]:
    """The entries of a section, with how plausible they are altogether."""
    anchors = _anchors(lines, takes_single_dates)
    if not anchors:
        return _undated(lines, roles)
    likeliest: tuple[list[Found], float] = ([], float("-inf"))
    ways = cache(lambda head: headers([lines[number].rest for number in head], not roles.divides))
    for heads in dict.fromkeys(tuple(map(tuple, heads)) for heads in _heads(lines, anchors)):
        above = [head.index(at) for head, at in zip(heads, anchors, strict=True)]
        guesses = _guesses([ways(head) for head in heads], above, roles)
        score = sum(each.score for each in guesses) - _left_over(lines, heads, roles)
        if score > likeliest[1] + 1e-9:
            likeliest = ([Found(lines[at], each) for at, each in zip(anchors, guesses, strict=True)], score)
    return likeliest


def _anchors(lines: Sequence[Line], takes_single_dates: bool) -> list[int]:
    """The lines whose dates begin entries: those with periods, else those with single dates."""
    periods = [index for index, line in enumerate(lines) if _dated(line, is_single=False) and not line.is_body]
    singles = [index for index, line in enumerate(lines) if _dated(line, is_single=True) and not line.is_body]
    if takes_single_dates:
        periods = sorted({*periods, *(index for index in singles if not _is_beside(index, periods, lines))})
    elif len(sides := {_side(lines[index]) for index in periods}) == 1 and 0 not in sides:
        alike = [index for index in singles if _side(lines[index]) in sides and _is_named(lines[index])]
        periods = sorted({*periods, *alike})
    found = periods or singles
    if not found:
        found = [
            index for index, line in enumerate(lines) if line.piece.is_bulleted and _is_short(line, takes_single_dates)
        ]
    return found[:_MAX_ENTRIES]


def _dated(line: Line, is_single: bool) -> bool:
    return (
        any(period.is_single == is_single for period in line.dates) and sum(len(rest.text) for rest in line.rest) < 130
    )


def _side(line: Line) -> int:
    """Where in a line its dates stand: -1 before everything else, 1 behind it, 0 elsewhere."""
    if line.dates[0].span[0] == line.piece.start:
        return -1
    return 1 if line.dates[-1].span[1] >= line.piece.end else 0


def _is_named(line: Line) -> bool:
    """Whether a job's title or its employer stands beside a date."""
    return any(max(likeness.title(rest.text), likeness.employer(rest.text)) > 0.75 for rest in line.rest)


def _is_beside(index: int, periods: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether a single date only tells more about an entry that has a period."""
    near = any(abs(index - other) <= 1 for other in periods)
    return near and max((likeness.degree(rest.text) for rest in lines[index].rest), default=0.0) < 0.8


def _is_short(line: Line, takes_single_dates: bool) -> bool:
    is_dated = any(takes_single_dates or not period.is_single for period in line.dates)
    return is_dated and len(line.piece.text) < 120


def _heads(lines: Sequence[Line], anchors: Sequence[int]) -> Iterator[list[list[int]]]:
    """For each layout, the lines that head each entry."""
    for bars in (True, False):
        for up, down in _AROUND:
            yield [_around(lines, anchors, place, (up, down), bars) for place in range(len(anchors))]
    if any(_is_described(lines, at) for at in anchors):
        for up in (0, 1):
            yield [_around(lines, anchors, place, (up, 1), True, described=True) for place in range(len(anchors))]
    for count in (1, 2, 3):
        yield [_before_body(lines, anchors, place, count) for place in range(len(anchors))]


def _is_described(lines: Sequence[Line], at: int) -> bool:
    """Whether a sentence about the employer stands between a line with dates and what may be a title."""
    between, after = lines[at + 1 : at + 2], lines[at + 2 : at + 3]
    is_told = bool(between) and between[0].is_body and not between[0].piece.is_bulleted and not between[0].dates
    if not is_told or not after or after[0].is_body or after[0].dates:
        return False
    has_title = any(likeness.title(rest.text) > 0.7 for rest in lines[at].rest)
    return not has_title and likeness.title(after[0].piece.text) > 0.85


def _around(
    lines: Sequence[Line],
    anchors: Sequence[int],
    place: int,
    reach: tuple[int, int],
    bars: bool,
    described: bool = False,
) -> list[int]:
    """The lines around an entry's dates, up to what tells about the entry before or about itself."""
    at = anchors[place]
    lowest = anchors[place - 1] + 1 if place else 0
    highest = anchors[place + 1] if place + 1 < len(anchors) else len(lines)
    above = _walk(lines, range(at - 1, lowest - 1, -1), reach[0], bars)
    below = _walk(lines, range(at + 1 + (described and _is_described(lines, at)), highest), reach[1], bars)
    return [*reversed(above), at, *below]


def _walk(lines: Sequence[Line], numbers: range, count: int, bars: bool) -> list[int]:
    found: list[int] = []
    for number in numbers:
        line = lines[number]
        if len(found) == count or line.is_body or (line.is_blank and bars and (found or not _is_bare(lines, numbers))):
            break
        if not line.is_blank and not line.is_aside:
            found.append(number)
    return found


def _is_bare(lines: Sequence[Line], numbers: range) -> bool:
    """Whether the line that the walk starts beside holds nothing but dates: a blank line beside it parts nothing."""
    beside = lines[numbers[0] - numbers.step]
    return not beside.rest


def _before_body(lines: Sequence[Line], anchors: Sequence[int], place: int, count: int) -> list[int]:
    """The dates stand behind what is told: the header is at the beginning of the block that they end."""
    at = anchors[place]
    start = anchors[place - 1] + 1 if place else 0
    head: list[int] = []
    for number in range(start, at):
        line = lines[number]
        if line.is_body or len(head) == count:
            break
        if not line.is_blank and not line.is_aside:
            head.append(number)
    if at - 1 >= start and at - 1 not in head and likeness.place(lines[at - 1].piece.text) > 0.7:
        head.append(at - 1)
    return [*head, at]


def _guesses(ways: Sequence[Sequence[Header]], above: Sequence[int], roles: Roles) -> list[Guess]:
    """How each header is understood, in the order and on the lines that most of them have; so many lines are above the dates."""
    guesses = [best(each, roles) for each in ways]
    clear = [(each, count) for each, count in zip(guesses, above, strict=True) if each.is_clear]
    order = sum(each.order for each, _ in clear)
    usual = Usual((order > 0) - (order < 0), _usual_lines(clear))
    if len(guesses) > 1 and (usual.order or usual.lines):
        return [best(each, roles, usual.below(count)) for each, count in zip(ways, above, strict=True)]
    return guesses


def _usual_lines(clear: Sequence[tuple[Guess, int]]) -> tuple[int, int] | None:
    """On which lines, counted from that of the dates, most entries have the two names."""
    counted = Counter(
        (each.first.line - above, each.second.line - above) for each, above in clear if each.first and each.second
    )
    lines, count = counted.most_common(1)[0] if counted else ((0, 0), 0)
    return lines if count > 1 and 2 * count > len(clear) else None


def _left_over(lines: Sequence[Line], heads: Sequence[Sequence[int]], roles: Roles) -> float:
    """What is lost by lines that look like headers and head nothing."""
    times = Counter(number for head in heads for number in head)
    loss = _SHARED * sum(count - 1 for count in times.values())
    for number, line in enumerate(lines):
        if not times[number] and not (line.is_body or line.is_blank or line.is_aside):
            signal = max(roles.first(line.piece.text), roles.second(line.piece.text))
            heads_on = bool(times[number + 1]) and not times[number - 1]
            loss += 0.3 if signal > 0.7 else _ON_TOP if heads_on else 0.07
    return loss


def _ways(block: Sequence[Line], roles: Roles) -> Iterator[Guess]:
    """How a block without dates may be understood: line by line, or with lines that go on in the next one."""
    yield guess([line.rest for line in block], roles)
    if len(block) == 3 and block[2].piece.start == block[1].piece.end + 1:
        wrapped = Piece(f"{block[1].piece.text}\n{block[2].piece.text}", block[1].piece.start)
        yield guess([block[0].rest, [wrapped]], roles)


def _undated(lines: Sequence[Line], roles: Roles) -> tuple[list[Found], float]:
    """Entries without dates: a new one begins where a name stands that the one before has already."""
    blocks: list[list[Line]] = []
    has_first = has_second = False
    for line in lines:
        if line.is_blank or line.is_body or line.is_aside:
            continue
        first, second = roles.first(line.piece.text) > 0.8, roles.second(line.piece.text) > 0.75
        if not blocks or (first and has_first) or (second and has_second and not first):
            blocks.append([])
            has_first = has_second = False
        blocks[-1].append(line)
        has_first, has_second = has_first or first, has_second or second
    found = [Found(None, max(_ways(block[:3], roles), key=lambda each: each.score)) for block in blocks]
    sure = [each for each in found if max(each.guess.first_likeness, each.guess.second_likeness) > 0.8]
    return sure, sum(each.guess.score for each in sure) - 0.3 * len(sure)
