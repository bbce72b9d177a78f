"""The profile that a person makes of what was read: corrections by JSON pointer, and what is left out with its evidence."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from generated import requests
from impl.core.problems import ValidationFailed
from impl.core.validation import errors_of
from impl.lib.problems import FieldError
from impl.models.resume import PointerUnknown
from impl.services.resumes import bounds
from impl.services.resumes.contents import Content, Review

#: These say the first of a list again.
_FIRSTS: Final = {"/basics/email": "emails", "/basics/phone": "phones"}
_NONE: Final = object()


def corrected(content: Content, corrections: Sequence[requests.ResumeCorrection]) -> tuple[Review, Any]:
    """What was read with the corrections made; and the same where each field is still in its place, for `text_at`. Raises
    PointerUnknown or ValidationFailed, with the places in the body."""
    _expect_known(content.profile, corrections)
    document = copy.deepcopy(content.profile)
    for each in corrections:
        _set(document, each.pointer, each.value)
    _expect_fitting(document, corrections)
    moved: dict[str, str] = {}
    profile = _pruned(document, "", "", moved)
    _say_firsts_again(profile["basics"])
    changed = {each.pointer for each in corrections}
    evidence = {
        moved[pointer]: found
        for pointer, found in content.evidence.items()
        if pointer in moved and pointer not in changed
    }
    return Review(profile, evidence, sorted(changed)), document


def text_at(document: Any, pointer: str) -> str | None:
    """The text at a pointer into what was read; None when there is none, or it was taken away."""
    found = bounds.at(document, pointer) if bounds.holds(document, pointer) else None
    return found if isinstance(found, str) else None


def _without_none(document: Any) -> Any:
    """The document where what is taken away is absent, and everything else stays in its place."""
    if isinstance(document, dict):
        return {name: _without_none(value) for name, value in document.items() if value is not _NONE}
    if isinstance(document, list):
        return [_without_none("" if value is _NONE else value) for value in document]
    return document


def _expect_known(profile: Mapping[str, Any], corrections: Sequence[requests.ResumeCorrection]) -> None:
    unknown = [
        FieldError(
            f"/corrections/{index}/pointer", PointerUnknown.code, "Name a field of the profile that holds a text."
        )
        for index, each in enumerate(corrections)
        if each.pointer in _FIRSTS or not _is_text(profile, each.pointer)
    ]
    if unknown:
        raise PointerUnknown("Name fields that the parse has.", errors=unknown)


def _is_text(profile: Mapping[str, Any], pointer: str) -> bool:
    return bounds.holds(profile, pointer) and not isinstance(bounds.at(profile, pointer), dict | list)


def _set(document: Any, pointer: str, value: str | None) -> None:
    above, _, name = pointer.rpartition("/")
    place = bounds.at(document, above)
    is_gone = value is None and name != "endDate"
    place[int(name) if isinstance(place, list) else name] = _NONE if is_gone else value


def _expect_fitting(document: Any, corrections: Sequence[requests.ResumeCorrection]) -> None:
    last = {each.pointer: (index, each.value) for index, each in enumerate(corrections)}
    places = {pointer: f"/corrections/{index}/value" for pointer, (index, value) in last.items() if value is not None}
    wrong = [
        FieldError(places[error.pointer], error.code, error.message)
        for error in errors_of("ResumeProfile", _without_none(document))
        if error.pointer in places
    ]
    if wrong:
        raise ValidationFailed(f"{len(wrong)} field(s) are not valid.", errors=wrong)


def _pruned(node: Any, old: str, new: str, moved: dict[str, str]) -> Any:
    """The node without what was taken away; `moved` learns where each field was and is."""
    if isinstance(node, dict):
        return {
            name: _pruned(value, f"{old}/{name}", f"{new}/{name}", moved)
            for name, value in node.items()
            if value is not _NONE
        }
    if isinstance(node, list):
        kept: list[Any] = []
        for index, value in enumerate(node):
            if not _is_gone(value):
                kept.append(_pruned(value, f"{old}/{index}", f"{new}/{len(kept)}", moved))
        return kept
    moved[old] = new
    return node


def _is_gone(value: Any) -> bool:
    """An entry of which nothing is left, or a page without an address."""
    if isinstance(value, dict):
        return value.get("url") is _NONE or (bool(value) and all(each is _NONE for each in value.values()))
    return value is _NONE


def _say_firsts_again(basics: dict[str, Any]) -> None:
    for pointer, name in _FIRSTS.items():
        single = pointer.rpartition("/")[2]
        basics.pop(single, None)
        if basics[name]:
            basics[single] = basics[name][0]
