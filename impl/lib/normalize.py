"""Bring names, e-mail addresses, phone numbers and words into the one form in which they are compared.

Every function is total: any string goes in, a string comes out, and the same function applied again changes nothing.
"""

import re
from unicodedata import normalize

import phonenumbers

# Accents of Latin, Greek and Cyrillic, and the optional vowel points of Hebrew and Arabic. Marks of other scripts carry meaning.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
_SPACE = re.compile(r"\s+")
_NON_DIGIT = re.compile(r"\D")


def email(address: str) -> str:
    """An e-mail address as it is compared: NFKC, case folded, without space around it."""
    return normalize("NFKC", normalize("NFKC", address).strip().casefold()).strip()


def phone(number: str, region: str | None = None) -> str:
    """A phone number in E.164 (`+491701234567`), without its extension.

    `region` (ISO 3166-1 alpha-2) says how to read a number without a country code. A number that cannot be read, or has an
    impossible length, is answered as its bare digits, so that equal spellings of it still compare equal.
    """
    text = normalize("NFKC", number).strip()
    try:
        parsed = phonenumbers.parse(_international(text, region), region)
    except phonenumbers.NumberParseException:
        return _digits(text)
    # "Possible", not "valid": fictional and freshly assigned ranges are real input.
    if not phonenumbers.is_possible_number(parsed):
        return _digits(text)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def name(text: str) -> str:
    """A name as it is compared: folded, and every run of space one blank."""
    return _SPACE.sub(" ", fold(text)).strip()


def fold(text: str) -> str:
    """`text` without differences of case, width, ligature and accent: `Łukasz ÉMILE` -> `lukasz emile`."""
    if text.isascii():
        return text.lower()
    apart = normalize("NFKD", normalize("NFKD", text).casefold())
    return normalize("NFC", _ACCENTS.sub("", apart).translate(_LETTERS))


def one_line(text: str) -> str:
    """The text without line breaks and other control characters, which have no place in the header of a mail."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())


def _international(text: str, region: str | None) -> str:
    return "+" + text[2:] if region is None and text.startswith("00") else text


def _digits(text: str) -> str:
    return "".join(str(int(digit)) for digit in _NON_DIGIT.sub("", text))
