"""The lines of a section as the parser of entries sees them: which head an entry, which tell about it, where dates are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from impl.resumes.parsing import likeness
from impl.resumes.parsing.dates import Period, is_now, periods
from impl.resumes.parsing.labels import is_aside
from impl.resumes.parsing.lexicon import vocabulary
from impl.resumes.parsing.pieces import Piece

_OPEN_END = re.compile(r"(?:[-–—]|\s(?:to|bis|à|au|a|al))\s*$")
_OPEN_START = re.compile(
    r"^\s*[-–—]\s*(?:\S+\s+)?(?:\d{1,2}[./])?\d{4}|^\s*[-–—]\s*(?:present|heute|current|now|aujourd|actual|oggi|heden|atual|hoje)",
    re.I,
)
_ENDS_TOLD = re.compile(
    r"\s(?:since|seit|depuis|desde|dal|from|in)\s\S*\s?\d{4}\.$", re.I
)  # "Trains captains since 2019."
_SMALL_WORD = re.compile(
    r"a|an|and|as|at|by|for|from|in|of|on|or|the|to|with|de|del|la|las|los|el|en|y|e|o|con|para|por|des|du|"
    r"le|les|l'|et|à|au|aux|pour|der|die|das|den|dem|und|für|von|vom|zu|zur|zum|mit|im|am|auf|di|da|do|dos|"
    r"della|delle|dei|degli|il|lo|gli|i|per|van|het|een|voor|bij|te|op|met|em|na|no|nas|nos|com|às|ao",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"\s(?:of|in|and|for|the|&|de|des|du|di|della|e|et|und|für|van|en|y|da|do)$")
_FEW_OF_NAME = 4  # words
_NARROW = 60  # characters of a line in a column that breaks names
_MOST_OF_DEGREE, _FEW_OF_DEGREE = 9, 5  # words: of one that begins with what is known of degrees, and of another
_REMARK = re.compile(r"\.\s+[A-ZÀ-Ý]")
_LAST_WORD = re.compile(r"[^\W\d_]{5,}\.$")  # longer than what is cut short


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section: its dates, what is left without them, and whether it only tells."""

    piece: Piece
    dates: tuple[Period, ...]
    rest: tuple[Piece, ...]
    is_body: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.piece.text

    @property
    def is_aside(self) -> bool:
        """Whether it only says how long, how much or how well."""
        text = self.piece.unbulleted().text
        return bool(text) and not self.dates and (likeness.is_aside(text) or is_aside(text))


def read(pieces: Sequence[Piece], text: str, has_degrees: bool = False) -> list[Line]:
    """The lines of a section; a period that goes on in the next line belongs to the first."""
    kept = [part for piece in _unwrapped(pieces, text) for part in _cells(piece)]
    widest = max((len(piece.text) for piece in kept), default=0)
    lines: list[Line] = []
    taken = -1
    for index, piece in enumerate(kept):
        follower = kept[index + 1] if index + 1 < len(kept) else None
        said, reach = _dates(piece, follower, text)
        dates = [period for period in said if period.span[0] >= taken]
        taken = max((taken, reach, *(period.span[1] for period in dates)))
        spans = [period.span for period in dates] + (
            [(piece.start, taken)] if taken > piece.start and not dates else []
        )
        spans = _with_remark(piece, spans)
        line = Line(piece, tuple(dates), tuple(piece.without([(a, min(b, piece.end)) for a, b in spans])), False)
        is_body = _tells(line, lines[-1] if lines else None, widest) and not (has_degrees and _is_degree(piece))
        lines.append(Line(piece, line.dates, line.rest, is_body))
    return _with_beginnings(lines)


def _unwrapped(pieces: Sequence[Piece], text: str) -> list[Piece]:
    """The lines, with those that only go on with the one before, as in narrow columns, at its end."""
    result: list[Piece] = []
    for piece in pieces:
        if result and _is_rest(result[-1], piece):
            result[-1] = Piece(text[result[-1].start : piece.end], result[-1].start)
        else:
            result.append(piece)
    return result


def _is_rest(before: Piece, piece: Piece) -> bool:
    is_next = (
        piece.start == before.end + 1 and before.text and len(before.text) <= _NARROW and len(piece.text) <= _NARROW
    )
    if not is_next or not piece.text or piece.is_bulleted or "\t" in before.text + piece.text or periods(piece.text):
        return False
    if before.is_bulleted and piece.text[0].islower():
        return True
    return _ENDS_OPEN.search(before.text) is not None and not periods(before.text)


def _is_degree(piece: Piece) -> bool:
    """Whether a line that is told below a school is the degree that was taken there."""
    text = piece.unbulleted().text
    most = _MOST_OF_DEGREE if likeness.degree(text) > 0.9 else _FEW_OF_DEGREE
    return piece.is_bulleted and likeness.degree(text) > 0.8 and len(text.split()) <= most


def _with_remark(piece: Piece, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of the dates, the last one with the sentence that follows it: "PhD, Lund, 2016. Advisor: A. Holm"."""
    if spans and _REMARK.match(piece.text[spans[-1][1] - piece.start :]) and spans[-1][0] > piece.start:
        return [*spans[:-1], (spans[-1][0], piece.end)]
    return spans


def _cells(piece: Piece) -> list[Piece]:
    """A line; when dates or a place at the right margin only happen to stand beside what is told, they come first."""
    head, tab, tail = piece.text.rpartition("\t")
    is_dated = any(not each.is_single for each in periods(tail))
    is_length = not is_dated and any(character.isalpha() for character in tail) and likeness.is_aside(tail)
    if tab and (is_length or (is_dated and piece.is_bulleted)):
        return [piece.part(len(head) + 1, len(piece.text)).stripped(), piece.part(0, len(head)).stripped()]
    return [piece]


def _dates(piece: Piece, follower: Piece | None, text: str) -> tuple[list[Period], int]:
    """The dates of a line, and up to where those go on in the next."""
    if follower is not None and piece.text and (_OPEN_END.search(piece.text) or _OPEN_START.match(follower.text)):
        joined = periods(text[piece.start : follower.end], piece.start)
        across = [period for period in joined if period.span[0] < piece.end < period.span[1]]
        if across:
            return [period for period in joined if period.span[0] < piece.end], 0
    dates = periods(piece.text, piece.start)
    beside = _beside(piece, follower, dates)
    if beside is not None:
        return beside
    return _stacked(piece, follower, dates) or dates, 0


def _beside(piece: Piece, follower: Piece | None, dates: list[Period]) -> tuple[list[Period], int] | None:
    """A period in a column of its own whose end stands in the next line of the column, before what stands beside it."""
    cell, tab, _ = piece.text.partition("\t")
    if not tab or follower is None or len(dates) != 1 or dates[0].span[0] != piece.start:
        return None
    is_open = _OPEN_END.search(cell) is not None
    end = _end_below(dates[0], follower, is_alone=not is_open)
    if end is None or not (is_open or dates[0].span[1] == piece.start + len(cell)):
        return None
    return [Period(end.start, end.end, end.is_open, (piece.start, piece.start + len(cell)), now=end.now)], end.span[1]


def _stacked(piece: Piece, follower: Piece | None, dates: list[Period]) -> list[Period]:
    """Two dates that stand below each other, alone in their lines, are a period."""
    if (
        follower is None
        or len(dates) != 1
        or dates[0].span != (piece.start, piece.end)
        or follower.start - piece.end > 1
    ):
        return []
    end = _end_below(dates[0], follower, is_alone=True)
    return [] if end is None else [Period(end.start, end.end, end.is_open, (piece.start, follower.end), now=end.now)]


def _end_below(first: Period, follower: Piece, *, is_alone: bool) -> Period | None:
    """The period from a date to the one at the start of the next line, or until now; it may have to be alone there."""
    whole = (follower.start, follower.end)
    if not first.is_single or first.end is None:
        return None
    if is_now(follower.text):
        return Period(first.end, None, True, whole, now=whole)
    below = periods(follower.text, follower.start)[:1]
    if not below or not below[0].is_single or below[0].span[0] != follower.start or below[0].end is None:
        return None
    if first.end.value[:7] > below[0].end.value[:7] or (is_alone and below[0].span != whole):
        return None
    return Period(first.end, below[0].end, False, below[0].span)


def _tells(line: Line, before: Line | None, widest: int) -> bool:
    """Whether a line tells about an entry rather than heading it."""
    text = line.piece.text
    if not text:
        return False
    remark = _REMARK.search(text, line.dates[-1].span[1] - line.piece.start) if line.dates else None
    if remark and line.rest and remark.start() == line.dates[-1].span[1] - line.piece.start:
        text = text[: remark.start()]
    words = text.split()
    is_short = len(words) <= 16 or (len(words) <= 24 and 3 * sum(word[:1].islower() for word in words) < len(words))
    if any(not period.is_single for period in line.dates) and is_short and not line.piece.is_bulleted:
        return len(words) >= 4 and _ENDS_TOLD.search(text) is not None
    if line.piece.is_bulleted or len(text) > 130:
        return True
    if before is not None and before.is_body and not line.dates and _goes_on(before.piece.text, text, widest):
        return True
    return _is_sentence(text, words)


def _goes_on(before: str, text: str, widest: int) -> bool:
    if text[:1].islower() or before.rstrip().endswith((",", " and", " of", " the", " und", " et", " de", " &")):
        return True
    is_full = len(before) >= max(50, 0.8 * widest) and not before.rstrip().endswith((".", ";")) and "\t" not in text
    words = text.split()
    is_name = (
        len(words) <= _FEW_OF_NAME and not any(word.lstrip("(")[:1].islower() for word in words) and text[-1] != "."
    )
    known = max(likeness.title(text), likeness.employer(text), likeness.school(text))
    return is_full and not is_name and known < 0.75


def _is_sentence(text: str, words: list[str]) -> bool:
    is_firm = bool(vocabulary("organizations", "legal").positions([words[-1].casefold().rstrip(",;")]))
    small = sum(word[:1].islower() and len(word) > 3 for word in words)
    if text.rstrip().endswith((".", ";")) and len(words) >= 4 and not is_firm:
        is_name = likeness.title(text.rstrip(".")) >= 0.85 and len(words) <= 7 and 3 * small <= len(words)
        is_study = (
            max(likeness.school(text), likeness.degree(text)) >= 0.85 and len(words) <= 12 and 2 * small <= len(words)
        )
        return not (is_name or is_study)
    if len(words) in (2, 3) and _LAST_WORD.search(text) and not is_firm:
        return likeness.title(text) < 0.85 and max(likeness.school(text), likeness.degree(text)) < 0.7
    telling = [word for word in words if not _SMALL_WORD.fullmatch(word.strip(",;"))]
    small = sum(word[:1].islower() for word in telling)
    if len(words) >= 5 and small >= 0.6 * len(telling):
        return likeness.title(text) < 0.85 and likeness.degree(text) < 0.85
    if len(words) == 4 and small >= 0.6 * len(telling):
        known = (likeness.title, likeness.employer, likeness.degree, likeness.school)
        return max(judge(text) for judge in known) < 0.75
    return len(words) > 14


def _with_beginnings(lines: list[Line]) -> list[Line]:
    """A line that goes on in small letters in a line that tells is the beginning of what is told."""
    for index in range(len(lines) - 2, -1, -1):
        line, after = lines[index], lines[index + 1]
        goes_on = after.is_body and after.piece.text[:1].islower() and not after.piece.is_bulleted
        may_tell = not (line.dates or line.is_body) and len(line.piece.text.split()) >= 4
        if (
            goes_on
            and may_tell
            and likeness.title(line.piece.text) < 0.85
            and likeness.employer(line.piece.text) < 0.75
        ):
            lines[index] = Line(line.piece, line.dates, line.rest, True)
    return lines
