"""Texts as they are compared: without case, accents and grammatical gender, with the way back to where each letter stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from impl.screening.gender import neutral

_WORD = re.compile(r"[^\W\d_]{4,}")
_GAP = r"(?:\s*[-–/]\s*|\s+)"
# A name of one or two letters is found where it stands alone between signs of a list, and written as it is.
_SHORT = 2
_LIST_BEFORE = r"(?:^|[,;:|•·/(\[\n\t&]|\band|\bund|\bet|\by|[-–*])\s*$"
_LIST_AFTER = r"^\s*(?:$|[,;|•·/)\]\n\t&.]|and\b|und\b|et\b|y\b|\()"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `at` gives for each of its letters, and for its end, the place in the original, None where nothing moved."""

    original: str
    text: str
    at: tuple[int, ...] | None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
    return plain.casefold()


@lru_cache(maxsize=256)
def folded(text: str) -> Folded:
    """The text without case and accents."""
    if text.isascii():
        return Folded(text, text.lower(), None)
    letters = [_letter(each) for each in text]
    plain = "".join(letters)
    if len(plain) == len(text) and all(len(each) == 1 for each in letters):
        return Folded(text, plain, None)
    at = [index for index, each in enumerate(letters) for _ in each]
    return Folded(text, plain, (*at, len(text)))


def _parts(alias: str) -> list[list[str]]:
    """The words of a name, each in the parts between which a text may have gaps."""
    words = folded(neutral_text(alias)).text.split()
    return [[part for part in re.split(r"[-–]", word) if part] or [word] for word in words]


@lru_cache(maxsize=4096)
def _longest_part(alias: str) -> str:
    """What stands literally in every text that names `alias`."""
    return max((part for word in _parts(alias) for part in word), key=len, default="")


@lru_cache(maxsize=4096)
def pattern_of(alias: str) -> re.Pattern[str]:
    """What finds a name in a folded text, at the borders of words only: `C` is not found in `C++`, nor `Java` in `JavaScript`."""
    words = folded(neutral_text(alias)).text.split()
    body = _GAP.join(re.escape(part) for word in _parts(alias) for part in word)
    last = words[-1][-1] if words else ""
    plural = "(?:s|es)?" if last.isalpha() and len("".join(words)) > _SHORT + 1 else ""
    after = r"(?![^\W_])" if not last.isalnum() else r"(?![^\W_]|[+#](?![^\W_]))"
    before = r"(?<![^\W_])" if words and words[0][0].isalnum() else r"(?<![^\s(,;:/|])"
    return re.compile(f"{before}{body}{plural}{after}") if words else re.compile(r"(?!)")


def occurrences(alias: str, text: Folded) -> Iterator[tuple[int, int]]:
    """Where a name stands in a text, as offsets of the folded one."""
    # Most names stand in most texts nowhere, and a search for what is literal is the quickest.
    if _longest_part(alias) not in text.text:
        return
    is_short = len(alias.strip()) <= _SHORT
    for found in pattern_of(alias).finditer(text.text):
        if not is_short or _stands_alone(alias.strip(), text, *found.span()):
            yield found.span()


def _stands_alone(alias: str, text: Folded, start: int, end: int) -> bool:
    first, last = text.source(start, end)
    if text.original[first:last] != alias:
        return False
    before, after = text.text[max(0, start - 8) : start], text.text[end : end + 8]
    return bool(re.search(_LIST_BEFORE, before)) and bool(re.search(_LIST_AFTER, after))


def neutral_text(text: str) -> str:
    """The text with each word that has a feminine form in the form that says nothing of who is meant."""
    return _WORD.sub(lambda found: neutral(found[0]), text)
