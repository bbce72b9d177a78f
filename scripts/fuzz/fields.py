"""Makes custom fields meaningful: values go to the planted field that takes such a value, filters name a value that there may be.

Every organization of the fuzzer has the same fields on candidates, applications and jobs (`FIELDS`, `PRIVATE`).
"""

from collections.abc import Iterator, MutableMapping, MutableSequence
from typing import Any, Final

from generated.enums import CustomFieldType

OPTION: Final = "none_needed"
OPTIONS: Final = (OPTION, "to_be_applied_for")
#: What the contract's examples name, and a field for each shape of a value.
FIELDS: Final = {
    "notice_period_weeks": CustomFieldType.INTEGER,
    "t_shirt": CustomFieldType.SINGLE_SELECT,
    "remarks": CustomFieldType.LONG_TEXT,
    "is_local": CustomFieldType.BOOLEAN,
    "languages": CustomFieldType.MULTI_SELECT,
    "expected_pay": CustomFieldType.MONEY,
}
PRIVATE: Final = {"visa": CustomFieldType.SINGLE_SELECT}
FILTERS: Final = ("notice_period_weeks:4", "is_local:true", "is_local:false", f"t_shirt:{OPTION}", f"visa:{OPTION}")
#: Fields of every planted reading of a resume that a candidate takes, and others that can be corrected.
TAKEN: Final = ("/basics/name", "/basics/phones/0")
CORRECTED: Final = ("/basics/name", "/work/0/position", "/work/0/name", "/skills/0/name")
QUERIES: Final = ("mira", "mira okafor", "oka*", '"mira okafor"', "mira -baker", "engineer OR okafor", "somebody")
#: Of 256: how many requests stay as they were generated.
KEPT: Final = 24
OPTIONS_MAX: Final = 20


def fit(operation_id: str, query: Any, body: Any, salt: bytes) -> None:
    """Change, in place, what would only be refused."""
    if salt[2] < KEPT:
        return
    if isinstance(query, MutableMapping) and isinstance(query.get("custom_field"), list):
        query["custom_field"] = [FILTERS[salt[3] % len(FILTERS)]]
    if not isinstance(body, MutableMapping):
        return
    if operation_id in _FITS:
        _FITS[operation_id](body, salt)
    for part in ("custom_fields", "private_custom_fields"):
        if isinstance(body.get(part), MutableMapping):
            body[part] = dict(_values(body[part], is_private=part != "custom_fields"))
    if operation_id in ("create_custom_field", "update_custom_field"):
        _fit_options(body, is_new=operation_id == "create_custom_field", salt=salt)


def _fit_search(body: MutableMapping[str, Any], salt: bytes) -> None:
    """Words that somebody has, and a filter that there is."""
    if isinstance(body.get("query"), str):
        body["query"] = QUERIES[salt[3] % len(QUERIES)]
    filters = body.get("filters")
    if isinstance(filters, MutableMapping) and isinstance(filters.get("custom_fields"), list):
        filters["custom_fields"] = [FILTERS[salt[4] % len(FILTERS)]]


def _fit_review(body: MutableMapping[str, Any], salt: bytes) -> None:
    """Fields that every planted reading has."""
    if isinstance(body.get("take_over"), list):
        body["take_over"] = list(TAKEN[: salt[3] % (len(TAKEN) + 1)])
    corrections = body.get("corrections")
    for place, correction in enumerate(corrections if isinstance(corrections, list) else ()):
        if isinstance(correction, MutableMapping) and "pointer" in correction:
            correction["pointer"] = CORRECTED[(salt[4] + place) % len(CORRECTED)]


_FITS: Final = {"search_candidates": _fit_search, "accept_resume_parse": _fit_review}


def _values(generated: MutableMapping[str, Any], *, is_private: bool) -> Iterator[tuple[str, Any]]:
    for value in generated.values():
        if is_private:
            yield "visa", None if value is None else OPTION
        elif isinstance(value, bool):
            yield "is_local", value
        elif isinstance(value, int):
            yield "notice_period_weeks", value
        elif isinstance(value, str):
            yield "remarks", value
        elif isinstance(value, list):
            yield "languages", [OPTION]
        else:
            yield ("t_shirt", None) if value is None else ("expected_pay", value)


def _fit_options(body: MutableMapping[str, Any], *, is_new: bool, salt: bytes) -> None:
    """A choice has options, nothing else has; each has a key of its own, a new one a name."""
    options = body.get("options")
    if is_new and body.get("type") not in ("single_select", "multi_select"):
        body.pop("options", None)
    elif is_new and not options:
        body["options"] = [{"key": OPTION, "name": "None needed"}]
    elif isinstance(options, MutableSequence):
        for place, option in enumerate(options):
            if isinstance(option, MutableMapping):
                option["key"] = f"option_{(salt[4] + place) % OPTIONS_MAX if len(options) <= OPTIONS_MAX else place}"
                option.setdefault("name", "An option")
