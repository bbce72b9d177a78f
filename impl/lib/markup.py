"""HTML that people wrote, without anything that does more than format."""

import html
from typing import Final

import nh3

_TAGS: Final = {"p", "br", "ul", "ol", "li", "h2", "h3", "h4", "strong", "em", "b", "i", "a"}
_ATTRIBUTES: Final = {"a": {"href"}}
_SCHEMES: Final = {"http", "https", "mailto"}


def sanitized(text: str) -> str:
    """Simple formatting and links; scripts, styles, pictures, attributes and everything unknown are taken out."""
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)


def from_plain(text: str) -> str:
    """Plain text as HTML: a paragraph for each block, its line breaks kept."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block)
