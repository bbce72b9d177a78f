"""What was understood, within the bounds that the contract sets: what is too long is cut, what is too much is left out."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

TEXT_MAX: Final = 200_000
HIDDEN_MAX: Final = 200
HIDDEN_TEXT_MAX: Final = 20_000
SPANS_MAX: Final = 20
FLAGS_MAX: Final = 20
INTEGER_MAX: Final = 2**31 - 1

_DATES: Final = frozenset({"startDate", "endDate"})
_DATE: Final = re.compile("[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_FLAG: Final = re.compile("[a-z][a-z0-9_]{0,39}")
_POINTER: Final = re.compile("(?:/[A-Za-z0-9]{1,20}){1,6}")
_BASICS: Final = {"name": 200, "label": 300, "email": 254, "phone": 40}
_LINK: Final = {"network": 100, "url": 2048, "username": 200}
#: How many entries there are of each kind, and how long each of their fields is; dates have a form instead.
_ENTRIES: Final[dict[str, tuple[int, dict[str, int]]]] = {
    "work": (60, dict.fromkeys(("name", "position", "location"), 300)),
    "education": (40, dict.fromkeys(("institution", "studyType", "area", "location"), 300)),
    "skills": (200, {"name": 200}),
    "languages": (40, {"language": 100, "code": 8, "fluency": 100}),
}


def clean(text: str, most: int) -> str:
    """A text that every encoder takes, and not longer; each character stays in its place."""
    return text[:most].encode("utf-8", "replace").decode()


def profile(given: Mapping[str, Any]) -> dict[str, Any]:
    """The profile as the contract has it."""
    fitted = {
        name: [_entry(each, texts) for each in _listed(given.get(name), most)]
        for name, (most, texts) in _ENTRIES.items()
    }
    fitted["skills"] = [each | {"name": each.get("name", "")} for each in fitted["skills"]]
    return {"basics": _basics(given.get("basics") or {}), **fitted}


def evidence(given: Mapping[str, Any], fitted: Mapping[str, Any], text: str) -> dict[str, dict[str, Any]]:
    """The evidence of the fields that are left in the profile; the offsets are those of `text`."""
    return {
        pointer: {
            "confidence_percent": round(100 * min(max(float(found["confidence"]), 0.0), 1.0)),
            "spans": spans(found["spans"], len(text)),
        }
        for pointer, found in given.items()
        if _POINTER.fullmatch(pointer) and holds(fitted, pointer)
    }


def hidden(given: Iterable[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """The text that a person does not see, with where it would stand."""
    return [
        {
            "text": clean(str(each.get("text") or ""), HIDDEN_TEXT_MAX),
            "reason": clean(str(each.get("reason") or "unknown"), 40),
            "page": number(each.get("page"), least=1),
            "spans": spans(each.get("spans"), len(text)),
        }
        for each in list(given)[:HIDDEN_MAX]
    ]


def flags(given: Iterable[str]) -> list[str]:
    """The flags that are words."""
    return [each for each in dict.fromkeys(given) if _FLAG.fullmatch(each)][:FLAGS_MAX]


def number(value: Any, *, least: int = 0) -> int | None:
    """A count, or nothing."""
    return min(value, INTEGER_MAX) if isinstance(value, int) and value >= least else None


def spans(given: Any, length: int, most: int = SPANS_MAX) -> list[dict[str, int]]:
    """The spans that lie in a text of this length."""
    return [span for each in _listed(given, most) if (span := _span(each, length)) is not None]


def holds(document: Any, pointer: str) -> bool:
    """Whether the document has a field, though it may be empty, at a JSON pointer."""
    try:
        at(document, pointer)
    except LookupError:
        return False
    return True


def at(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer. Raises LookupError when nothing does."""
    found = document
    for step in pointer.split("/")[1:]:
        if isinstance(found, list):
            found = found[_index(step)]
        elif isinstance(found, dict):
            found = found[step]
        else:
            raise LookupError(pointer)
    return found


def _index(step: str) -> int:
    if not (step.isascii() and step.isdigit() and len(step) < 6 and str(int(step)) == step):
        raise LookupError(step)
    return int(step)


def _basics(given: Mapping[str, Any]) -> dict[str, Any]:
    basics = _texts(given, _BASICS)
    location = _texts(given.get("location") or {}, {"address": 300})
    if location:
        basics["location"] = location
    lists: tuple[tuple[str, int, Callable[[Any], Any]], ...] = (
        ("emails", 10, lambda each: clean(str(each), 254)),
        ("phones", 10, lambda each: clean(str(each), 40)),
        ("profiles", 20, lambda each: _texts(each, _LINK)),
    )
    return basics | {name: [fit(each) for each in _listed(given.get(name), most)] for name, most, fit in lists}


def _entry(given: Mapping[str, Any], texts: Mapping[str, int]) -> dict[str, Any]:
    dates = {
        name: value
        for name in sorted(_DATES & given.keys())
        if ((value := given[name]) is None and name == "endDate") or (isinstance(value, str) and _DATE.fullmatch(value))
    }
    return _texts(given, texts) | dates


def _texts(given: Mapping[str, Any], texts: Mapping[str, int]) -> dict[str, Any]:
    return {name: clean(given[name], most) for name, most in texts.items() if isinstance(given.get(name), str)}


def _listed(given: Any, most: int) -> list[Any]:
    return list(given)[:most] if isinstance(given, list | tuple) else []


def _span(given: Mapping[str, Any], length: int) -> dict[str, int] | None:
    start, end = number(given.get("start")), number(given.get("end"))
    if start is None or end is None or not start <= end <= length:
        return None
    return {"start": start, "end": end}
