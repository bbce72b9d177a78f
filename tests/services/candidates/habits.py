"""Profiles, and where candidates are."""

from typing import Any

from tests.services.habits import CANDIDATES
from tests.support.factories import Data

EMPTY: Data = {
    "given_name": None,
    "family_name": None,
    "headline": None,
    "emails": [],
    "phones": [],
    "addresses": [],
    "links": [],
}
# Every field of a profile, with words that stand nowhere else.
WHOLE: Data = {
    "given_name": "Quokka",
    "family_name": "Zyzzyva",
    "full_name": "Quokka Zyzzyva",
    "headline": "Wombat whisperer",
    "emails": [
        {"address": "Quokka.Z@Example.COM", "kind": "personal"},
        {"address": "wombat@work.example", "kind": "work"},
    ],
    "phones": [{"number": "+49 (30) 901820", "kind": "personal"}],
    "addresses": [
        {
            "street": "Numbatweg 7\nHinterhaus",
            "postal_code": "10115",
            "city": "Bilbyhausen",
            "region": None,
            "country_code": "DE",
            "kind": "other",
        }
    ],
    "links": [{"url": "https://quoll.example/q", "kind": "portfolio"}],
}
PERSONAL = ("Quokka", "Zyzzyva", "Wombat", "wombat", "901820", "Numbat", "Bilby", "10115", "quoll")


def path_of(candidate: Data, rest: str = "") -> str:
    """`/api/v1/candidates/{id}` and what follows it."""
    return f"{CANDIDATES}/{candidate['id']}{rest}"


def personal_in(text: Any) -> list[str]:
    """Which personal words of `WHOLE` stand in a text."""
    return [word for word in PERSONAL if word in str(text)]
