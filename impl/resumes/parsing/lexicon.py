"""What the parser knows of words: small lists of its own, one file a subject, read once."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:[.'’&/+-][^\W_]+)*\.?", re.UNICODE)
_SHORTEST_ENDING = 3


def load() -> None:
    """Read every file now; later there may be no way to."""
    for file in (files(__package__) / "data").iterdir():
        _source(file.name.removesuffix(".txt"))


@cache
def _source(name: str) -> str:
    return (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def entries(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of a file by their keys: `key: word, word`."""
    found = {}
    for line in _source(name).splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(": ")
            found[key] = tuple(word.strip() for word in words.split(", ") if word.strip())
    return found


def without_marks(text: str) -> str:
    """A text without accents, as capitals are often written."""
    if text.isascii():
        return text
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def names(text: str) -> list[str]:
    """The words of a text as they are written."""
    return _WORD.findall(text)


def tokens(text: str) -> list[str]:
    """The words of a text, casefolded."""
    return [word.casefold() for word in _WORD.findall(text)]


class Vocabulary:
    """Words, phrases and endings of words, found at the borders of words only."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._endings = tuple(word[1:] for word in words if word.startswith("-"))
        whole = [word.rstrip(".").casefold() for word in words if not word.startswith("-")]
        self._words = frozenset(word for word in whole if " " not in word)
        self._phrases = frozenset(word for word in whole if " " in word)

    def positions(self, words: list[str]) -> list[int]:
        """Where, among the words, a known word or the last word of a known phrase stands."""
        bare = [word.rstrip(".") for word in words]
        found = [index for index, word in enumerate(bare) if self._is_known(word)]
        for length in (2, 3):
            for index in range(len(bare) - length + 1):
                if " ".join(bare[index : index + length]) in self._phrases:
                    found.append(index + length - 1)
        return sorted(set(found))

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def _is_known(self, word: str) -> bool:
        """Whether a word is in the list, by itself, by its ending or by what stands behind its last hyphen."""
        return word in self._words or self._has_ending(word) or ("-" in word and word.rpartition("-")[2] in self._words)

    def _has_ending(self, word: str) -> bool:
        if not word.endswith(self._endings):
            return False
        return any(len(word) >= len(end) + _SHORTEST_ENDING and word.endswith(end) for end in self._endings)


@cache
def vocabulary(name: str, key: str | None = None) -> Vocabulary:
    """The words of a file's list; without a key, of a file that is one list."""
    if key is not None:
        return Vocabulary(entries(name)[key])
    lists = entries(name)
    return Vocabulary(tuple(word for words in lists.values() for word in words))


@cache
def plain_list(name: str) -> Vocabulary:
    """The words of a file without keys."""
    rows = [row.partition(": ")[2] or row for row in _source(name).splitlines() if row and not row.startswith("#")]
    return Vocabulary(tuple(word.strip() for row in rows for word in row.split(",") if word.strip()))


@cache
def places() -> frozenset[str]:
    """Cities, parts of countries, countries and the words of working from home, casefolded."""
    found = set(countries())
    for key in ("regions", "cities", "remote"):
        for word in _row("places", key).split():
            found.add(word.replace("_", " ").casefold())
    return frozenset(found)


@cache
def cities() -> frozenset[str]:
    """The large cities, casefolded."""
    return frozenset(word.replace("_", " ").casefold() for word in _row("places", "cities").split())


@cache
def towns() -> dict[str, str]:
    """Towns, casefolded and also without accents, with the ISO code of the country of the largest of that name."""
    found: dict[str, str] = {}
    for code, names in entries("towns").items():
        for name in names:
            found.setdefault(name.casefold(), code)
    return {without_marks(name): code for name, code in found.items()} | found


@cache
def region_codes() -> frozenset[str]:
    """Short forms of parts of countries as they stand after a city."""
    return frozenset(_row("places", "codes").split())


@cache
def countries() -> dict[str, str]:
    """The names of countries with their ISO codes."""
    found = {}
    for country in _row("places", "countries").split(";"):
        code, _, names = country.strip().partition("=")
        for name in names.split():
            found[name.replace("_", " ").casefold()] = code
    return found


def _row(name: str, key: str) -> str:
    return next(row.partition(": ")[2] for row in _source(name).splitlines() if row.startswith(f"{key}: "))
