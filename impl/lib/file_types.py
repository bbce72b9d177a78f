"""What a file is, by its content alone, and whether its name and its sender say the same."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import is_zipfile

from impl.lib import containers
from impl.lib.containers import DOCX, ODT
from impl.lib.refusals import FileRefused, Refusal

PDF: Final = "application/pdf"
RTF: Final = "application/rtf"
HTML: Final = "text/html"
TEXT: Final = "text/plain"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
GIF: Final = "image/gif"
WEBP: Final = "image/webp"
#: What a sender says who says nothing.
OPAQUE: Final = "application/octet-stream"
#: The kinds that are kept, with the endings of their names …
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: ("pdf",),
    DOCX: ("docx",),
    ODT: ("odt",),
    RTF: ("rtf",),
    HTML: ("html", "htm"),
    TEXT: ("txt", "text", "md"),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    GIF: ("gif",),
    WEBP: ("webp",),
}
#: … and what else senders call them.
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    RTF: ("text/rtf",),
    TEXT: ("text/markdown",),
    JPEG: ("image/jpg", "image/pjpeg"),
}
#: How each kind begins that has a mark of its own.
MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", PDF),
    (b"{\\rtf1", RTF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
PACKED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Programs that are text to the eye.
SCRIPT: Final = b"#!"
#: Within so many bytes readers of PDF look for its beginning and its end.
MARGIN: Final = 1024
_ENCRYPT: Final = re.compile(rb"/Encrypt[\x00\t\n\f\r ]*(?:[0-9]+[\x00\t\n\f\r ]+[0-9]+[\x00\t\n\f\r ]+R\b|<<)")
_MARKUP: Final = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe)[\s>/]", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_OTHER_MARKUP: Final = re.compile(r"\s*<(?:\?xml|svg|!doctype)\b", re.IGNORECASE)
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")


def expect_kept(content: bytes, name: str, declared: str) -> str:
    """The media type of a file that may be kept, as its content says. Raises FileRefused."""
    kind = kind_of(content)
    if _ending(name) not in ENDINGS[kind]:
        raise FileRefused(Refusal.MISMATCH, f"Its content is {kind}; its name says otherwise.")
    if declared.casefold() not in (kind, OPAQUE, *ALIASES.get(kind, ())):
        raise FileRefused(Refusal.MISMATCH, f"Its content is {kind}; it was sent as something else.")
    return kind


def named(name: str, kind: str) -> str:
    """The name with an ending that says what the file is, so that whoever opens it opens nothing else."""
    endings = ENDINGS.get(kind)
    return name if endings is None or _ending(name) in endings else f"{name}.{endings[0]}"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold() if "." in name else ""


def kind_of(content: bytes) -> str:
    """The kind of a file that is one kind alone. Raises FileRefused."""
    if content.startswith(PACKED):
        return containers.kind_of(content)
    kind = _marked(content) or _text(content)
    if kind == PDF:
        _expect_plain_pdf(content)
    elif b"%PDF-" in content[:MARGIN]:
        raise FileRefused(Refusal.UNSAFE, "It is two kinds of file at once.")
    if is_zipfile(BytesIO(content)):
        raise FileRefused(Refusal.UNSAFE, "It is two kinds of file at once.")
    return kind


def _marked(content: bytes) -> str | None:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    return next((kind for mark, kind in MARKS if content.startswith(mark)), None)


def _expect_plain_pdf(content: bytes) -> None:
    if _MARKUP.search(content[:MARGIN]):
        raise FileRefused(Refusal.UNSAFE, "It is two kinds of file at once.")
    if b"%%EOF" not in content[-MARGIN:]:
        raise FileRefused(Refusal.UNSAFE, "Its end is missing, or something stands behind it.")
    if _ENCRYPT.search(content):
        raise FileRefused(Refusal.ENCRYPTED, "Send it without a password.")


def _text(content: bytes) -> str:
    """HTML or plain text."""
    if content.startswith(OLD_OFFICE) and _ENCRYPTED_OFFICE in content:
        raise FileRefused(Refusal.ENCRYPTED, "Send it without a password.")
    text = None if content.startswith(SCRIPT) or not content.strip() else _decoded(content)
    if text is None or _NO_TEXT.search(text):
        raise FileRefused(Refusal.UNSUPPORTED, "It is none of the kinds of file that are kept.")
    if _PAGE.match(text):
        return HTML
    if _OTHER_MARKUP.match(text):
        raise FileRefused(Refusal.UNSUPPORTED, "It is none of the kinds of file that are kept.")
    return TEXT


def _decoded(content: bytes) -> str | None:
    """The text of a file, in one of the encodings that people's editors write."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
