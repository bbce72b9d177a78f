"""Forms (multipart/form-data) as a browser sends them: the same parts give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

FORM = "multipart/form-data"
BOUNDARY = "----ats-test-boundary"


@dataclass(frozen=True)
class File:
    """A file of a form."""

    field: str = "resume"
    name: str | bytes = "resume.pdf"
    content: bytes = b"%PDF-1.7 a resume %%EOF"
    media_type: str = "application/pdf"

    @property
    def disposition(self) -> bytes:
        """Its name as browsers escape it."""
        raw = self.name if isinstance(self.name, bytes) else self.name.encode()
        escaped = raw.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        return b'; filename="' + escaped + b'"'


@dataclass(frozen=True)
class Form:
    """A whole body with its media type."""

    content: bytes
    media_type: str = f"{FORM}; boundary={BOUNDARY}"


def form(fields: Any, files: Sequence[File] = (), *, boundary: str = BOUNDARY) -> Form:
    """The form of these fields: a list is a part for each item, an object a part of JSON."""
    parts = [part(name.encode(), _text(item)) for name, value in _pairs(fields) for item in _items(value)]
    parts += [part(each.field.encode(), each.content, each.disposition, each.media_type) for each in files]
    return whole(parts, boundary=boundary)


def whole(parts: Sequence[bytes], *, boundary: str = BOUNDARY, end: str = "--") -> Form:
    """Parts with what stands between them."""
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + each + b"\r\n" for each in parts) + line + end.encode() + b"\r\n"
    return Form(body, f"{FORM}; boundary={boundary}")


def part(name: bytes, content: bytes, more: bytes = b"", media_type: str | None = None) -> bytes:
    """One part with its headers."""
    head = b'Content-Disposition: form-data; name="' + name.replace(b'"', b"%22") + b'"' + more
    kind = b"" if media_type is None else f"\r\nContent-Type: {media_type}".encode()
    return head + kind + b"\r\n\r\n" + content


def _pairs(fields: Any) -> list[tuple[str, Any]]:
    return list(fields.items()) if isinstance(fields, Mapping) else [("body", fields)]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else orjson.dumps(value)
