"""Rich Text Format: its body, and the page headers and text boxes that converters leave out."""

import re

from striprtf.striprtf import rtf_to_text

from impl.resumes.document import Document, Unreadable
from impl.resumes.visible.rich_text import with_marks

_LINK = re.compile(r'HYPERLINK\s+"([^"\s]{4,500})"')
_SIDE_GROUP = re.compile(r"\{\\(?:\*\\)?(?:header[lrf]?|footer[lrf]?|shptxt)\b")


def read(content: bytes) -> Document:
    """The page headers first, then the body, then the footers."""
    source = with_marks(content.decode("latin-1"))
    body = _text(source)
    above: list[str] = []
    below: list[str] = []
    for keyword, group in _side_groups(source):
        text = _text(_preamble(source) + group + "}").strip()
        if text and text not in body:
            (below if "footer" in keyword else above).append(text)
    text = "\n".join([*dict.fromkeys(above), body, *dict.fromkeys(below)])
    return Document.of("application/rtf", [("plain", text)], _LINK.findall(source))


def _text(source: str) -> str:
    try:
        return str(rtf_to_text(source, errors="ignore"))  # type: ignore[no-untyped-call]
    except Exception as error:  # the library names no error of its own
        raise Unreadable("damaged", "The RTF is damaged.") from error


def _preamble(source: str) -> str:
    found = re.match(r"\{\\rtf1?(?:\\[a-z]+-?\d*)*", source)
    return (found.group() if found else r"{\rtf1\ansi") + " "


def _side_groups(source: str) -> list[tuple[str, str]]:
    groups = []
    for found in list(_SIDE_GROUP.finditer(source))[:20]:
        group = _group(source, found.start())
        groups.append((found.group(), "{" + group[found.end() - found.start() :]))
    return groups


def _group(source: str, start: int) -> str:
    """The balanced group that begins at `start`."""
    depth = 0
    for brace in re.finditer(r"\\.|[{}]", source[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0:
            return source[start : start + brace.end()]
    return source[start:]
