"""Plain text in whatever encoding it has."""

from charset_normalizer import from_bytes

from impl.resumes.document import Document
from impl.resumes.visible.hidden import unmarked


def decoded(content: bytes) -> str:
    """The text of the bytes: UTF-8 or UTF-16 when they say so, else the encoding that fits best."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content[:100_000], cp_isolation=["cp1252", "cp1250", "cp1251", "utf_8"]).best()
        return content.decode(best.encoding if best else "cp1252", "replace")


def read(content: bytes) -> Document:
    """The text as it stands."""
    return Document.of("text/plain", [("plain", unmarked(decoded(content)))])
