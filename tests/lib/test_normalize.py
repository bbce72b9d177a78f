"""Normal forms: equal for what people mean to be equal, and stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib import normalize


def wide(text: str) -> str:
    """The full-width forms of ASCII characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@given(st.text())
def test_every_form_is_total_and_stable(text: str) -> None:
    for form in (normalize.email, normalize.name, normalize.fold):
        assert form(form(text)) == form(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.sampled_from([None, "DE", "US"]))
def test_phone_answers_e164_or_digits_and_is_stable(text: str, region: str | None) -> None:
    once = normalize.phone(text, region)
    assert once.removeprefix("+").isdecimal() or once == ""
    assert once.isascii()
    if once.startswith("+"):
        assert normalize.phone(once, region) == once


@pytest.mark.promise("H4")
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ada.Lovelace@Example.COM", " ada.lovelace@example.com\n"),
        (wide("ADA") + "@example.com", "ada@example.com"),
        ("jose\u0301@example.com", "JOSÉ@example.com"),
        ("STRASSE@example.com", "straße@example.com"),
    ],
)
def test_spellings_of_one_email_are_equal(left: str, right: str) -> None:
    assert normalize.email(left) == normalize.email(right)


def test_an_accent_makes_another_email() -> None:
    assert normalize.email("jose@example.com") != normalize.email("josé@example.com")


@pytest.mark.promise("H4")
@pytest.mark.parametrize(
    ("number", "region", "expected"),
    [
        ("+49 (0)170 123-4567", None, "+491701234567"),
        ("0049 170 1234567", None, "+491701234567"),
        ("0170/1234567", "DE", "+491701234567"),
        ("+1 (555) 010-4477", None, "+15550104477"),
        ("(555) 010-4477 ext. 12", "US", "+15550104477"),
        ("+" + wide("491701234567"), None, "+491701234567"),
        ("0170 1234567", None, "01701234567"),
        ("١٢٣", None, "123"),
        ("+49 1", None, "491"),
        ("call me", None, ""),
    ],
)
def test_phone(number: str, region: str | None, expected: str) -> None:
    assert normalize.phone(number, region) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Łukasz   ÉMILE\tØrsted ", "lukasz emile orsted"),
        ("Straße Æther Œuvre Þór", "strasse aether oeuvre thor"),
        ("Ёлкин Йозеф", "елкин иозеф"),
        ("ﬁancé " + wide("wide"), "fiance wide"),
        ("김철수", "김철수"),
        ("हिन्दी", "हिन्दी"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_name(text: str, expected: str) -> None:
    assert normalize.name(text) == expected
