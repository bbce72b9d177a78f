"""What a value of a custom field may be, by the type of the field, and how it is written to be found again."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from generated.enums import CustomFieldType
from impl.models.custom_field import CustomField

SHORT_MAX = 200
URL_MAX = 2048

_LINE = re.compile(r"[^\x00-\x1f\x7f]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_URL = re.compile(r"https?://[^\x00-\x20\x7f]+")
_MONEY = re.compile(r"(0|[1-9][0-9]{0,15})\.[A-Z]{3}")


class Fault(NamedTuple):
    """Why a value is refused: a stable code, and what is allowed."""

    code: str
    message: str


NOT_ONE = {
    CustomFieldType.SHORT_TEXT: Fault("type", f"Must be one line of text, at most {SHORT_MAX} characters."),
    CustomFieldType.LONG_TEXT: Fault("type", "Must be a text."),
    CustomFieldType.NUMBER: Fault("type", 'Must be a decimal number as text, such as "12.50".'),
    CustomFieldType.INTEGER: Fault("type", "Must be an integer."),
    CustomFieldType.BOOLEAN: Fault("type", "Must be true or false."),
    CustomFieldType.DATE: Fault("type", "Must be a date, such as 2027-01-04."),
    CustomFieldType.URL: Fault("type", f"Must be an http or https URL, at most {URL_MAX} characters."),
    CustomFieldType.MONEY: Fault("type", "Must be an amount_minor with its currency; in a filter 6500000.EUR."),
    CustomFieldType.USER: Fault("type", "Must be the id of a user."),
}


def fault(field: CustomField, value: Any, before: Any) -> Fault | None:
    """What is wrong with a new value of a field that had `before`; options that were chosen before may be kept."""
    if field.type is CustomFieldType.SINGLE_SELECT:
        return _choice_fault(field, value, before)
    if field.type is CustomFieldType.MULTI_SELECT:
        return _choices_fault(field, value, before or ())
    return None if _IS[field.type](value) else NOT_ONE[field.type]


def marks(field: CustomField, value: Any) -> list[str]:
    """How a value is written to be found: one way for each value that is the same. Texts are found by nothing."""
    if value is None or field.type not in _MARKS:
        return []
    if field.type is CustomFieldType.MULTI_SELECT:
        return list(value)
    return [_MARKS[field.type](value)]


def mark_of(field: CustomField, text: str) -> str | Fault:
    """How the value that a filter writes as `text` is written to be found, or why it can be none."""
    if field.type not in _MARKS:
        return Fault("field_not_filterable", f"Values of the type {field.type} are sealed and cannot be filtered by.")
    if field.type in (CustomFieldType.SINGLE_SELECT, CustomFieldType.MULTI_SELECT):
        return text if field.option(text) is not None else _unknown_option(field)
    value = _read(field.type, text)
    return NOT_ONE[field.type] if value is None else _MARKS[field.type](value)


def _read(kind: CustomFieldType, text: str) -> Any:
    """The value that a filter writes as `text`; None when it is no value of this type."""
    if kind is CustomFieldType.BOOLEAN:
        return {"true": True, "false": False}.get(text)
    if kind is CustomFieldType.INTEGER:
        return int(text) if _INTEGER.fullmatch(text) else None
    if kind is CustomFieldType.MONEY:
        amount, _, currency = text.partition(".")
        return {"amount_minor": int(amount), "currency": currency} if _MONEY.fullmatch(text) else None
    return text if _IS[kind](text) else None


def _choice_fault(field: CustomField, value: Any, before: Any) -> Fault | None:
    option = field.option(value) if isinstance(value, str) else None
    if option is None:
        return _unknown_option(field)
    return Fault("option_archived", "The option is archived.") if option["is_archived"] and value != before else None


def _choices_fault(field: CustomField, value: Any, before: Any) -> Fault | None:
    if not isinstance(value, list):
        return Fault("type", "Must be a list of the keys of options.")
    if len(set(value)) < len(value):
        return Fault("duplicate_items", "Each option once.")
    faults = (_choice_fault(field, key, key if key in before else None) for key in value)
    return next((found for found in faults if found is not None), None)


def _unknown_option(field: CustomField) -> Fault:
    allowed = ", ".join(option["key"] for option in field.options[:20] if not option["is_archived"])
    return Fault("unknown_option", f"Must be one of {allowed}{' …' if len(field.options) > 20 else ''}.")


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(_DATE.fullmatch(value)) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _is_text(pattern: re.Pattern[str], longest: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and pattern.fullmatch(value) is not None


def _number(value: str) -> str:
    plain = format(Decimal(value), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


_IS: Mapping[CustomFieldType, Callable[[Any], bool]] = {
    CustomFieldType.SHORT_TEXT: _is_text(_LINE, SHORT_MAX),
    CustomFieldType.LONG_TEXT: lambda value: isinstance(value, str),
    CustomFieldType.NUMBER: _is_text(_NUMBER, 30),
    CustomFieldType.INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    CustomFieldType.BOOLEAN: lambda value: isinstance(value, bool),
    CustomFieldType.DATE: _is_date,
    CustomFieldType.URL: _is_text(_URL, URL_MAX),
    CustomFieldType.MONEY: lambda value: isinstance(value, dict),
    CustomFieldType.USER: _is_id,
}
_MARKS: Mapping[CustomFieldType, Callable[[Any], str]] = {
    CustomFieldType.NUMBER: _number,
    CustomFieldType.INTEGER: str,
    CustomFieldType.BOOLEAN: lambda value: "true" if value else "false",
    CustomFieldType.DATE: str,
    CustomFieldType.SINGLE_SELECT: str,
    CustomFieldType.MULTI_SELECT: str,
    CustomFieldType.MONEY: lambda value: f"{value['amount_minor']}.{value['currency']}",
    CustomFieldType.USER: str.lower,
}
