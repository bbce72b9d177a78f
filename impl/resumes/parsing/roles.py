"""Who is who in a header: the title and the employer of a position, the degree and the school of a course of studies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from impl.resumes.parsing import likeness
from impl.resumes.parsing.headers import Header, Segment, degree_apart, headers
from impl.resumes.parsing.pieces import Piece

_USED_TO = 0.16  # how much an order that the other entries have counts
_ELSEWHERE = 0.12  # and a name on another line than in the other entries
_MISSING = 0.42  # how much is lost when one of the two is not there
_UNUSED = 0.11
_UNCUT = 0.09  # a comma inside a name; that of a degree or a school parts more often
_UNCUT_STUDIES = 0.12


@dataclass(frozen=True, slots=True)
class Roles:
    """The two names that an entry of some kind has, and how to tell them."""

    first: Callable[[str], float]
    second: Callable[[str], float]
    unused: float
    divides: bool


WORK = Roles(likeness.title, likeness.employer, _UNUSED, divides=False)
EDUCATION = Roles(likeness.degree, likeness.school, _UNUSED / 2, divides=True)


@dataclass(frozen=True, slots=True)
class Usual:
    """How the other entries are laid out: the order of their names (0: unknown), and on which lines these stand."""

    order: int = 0
    lines: tuple[int, int] | None = None

    def below(self, above: int) -> "Usual":
        """The same for a header with so many lines above its dates."""
        return Usual(self.order, (self.lines[0] + above, self.lines[1] + above) if self.lines else None)


_UNKNOWN = Usual()


@dataclass(frozen=True, slots=True)
class Guess:
    """How a header is understood, and how plausible that is."""

    first: Segment | None
    second: Segment | None
    rest: tuple[Segment, ...]
    locations: tuple[Piece, ...]
    score: float
    first_likeness: float = 0.0
    second_likeness: float = 0.0

    @property
    def order(self) -> int:
        """1 when the first name stands before the second, -1 when behind it, 0 when one is missing."""
        if self.first is None or self.second is None:
            return 0
        return 1 if self.first.piece.start < self.second.piece.start else -1

    @property
    def is_clear(self) -> bool:
        """Whether the names say by themselves what they are."""
        return self.order != 0 and (self.first_likeness > 0.6 or self.second_likeness > 0.6)


def guess(lines: Sequence[Sequence[Piece]], roles: Roles) -> Guess:
    """The most plausible understanding of the lines that head an entry."""
    return best(headers(lines), roles)


def best(ways: Sequence[Header], roles: Roles, usual: Usual = _UNKNOWN) -> Guess:
    """The most plausible understanding of a header that is cut in several ways, beside entries that are usually so."""
    return max((_assigned(header, roles, usual) for header in ways), key=lambda each: each.score)


def _assigned(header: Header, roles: Roles, usual: Usual) -> Guess:
    segments = header.segments
    has_school = any(roles.second(segment.text) >= 0.85 > roles.first(segment.text) for segment in segments)
    if roles.divides and not has_school:
        segments = tuple(part for segment in segments for part in degree_apart(segment))
    segments = segments[:8]
    firsts = [roles.first(segment.text) for segment in segments]
    seconds = [roles.second(segment.text) for segment in segments]
    best = Guess(None, None, segments, header.locations, -0.8 - _UNUSED * len(segments))
    for one in (None, *range(len(segments))):
        for two in (None, *range(len(segments))):
            if one == two:
                continue
            score = _score(one, two, segments, usual)
            score -= sum(_uncut(segments[index].text, roles) for index in (one, two) if index is not None)
            score += 0.0 if one is None else firsts[one]
            score += 0.0 if two is None else seconds[two]
            score -= roles.unused * (len(segments) - (one is not None) - (two is not None))
            if score > best.score:
                best = _made(segments, one, two, header, score)
    return _with_likeness(best, roles)


def _score(one: int | None, two: int | None, segments: Sequence[Segment], usual: Usual) -> float:
    if one is None or two is None:
        return -_MISSING - 0.05 * (one or two or 0)
    score = -0.05 * (one + two - 1)
    if usual.order:
        score += _USED_TO if (one < two) == (usual.order > 0) else -_USED_TO
    if usual.lines:
        score -= _ELSEWHERE * ((segments[one].line != usual.lines[0]) + (segments[two].line != usual.lines[1]))
    return score


@lru_cache(maxsize=4096)
def _uncut(text: str, roles: Roles) -> float:
    """What is lost by a comma inside a name; nothing when only a unit, a field or a number stands behind it."""
    first, comma, rest = text.partition(", ")
    if not comma:
        return 0.0
    return (
        0.0 if roles.first(first) > 0.85 and likeness.qualifies(rest) else _UNCUT_STUDIES if roles.divides else _UNCUT
    )


def _made(segments: Sequence[Segment], one: int | None, two: int | None, header: Header, score: float) -> Guess:
    first = None if one is None else segments[one]
    second = None if two is None else segments[two]
    more = segments[one + 1] if one is not None and one + 1 < len(segments) and one + 1 != two else None
    if first is not None and more is not None and _belongs(first, more):
        first = Segment(Piece(f"{first.text}, {more.text}", first.piece.start), first.line, first.after_comma)
    rest = tuple(segment for segment in segments if segment not in (segments[one] if one is not None else None, second))
    return Guess(first, second, rest, header.locations, score + 0.04 * bool(header.locations))


def _belongs(title: Segment, more: Segment) -> bool:
    """Whether what stands behind a title and a comma says more about it."""
    is_next = more.after_comma and more.line == title.line and more.piece.start == title.piece.end + len(", ")
    return is_next and likeness.title(title.text) > 0.85 and likeness.qualifies(more.text)


def _with_likeness(found: Guess, roles: Roles) -> Guess:
    return Guess(
        found.first,
        found.second,
        found.rest,
        found.locations,
        found.score,
        roles.first(found.first.text) if found.first else 0.0,
        roles.second(found.second.text) if found.second else 0.0,
    )
