"""Dates and ranges of dates as people write them, in the languages of `data/months.txt`."""

import re
from dataclasses import dataclass
from functools import cache

from impl.resumes.parsing.lexicon import entries

Span = tuple[int, int]

_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_SEASON = (
    r"(?:spring|summer|fall|autumn|winter|frühling|frühjahr|sommer|herbst|printemps|été|automne|hiver|primavera|verano|"
    r"otoño|invierno|estate|autunno|inverno|verão|outono|lente|zomer|herfst|ws|ss|wise|sose|wintersemester|"
    r"sommersemester|q[1-4]|h[12]|early|late|mid|anfang|ende|mitte|début|fin|class of)"
)
_OF = r"(?:\s*(?:de|del|of|di|d[’'])\s*|\s*)"
_TO = r"(?:\s*(?:[-–—‒−~→⟶]+|/)\s*|\s+(?:to|until|till|through|thru|bis|à|au|a|al|hasta|até|tot|t/m|ad|do|til|till|och)\s+(?:el\s+|le\s+|zum\s+)?)"
_FROM = r"(?:\b(?:from|von|vom|de|du|dal|da|desde|van|del|od)\s+)?"
_SINCE = r"\b(?:(?:since|seit|depuis)\s*|(?:ab|desde|dal|da|sinds|vanaf|od|sedan|from)\s+)(?:el\s+|le\s+|dem\s+)?"
_NOW = (
    r"(?:present\b|till (?:date|now)\b|until now\b|until present\b|presente\b|current(?:ly)?\b|now\b|today\b|ongoing\b|to date\b|date\b|heute\b|aktuell\b|jetzt\b|dato\b|"
    r"gegenwart\b|gegenwärtig\b|laufend\b|derzeit\b|andauernd\b|aujourd[’']?\s?hui\b|présent\b|présente\b|actuel(?:lement)?\b|"
    r"(?:à )?ce jour\b|maintenant\b|en cours\b|(?:la )?actualidad\b|actual(?:mente)?\b|la fecha\b|hoy\b|en curso\b|oggi\b|in corso\b|"
    r"attual(?:e|mente)\b|ad oggi\b|heden\b|nu\b|tot op heden\b|(?:o )?(?:momento|presente)\b|atual(?:mente)?\b|hoje\b|"
    r"em curso\b|nuvarande\b|nå\b|obecnie\b|teraz\b|nykyinen\b|halen\b|günümüz\b|至今|现在|現在)"
)
_NOW_OR_NAME = _NOW.replace(r"\b", r"(?:\b|(?-i:(?=[A-ZÀ-Ý])))")  # "PresentChef", as narrow columns run together


_ONLY_NOW = re.compile(_NOW, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as YYYY or YYYY-MM and where it is written."""

    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when. `end` is None when only one date is given, and `is_open` when it has not ended yet."""

    start: Day | None
    end: Day | None
    is_open: bool
    span: Span
    is_single: bool = False
    now: Span | None = None


@cache
def _months() -> dict[str, int]:
    return {name.casefold(): int(number) for number, names in entries("months").items() for name in names}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    month = "(?:" + "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
    day = (
        rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?{_OF})?{month}{_OF},?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,\s*)?(?:{_YEAR}|[’'‘]\d\d)"
        rf"|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?{_YEAR}|\d{{1,2}}\s?[./-]\s?{_YEAR}|{_YEAR}\s?年(?:\s?\d{{1,2}}\s?月)?"
        rf"|{_YEAR}[./-](?:1[0-2]|0?[1-9])(?:[./-]\d{{1,2}})?(?![\d])|{_SEASON}[\s,/-]*{_YEAR}|{_YEAR})"
    )
    whole, brink = rf"(?<![\w$€£#.,/-]){day}(?![\w%])", r"(?<![\w$€£#.,])"
    bounds = (
        rf"{brink}{_FROM}(?P<a>{day}|{month}|(?:0?[1-9]|1[0-2])/\d\d(?!\d)|(?:0?[1-9]|1[0-2])(?=\s?[-–]\s?\d{{1,2}}[./]{_YEAR})){_TO}"
        rf"(?:(?P<b>{day}(?!\w)|(?:0?[1-9]|1[0-2])/\d\d(?!\d))|(?P<now>{_NOW_OR_NAME}))"
    )
    short = rf"{brink}(?P<a>{_YEAR})\s?[-–—/]\s?[’']?(?P<b>\d\d)(?![\d./-])"
    since = rf"(?:{_SINCE}(?P<a>{day}|(?:0?[1-9]|1[0-2])/\d\d(?!\d))(?!\w))|(?:{brink}(?P<c>{day})\s*[-–—]\s*(?=$|\t|\)|\|))"
    flags = re.IGNORECASE | re.UNICODE
    return tuple(re.compile(each, flags) for each in (bounds, since, short, whole))  # type: ignore[return-value]


def periods(text: str, offset: int = 0) -> list[Period]:
    """Every period and date in a line; `offset` is where the line stands in the whole text."""
    if not any(character.isdigit() for character in text):
        return []
    taken: list[Period] = []
    for pattern, make in zip(_patterns(), (_bounded, _since, _short, _single), strict=True):
        for found in pattern.finditer(text):
            span = (found.start() + offset, found.end() + offset)
            if not any(span[0] < other.span[1] and other.span[0] < span[1] for other in taken):
                period = make(found, offset)
                if period is not None:
                    taken.append(period)
    return sorted(taken, key=lambda period: period.span)


def is_now(text: str) -> bool:
    """Whether a text says only that something has not ended."""
    return _ONLY_NOW.fullmatch(text) is not None


def _bounded(found: re.Match[str], offset: int) -> Period | None:
    end = _day(found["b"], found.start("b") + offset) if found["b"] else None
    start = _day(found["a"], found.start("a") + offset)
    if start is None and end is not None:
        start = _borrowed(found["a"], found.start("a") + offset, end)
    if start is None or (found["b"] and end is None) or (end is not None and end.value[:4] < start.value[:4]):
        return None
    now = (found.start("now") + offset, found.end("now") + offset) if found["now"] else None
    return Period(start, end, end is None, (found.start() + offset, found.end() + offset), now=now)


def _borrowed(text: str, at: int, end: Day) -> Day | None:
    """A month whose year stands only behind the end of the period."""
    month = int(text) if text.isdigit() else _months().get(text.casefold().rstrip("."), 0)
    return Day(f"{end.value[:4]}-{month:02}", ((at, at + len(text)), *end.spans)) if 1 <= month <= 12 else None


def _since(found: re.Match[str], offset: int) -> Period | None:
    name = "a" if found["a"] else "c"
    start = _day(found[name], found.start(name) + offset)
    return None if start is None else Period(start, None, True, (found.start() + offset, found.end() + offset))


def _short(found: re.Match[str], offset: int) -> Period | None:
    start, last = found["a"], int(found["b"])
    year = int(start[:2]) * 100 + last
    year += 100 if year < int(start) else 0
    if not int(start) <= year <= int(start) + 40:
        return None
    first = Day(start, ((found.start("a") + offset, found.end("a") + offset),))
    second = Day(str(year), ((found.start("b") + offset, found.end("b") + offset),))
    return Period(first, second, False, (found.start() + offset, found.end() + offset))


def _single(found: re.Match[str], offset: int) -> Period | None:
    day = _day(found.group(), found.start() + offset)
    return (
        None
        if day is None
        else Period(None, day, False, (found.start() + offset, found.end() + offset), is_single=True)
    )


def _day(text: str, at: int) -> Day | None:
    """The date that is written in a text, as precise as a month."""
    spans = ((at, at + len(text)),)
    years = re.findall(_YEAR, text)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    names = [_months()[word] for word in re.findall(r"[^\W\d_]+", text.casefold()) if word in _months()]
    if not years:
        if not numbers or not (names or "/" in text):
            return None
        century = 2000 if numbers[-1] < 50 else 1900
        return _checked(century + numbers[-1], names[0] if names else numbers[0], spans)
    year, rest = int(years[0]), [number for number in numbers if number != int(years[0])]
    if names:
        return _checked(year, names[0], spans)
    if not rest or re.match(_SEASON, text, re.IGNORECASE):
        return Day(str(year), spans)
    month = rest[0] if text.startswith(years[0]) or len(rest) == 1 else rest[1]
    if len(rest) > 1 and month > 12 >= rest[0]:
        month = rest[0]  # written the American way
    return _checked(year, month, spans)


def _checked(year: int, month: int, spans: tuple[Span, ...]) -> Day | None:
    return Day(f"{year}-{month:02}", spans) if 1 <= month <= 12 else None
