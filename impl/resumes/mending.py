"""Addresses and telephone numbers that a narrow column broke over lines, put together again.

Where an e-mail address, a link or a number goes on in the next line is told by its own signs: an address without its end, a
path that stops at a hyphen, a line that is as full as its column.
"""

import re

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[^\W_](?:[\w-]{0,61}\w)?\.)+(?P<end>[a-z]{2,12})", re.IGNORECASE)
_LOCAL = re.compile(r"[a-z0-9][a-z0-9._+-]*")
_LABELLED = re.compile(r"(?:[^\W\d_][\w-]{2,16}\s?:|[^\w\s])\s?\S+")
_LAST = re.compile(r"\S+$")
_SHORT_ENDS = re.compile(
    r"(?:com|org|net|edu|gov|info|biz|dev|app|tech|online|email|example|test|eu|uk|de|fr|es|it|nl|pt|br|at|ch|be|ie|pl|cz|se|dk|"
    r"no|fi|us|ca|au|nz|in|za|mx|ar|io|co|me|ro|hu|gr|tr|jp|cn|sg|ng|ke)"
)
_HOST = re.compile(
    r"(?:https?://|www\.)\S*$|(?:linkedin|xing|github|gitlab|behance|dribbble|medium|twitter|facebook|instagram|researchgate|orcid|"
    r"kaggle|stackoverflow)\.(?:com|net|org|io)\S*$",
    re.IGNORECASE,
)
_PATH = re.compile(r"[-_]?[a-z0-9][\w%~-]*(?:[/.][\w%~-]+)*/?")
_NUMBER = re.compile(r"(?:(?:[^\W\d_]{2,12}[.:]{0,2}|☎|✆|📞)\s?)?[+(]?\d[\d ()./-]{3,18}")
_REST = re.compile(r"[\d ()./-]{2,14}\d")
_LABELS = frozenset(
    ["email", "e-mail", "mail", "courriel", "correo", "e-post", "web", "website", "portfolio", "linkedin", "github"]
)
_MOST_LINES = 4
_LONG = 8
_NARROW = 36  # characters of the widest column that breaks words


def mended(text: str) -> str:
    """The text with each broken address and number in one line."""
    lines = text.split("\n")
    result: list[str] = []
    at = 0
    while at < len(lines):
        count, whole = _whole(lines, at)
        result.append(whole)
        at += count
    return "\n".join(result)


def _whole(lines: list[str], at: int) -> tuple[int, str]:
    """How many lines from `at` on hold one broken address or number, and what they say together."""
    line = lines[at]
    if not line or len(line) > 60 or at + 1 == len(lines):
        return 1, line
    for join in (_email, _link, _phone):
        found = join(lines, at)
        if found is not None:
            return found
    return 1, line


def _email(lines: list[str], at: int) -> tuple[int, str] | None:
    first = _LAST.search(lines[at])
    if first is None or not _may_begin(lines, at, first.group()):
        return None
    whole = first.group()
    best = None
    for count in range(2, _MOST_LINES + 1):
        if at + count > len(lines) or not re.fullmatch(r"[\w.@+-]+", lines[at + count - 1]):
            break
        if "@" not in whole + lines[at + count - 1] and not _is_local(lines[at + count - 1]):
            break
        is_open = not _is_address(whole) or (count == 2 and _is_cut(whole, lines[at + 1]))
        whole += lines[at + count - 1]
        if is_open and _is_address(whole):
            best = count, lines[at][: first.start()] + whole
        elif best is not None:
            break
    return best


def _may_begin(lines: list[str], at: int, word: str) -> bool:
    """Whether a word at the end of a line may be the beginning of an address that goes on."""
    if "@" in word:
        return not _is_address(word) or _is_cut(word, lines[at + 1])
    below = lines[at + 1]
    if not _is_local(word) or (word != lines[at] and not _LABELLED.fullmatch(lines[at])):
        return False
    if below.startswith("@") or word.endswith((".", "-", "_")):
        return True
    return len(word) >= _LONG and len(word) + 1 >= len(below) and not _HOST.search(word)


def _is_local(word: str) -> bool:
    """Whether a line may be a part of what stands before the sign of an address: small letters, and no label."""
    return _LOCAL.fullmatch(word) is not None and word not in _LABELS and any(map(str.isalpha, word))


def _is_cut(word: str, below: str) -> bool:
    """Whether an address seems whole and still goes on: "ann@mail.co", "m"."""
    end = word.rpartition(".")[2] + below
    return len(below) <= 2 and below.isalpha() and below.islower() and _SHORT_ENDS.fullmatch(end) is not None


def _is_address(word: str) -> bool:
    found = _EMAIL.fullmatch(word)
    return found is not None and _SHORT_ENDS.fullmatch(found["end"].lower()) is not None


def _link(lines: list[str], at: int) -> tuple[int, str] | None:
    found = _HOST.search(lines[at])
    if found is None or "@" in lines[at]:
        return None
    whole, count = lines[at], 1
    near = lines[max(0, at - 3) : at + 5]
    is_full = _LONG + 4 <= len(whole) <= _NARROW and len(whole) + 2 >= max(map(len, near))
    while count < _MOST_LINES and at + count < len(lines) and _goes_on(whole, lines[at + count], is_full):
        whole += lines[at + count]
        count += 1
    return (count, whole) if count > 1 else None


def _goes_on(whole: str, below: str, is_full: bool) -> bool:
    """Whether a link goes on in the next line: after a sign that none ends with, or where its line is full."""
    if not _PATH.fullmatch(below) or below in _LABELS:
        return False
    if whole.endswith(("://", "www.")):
        return True
    if _HOST.match(below):
        return False
    if whole.endswith((".", "-", "/in/", "com/", "org/", "net/")):
        return True
    is_path = re.search(r"\.(?:com|net|org|io)/\S+$", whole) is not None
    return is_full and is_path and "." not in below and below == below.lower()


def _phone(lines: list[str], at: int) -> tuple[int, str] | None:
    line, below = lines[at], lines[at + 1]
    digits = sum(map(str.isdigit, line))
    if (
        not _NUMBER.fullmatch(line)
        or not _REST.fullmatch(below)
        or digits > 9
        or re.search(r"(?:19|20)\d\d", line + below)
    ):
        return None
    total = digits + sum(map(str.isdigit, below))
    is_begun = line.endswith("-") or "+" in line or line.startswith("(")
    return (2, line + ("" if line.endswith("-") else " ") + below) if is_begun and 9 <= total <= 15 else None
