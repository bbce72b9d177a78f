"""What forms say before a value, by the lists of `data/labels.txt`."""

import re
from functools import cache

from impl.resumes.parsing.lexicon import entries

_SHORT = 2  # words of a label that is one only with a sign behind it
_LONGEST = 12


@cache
def _labels() -> dict[str, str]:
    return {name: kind for kind, names in entries("labels").items() for name in names}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _labels())


def matched(text: str) -> tuple[str, int] | None:
    """The kind of the longest label at the start of a text, and where it ends; a short one needs a sign or a date behind it."""
    first = text.split(maxsplit=1)[:1]
    if not first or first[0].casefold().strip(" :•-*") not in _first_words():
        return None
    words = list(re.finditer(r"\S+", text))
    for count in range(min(len(words), _LONGEST), 0, -1):
        end = words[count - 1].end()
        kind = _labels().get(" ".join(word.group() for word in words[:count]).casefold().strip(" :•-*"))
        if kind is not None:
            after = text[words[count - 1].start() : end + 1]
            is_marked = ":" in after or "\t" in after or end == len(text)
            if count > _SHORT or is_marked or (kind == "dates" and text[end:].strip()[:1].isdigit()):
                return kind, end
    return None


def is_aside(text: str) -> bool:
    """Whether a line gives what no profile holds: a salary, hours, a supervisor, or the heading of what is told."""
    found = matched(text)
    return found is not None and (found[0] == "other" or (found[0] == "told" and found[1] == len(text)))
