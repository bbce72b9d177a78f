"""The score of two profiles, as the contract's formula says."""

from typing import Any

import pytest

from impl.services.duplicates.scoring import compare
from tests.services.candidates.habits import EMPTY


def person(name: str, *, email: str = "", phone: str = "", link: str = "") -> dict[str, Any]:
    return {
        **EMPTY,
        "full_name": name,
        "emails": [{"address": email, "kind": "work"}] if email else [],
        "phones": [{"number": phone, "kind": "work"}] if phone else [],
        "links": [{"url": link, "kind": "other"}] if link else [],
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (person("A B"), person("Q Z"), (0, [])),
        (person("A B", email="X@e.org"), person("Q Z", email="x@E.org"), (90, ["same_email"])),
        (person("A B", phone="+49 (30) 90"), person("Q Z", phone="+49 30 90"), (70, ["same_phone"])),
        (person("A B", link="https://www.e.org/a/"), person("Q Z", link="http://E.org/a"), (80, ["same_link"])),
        (person("Mira Okafor"), person("okafor MIRA"), (50, ["similar_name"])),
        (
            person("Mira Okafor", email="m@e.org", phone="123"),
            person("Mira Okafor", email="m@e.org", phone="123"),
            (98, ["same_email", "same_phone", "similar_name"]),
        ),
    ],
)
def test_each_thing_that_agrees_has_its_weight(one: Any, other: Any, expected: Any) -> None:
    assert compare(one, other) == expected
    assert compare(other, one) == expected


def test_a_name_weighs_less_the_less_similar_it_is() -> None:
    score, reasons = compare(person("Mira Okafor"), person("Mira Okafors"))

    assert reasons == ["similar_name"]
    assert 1 <= score < 50
    assert compare(person("Mira Okafor"), person("Mirko Oka")) == (0, [])
