"""Two profiles as one, and the way back."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from impl.lib import normalize
from impl.services.candidates.profile import with_fields
from impl.services.custom_fields.values import PARTS, parts_of

#: How many entries a profile holds of each kind, as the contract says.
MOST: Final = {"emails": 10, "phones": 10, "addresses": 5, "links": 20}
SINGLE: Final = ("given_name", "family_name", "full_name", "headline")

Profile = Mapping[str, Any]


def united(survivor: Profile, duplicate: Profile) -> tuple[dict[str, Any], dict[str, Any]]:
    """The profile of both, and what of it came from the duplicate: the survivor's values win, lists hold the entries of both."""
    added: dict[str, Any] = {name: duplicate[name] for name in SINGLE if not survivor.get(name) and duplicate.get(name)}
    for name, most in MOST.items():
        known = {mark(name, entry) for entry in survivor[name]}
        new = [entry for entry in duplicate[name] if mark(name, entry) not in known]
        if fitting := new[: max(most - len(survivor[name]), 0)]:
            added[name] = fitting
    lists: dict[str, Any] = {name: [*survivor[name], *added[name]] for name in MOST if name in added}
    for part in PARTS:
        held = survivor.get(part, {})
        if lacked := {key: value for key, value in duplicate.get(part, {}).items() if key not in held}:
            added[part], lists[part] = lacked, dict(sorted({**held, **lacked}.items()))
    return {**survivor, **added, **lists}, added


def without(profile: Profile, added: Profile) -> dict[str, Any]:
    """The profile without what a merge had added, where that is still as it was added."""
    changed = dict(profile)
    for name, value in added.items():
        if name in MOST:
            changed[name] = [entry for entry in profile[name] if entry not in value]
        elif name in PARTS:
            left = {key: held for key, held in profile.get(name, {}).items() if value.get(key) != held}
            changed = with_fields(changed, {**parts_of(changed), name: left})
        elif profile.get(name) == value:
            changed[name] = None
    return changed


def mark(name: str, entry: Mapping[str, Any]) -> str:
    """What makes two entries the same one."""
    return _MARKS.get(name, _whole)(entry)


def _whole(entry: Mapping[str, Any]) -> str:
    return msgspec.json.encode(dict(entry), order="sorted").decode()


def _of(field: str, normal: Callable[[str], Any], entry: Mapping[str, Any]) -> str:
    return str(normal(entry[field]))


_MARKS: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "emails": functools.partial(_of, "address", normalize.email),
    "phones": functools.partial(_of, "number", normalize.phone),
    "links": functools.partial(_of, "url", str.casefold),
}
