"""HTML: what a reader would see of it."""

import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from impl.resumes.document import Document, Unreadable
from impl.resumes.formats.plain import decoded
from impl.resumes.visible.hidden import Flag
from impl.resumes.visible.web import mark_hidden

_LINK = re.compile(r"""<a\s[^>]{0,500}?href\s*=\s*["']?([^"'\s>]{4,500})""", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_BLOCK_SPAN = re.compile(
    r"<(span|time|small|b|strong|em|i)\b[^>]*(?:float\s*:\s*right|text-align\s*:\s*right)[^>]*>", re.I
)
_CELL = re.compile(r"</t[dh]\s*>\s*(?=<t[dh])", re.IGNORECASE)
_MARK = "\ue800"
_REACH = 600  # characters
_BOX = r"(?:div|li|td|dd|section|article|header)"
_FIRST_IN_BOX = re.compile(rf"<{_BOX}\b[^>]*>\s*<\w+[^>]*>[^<]*$", re.IGNORECASE)
_LAST_IN_BOX = re.compile(rf"<(\w+)[^>]*>[^<]*</\1\s*>\s*</{_BOX}", re.IGNORECASE)
_INLINE = r"(?:span|time|small|a|label|em|i|b|strong|mark|code|kbd)"
_SIDE_BY_SIDE = re.compile(rf"(?<=[\w.)%+#★●])</{_INLINE}\s*>(?=<{_INLINE}\b[^>]{{0,500}}>[^\W_])", re.IGNORECASE)
_ALIKE = re.compile(  # pills with a space between them
    rf"""(<({_INLINE})\s[^<>]{{0,200}}?class=("[^"<>]{{1,100}}"|'[^'<>]{{1,100}}')[^<>]{{0,200}}>[^<>]{{1,40}}</\2\s*>)\s+"""
    r"(?=<\2\s[^<>]{0,200}?class=\3)",
    re.IGNORECASE,
)


def read(content: bytes) -> Document:
    """The visible text, cells and right-aligned spans set apart by tabs."""
    source = _source(content)
    links = tuple(dict.fromkeys(_LINK.findall(source)))
    source = _ALIKE.sub(rf"\1{_MARK}", _SIDE_BY_SIDE.sub(_apart, source))
    source = _BLOCK_SPAN.sub(lambda found: f"{_MARK}{found.group()}", _CELL.sub(f"{_MARK}</td>", source))
    try:
        tree = HTMLTree.parse(source)
        is_whole = mark_hidden(tree)
        text = extract_plain_text(tree, main_content=False, alt_texts=False, skip_elements=["nav", "title"])
    except (ValueError, RuntimeError) as error:
        raise Unreadable("damaged", "The HTML is damaged.") from error
    flags = [] if is_whole else [Flag.UNSURE_VISIBILITY.value]
    lines = re.sub(f"[ \n]*{_MARK}[ \n]*", "\n", text)
    tabs = re.sub(f"[ \n]*{_MARK}[ \n]*", "\t", text)
    return Document.of("text/html", [("stream", lines), ("columns", tabs)], links, None, flags)


def _apart(found: re.Match[str]) -> str:
    """A mark between elements with not even a space between them: what sets them apart is their style, unless they share a word."""
    said, at = found.string, found.end()
    opening, _, inside = said[at : at + _REACH].partition(">")
    is_same_word = said[found.start() - 1].isalpha() and inside[:1].islower() and "class" not in opening
    if is_same_word and not _is_row(said[max(0, found.start() - _REACH) : found.start()], said[at : at + _REACH]):
        return found.group()
    return f"{found.group()}{_MARK}"


def _is_row(before: str, after: str) -> bool:
    """Whether two elements are all that stands in a box, as a word and what is said of it do in a row."""
    return _FIRST_IN_BOX.search(before) is not None and _LAST_IN_BOX.match(after) is not None


def _source(content: bytes) -> str:
    declared = _CHARSET.search(content[:2048])
    if declared:
        try:
            return content.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content)
