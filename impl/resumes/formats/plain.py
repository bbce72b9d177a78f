"""Plain text in whatever encoding it has."""

import re

from charset_normalizer import from_bytes

from impl.resumes.document import Document
from impl.resumes.visible.hidden import unmarked

_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(?=\S)")
_STRESSED = re.compile(r"(?<![\w*])(\*\*|__|\*|_)(?=[^\s*_])([^\n]*?[^\s*_])\1(?![\w*])")
# That of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def wide(content: bytes) -> str | None:
    """The encoding of a text with two or four bytes a character: by its mark, else because every other byte is nothing."""
    mark = next((encoding for start, encoding in _MARKS if content.startswith(start)), None)
    sample = content[:2048]
    if mark or len(sample) < 8 or b"\0" not in sample:
        return mark
    high, low = sample[::2], sample[1::2]
    if high.count(0) > 0.7 * len(high) and not low.count(0):
        return "utf-16-be"
    return "utf-16-le" if low.count(0) > 0.7 * len(low) and not high.count(0) else None


def decoded(content: bytes) -> str:
    """The text of the bytes: in UTF-8, in wide characters when they look so, else in the encoding that fits best."""
    encoding = wide(content)
    if encoding:
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content[:100_000], cp_isolation=["cp1252", "cp1250", "cp1251", "utf_8"]).best()
        return content.decode(best.encoding if best else "cp1252", "replace")


def read(content: bytes) -> Document:
    """The text as it stands; where it is Markdown, without the signs for headings and stress."""
    text = unmarked(decoded(content))
    if len(_HEADING.findall(text)) > 1:
        text = _STRESSED.sub(r"\2", _HEADING.sub("", text))
    return Document.of("text/plain", [("plain", text)])
