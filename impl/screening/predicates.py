"""Free predicates over a profile: a pointer, an operator, a value. Nothing is compiled or evaluated, and nothing hidden can be asked for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from impl.screening.folding import folded

EVERY = "*"
#: What of a profile a predicate may look at: sections, and their fields.
FIELDS: Mapping[str, frozenset[str]] = {
    "work": frozenset({"position", "name", "summary", "highlights", "startDate", "endDate"}),
    "education": frozenset({"studyType", "area"}),
    "skills": frozenset({"name", "level", "keywords"}),
    "languages": frozenset({"language", "code", "fluency"}),
    "certificates": frozenset({"name", "issuer"}),
    "projects": frozenset({"name", "description", "keywords"}),
    "volunteer": frozenset({"position", "summary"}),
}
LISTS = frozenset({"highlights", "keywords"})
NUMERIC = ("at_least", "at_most")
OPERANDS = ("text", "amount", "texts")
_INDEX = re.compile(r"0|[1-9][0-9]{0,2}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")

Place = tuple[str, Any]


def fault_of_predicate(criterion: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the contract's predicate, and where; None when it can be asked."""
    if not _is_known(criterion["pointer"].split("/")[1:]):
        known = ", ".join(f"/{section}/*/{sorted(fields)[0]}" for section, fields in FIELDS.items())
        return "/pointer", f"Names no field of a profile that may be read; as {known}."
    operator = criterion["operator"]
    wanted = operand_of(operator)
    for name in OPERANDS:
        if name != wanted and name in criterion:
            return f"/{name}", f"Must be absent with {operator}."
    return (f"/{wanted}", f"Needed with {operator}.") if wanted is not None and wanted not in criterion else None


def operand_of(operator: str) -> str | None:
    """Which field of the contract's predicate holds what an operator compares with."""
    if operator == "exists":
        return None
    if operator in (*NUMERIC, "count_at_least"):
        return "amount"
    return "texts" if operator == "one_of" else "text"


def places_that_fit(profile: Mapping[str, Any], pointer: str, operator: str, value: Any) -> list[Place]:
    """The values that the predicate finds, each with its pointer; for `count_at_least` all of them or none."""
    present = [(at, each) for at, each in _walk(profile, pointer.split("/")[1:], "") if _is_said(each)]
    if operator == "exists":
        return present
    if operator == "count_at_least":
        return present if len(present) >= value else []
    return [(at, each) for at, each in present if _fits(each, operator, value)]


def is_answerable(profile: Mapping[str, Any], pointer: str) -> bool:
    """Whether the profile has anything at all where the predicate looks."""
    return any(_is_said(each) for _, each in _walk(profile, pointer.split("/")[1:], ""))


def _is_known(steps: list[str]) -> bool:
    if not steps or steps[0] not in FIELDS:
        return False
    if len(steps) == 1:
        return True
    indices = [step == EVERY or _INDEX.fullmatch(step) is not None for step in steps[1::2]]
    if not all(indices) or len(steps) > 4:
        return False
    return len(steps) == 2 or (steps[2] in FIELDS[steps[0]] and (len(steps) == 3 or steps[2] in LISTS))


def _walk(value: Any, steps: list[str], at: str) -> Iterator[Place]:
    if not steps:
        if isinstance(value, list):
            yield from ((f"{at}/{index}", each) for index, each in enumerate(value))
        else:
            yield at, value
        return
    step, *rest = steps
    if isinstance(value, Mapping):
        if step in value:
            yield from _walk(value[step], rest, f"{at}/{step}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            if step in (EVERY, str(index)):
                yield from _walk(each, rest, f"{at}/{index}")


def _is_said(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _fits(found: Any, operator: str, value: Any) -> bool:
    if operator in NUMERIC:
        number = _number(found)
        return number is not None and (number >= value if operator == "at_least" else number <= value)
    if not isinstance(found, str):
        return False
    text = folded(found).text.strip()
    if operator == "one_of":
        return text in {folded(each).text.strip() for each in value}
    wanted = folded(value).text.strip()
    return {"equals": text == wanted, "contains": wanted in text, "starts_with": text.startswith(wanted)}[operator]


def _number(found: Any) -> int | None:
    """A whole number: of a date, its year."""
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found
    matched = _NUMBER.match(found) if isinstance(found, str) else None
    return int(matched[0]) if matched else None
