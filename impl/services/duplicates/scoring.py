"""How likely two profiles are the same person's: the formula of the contract."""

import math
import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from generated.enums import DuplicateReason
from impl.lib import normalize

SAME_EMAIL, SAME_LINK, SAME_PHONE, SIMILAR_NAME = 0.9, 0.8, 0.7, 0.5
# A name is similar from here on; its weight grows from 80 to the whole of it at 100.
SIMILAR_FROM, WEIGHS_FROM = 85.0, 80.0

_BEGINNING = re.compile(r"^https?://(www\.)?")


def compare(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[int, list[DuplicateReason]]:
    """The score of two profiles, 0 to 100, and what agrees, the weightiest first; no reason gives 0."""
    weights = _weights(one, other)
    reasons = sorted(weights, key=lambda reason: (-weights[reason], reason))
    return round(100 * (1 - math.prod(1 - weight for weight in weights.values()))), reasons


def _weights(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[DuplicateReason, float]:
    found: dict[DuplicateReason, float] = {}
    if _emails(one) & _emails(other):
        found[DuplicateReason.SAME_EMAIL] = SAME_EMAIL
    if _links(one) & _links(other):
        found[DuplicateReason.SAME_LINK] = SAME_LINK
    if _phones(one) & _phones(other):
        found[DuplicateReason.SAME_PHONE] = SAME_PHONE
    similarity = fuzz.token_sort_ratio(one["full_name"].casefold(), other["full_name"].casefold())
    if similarity >= SIMILAR_FROM:
        found[DuplicateReason.SIMILAR_NAME] = SIMILAR_NAME * (similarity - WEIGHS_FROM) / (100 - WEIGHS_FROM)
    return found


def _emails(profile: Mapping[str, Any]) -> set[Any]:
    return {normalize.email(email["address"]) for email in profile["emails"]}


def _phones(profile: Mapping[str, Any]) -> set[Any]:
    return {normalize.phone(phone["number"]) for phone in profile["phones"]}


def _links(profile: Mapping[str, Any]) -> set[str]:
    """Scheme, `www.`, case and a slash at the end make no other page."""
    return {_BEGINNING.sub("", link["url"].casefold()).rstrip("/") for link in profile["links"]}
