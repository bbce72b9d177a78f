"""Reading a form (multipart/form-data): piece by piece, bounded in every direction, with the library's streaming parser.

Each property of the contract's schema is a part; an array is a part repeated. A property that is an object is JSON, a file (which
has a file name, if an empty one) is handed over beside the rest. A form is the same form when its parts are the same, whatever boundary stands between them.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from generated.contract import Operation, Upload, Uploads
from impl.core.problems import MalformedForm, MalformedJson, TooLarge, ValidationFailed
from impl.core.validation import coerced, properties_of
from impl.lib import ids
from impl.lib.problems import FieldError

FILE_BYTES_MAX: Final = 10 * 1024 * 1024
#: Everything that is no file, together with what separates the parts, has the rest.
FORM_BYTES_MAX: Final = FILE_BYTES_MAX + 1024 * 1024
FIELD_BYTES_MAX: Final = 64 * 1024
PARTS_MAX: Final = 100
HEADERS_MAX: Final = 8
HEADER_BYTES_MAX: Final = 16 * 1024
NAME_MAX: Final = 255
OPAQUE: Final = "application/octet-stream"
MEDIA_TYPE_MAX: Final = 100
CLOSE: Final = {"Connection": "close"}
_ESCAPED: Final = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))

Json = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read: what the schema is held against (a file is its name there), the fields alone, the files, and a hash of it
    all."""

    content: dict[str, Any]
    fields: dict[str, Any]
    uploads: Uploads
    digest: bytes


class _Part:
    """One part while it is read."""

    __slots__ = ("content", "headers", "limit", "name", "options")

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        self.content = bytearray()
        self.name = ""
        self.options: dict[bytes, bytes] = {}
        self.limit = FIELD_BYTES_MAX

    @property
    def is_nothing(self) -> bool:
        """What a browser sends for a file that was not chosen."""
        return self.options.get(b"filename") == b"" and not self.content

    def upload(self) -> Upload:
        """The part as a file."""
        media_type, _ = parse_options_header(self.headers.get(b"content-type"))
        name = _file_name(self.options.get(b"filename", b"")) or self.name
        declared = media_type.decode("latin-1") or OPAQUE
        is_plain = declared.isascii() and declared.isprintable() and len(declared) <= MEDIA_TYPE_MAX
        return Upload(
            id=ids.new_id(),
            field=self.name,
            name=name,
            media_type=declared if is_plain else OPAQUE,
            content=bytes(self.content),
        )


class FormReader:
    """Reads one form."""

    def __init__(self, operation: Operation, content_type: str) -> None:
        _, options = parse_options_header(content_type)
        self._properties = properties_of(operation.request_schema)
        self._parts: list[_Part] = []
        self._header = (bytearray(), bytearray())
        self._is_complete = False
        try:
            self._parser = MultipartParser(
                options.get(b"boundary", b""),
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._end_headers,
                    "on_part_data": self._add,
                    "on_end": self._complete,
                },
                max_header_count=HEADERS_MAX,
                max_header_size=HEADER_BYTES_MAX,
            )
        except FormParserError:
            raise MalformedForm("The boundary is too long.") from None
        if not options.get(b"boundary"):
            raise MalformedForm("The media type names no boundary.")

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises MalformedForm, or TooLarge as soon as a part is."""
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise MalformedForm("The body is not multipart/form-data with the boundary of its media type.") from None

    def finish(self, parse_json: Json) -> Form:
        """The whole form."""
        if not self._is_complete:
            raise MalformedForm("The body ends before its last boundary.")
        content: dict[str, Any] = {}
        uploads: list[Upload] = []
        for part in self._parts:
            schema = self._properties.get(part.name, {})
            if not part.is_nothing:
                self._take(part, schema, content, uploads, parse_json)
        fields = {name: value for name, value in content.items() if not _is_file(self._properties.get(name, {}))}
        return Form(content, fields, tuple(uploads), _digest(fields, uploads))

    def close(self) -> None:
        """Let go of everything. The parser and its callbacks hold each other: megabytes would wait for the garbage collector."""
        for part in self._parts:
            part.content = bytearray()
        self._parts.clear()
        self._parser.callbacks = {}

    @staticmethod
    def _take(
        part: _Part, schema: Mapping[str, Any], content: dict[str, Any], uploads: list[Upload], parse_json: Json
    ) -> None:
        is_list = schema.get("type") == "array"
        if part.name in content and not is_list:
            raise _wrong(part, "uniqueItems", "Give this field once.")
        value: Any
        if _is_file(schema):
            if b"filename" not in part.options:
                raise _wrong(part, "type", "Must be a file.")
            uploads.append(part.upload())
            value = uploads[-1].name
        else:
            value = _value(part, schema.get("items", schema), parse_json)
        if is_list:
            # Some clients send an array of objects as one part of JSON.
            content.setdefault(part.name, []).extend(value if isinstance(value, list) else [value])
        else:
            content[part.name] = value

    def _begin(self) -> None:
        if len(self._parts) >= PARTS_MAX:
            raise TooLarge(f"At most {PARTS_MAX} parts.", headers=CLOSE)
        self._parts.append(_Part())

    def _end_header(self) -> None:
        name, value = self._header
        self._parts[-1].headers[bytes(name).lower()] = bytes(value)
        self._header = (bytearray(), bytearray())

    def _end_headers(self) -> None:
        part = self._parts[-1]
        disposition, part.options = parse_options_header(part.headers.get(b"content-disposition"))
        if disposition != b"form-data" or b"name" not in part.options:
            raise MalformedForm("A part has no `Content-Disposition: form-data` with a name.")
        part.name = _text(part.options[b"name"])
        if _is_file(self._properties.get(part.name, {})):
            part.limit = FILE_BYTES_MAX

    def _add(self, data: bytes, start: int, end: int) -> None:
        part = self._parts[-1]
        if len(part.content) + end - start > part.limit:
            raise TooLarge(f"At most {part.limit} bytes in one part of this kind.", headers=CLOSE)
        part.content += data[start:end]

    def _complete(self) -> None:
        self._is_complete = True


def _is_file(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "binary" or schema.get("items", {}).get("format") == "binary"


def _value(part: _Part, schema: Mapping[str, Any], parse_json: Json) -> Any:
    """What the text of a part says, as its schema wants it."""
    if b"filename" in part.options:
        raise _wrong(part, "type", "Must not be a file.")
    if schema.get("type") == "object":
        try:
            return parse_json(bytes(part.content))
        except MalformedJson as malformed:
            raise _wrong(part, "type", f"Must be JSON. {malformed.detail}") from None
    try:
        text = part.content.decode()
    except UnicodeDecodeError:
        raise _wrong(part, "type", "Must be text in UTF-8.") from None
    return coerced(text, schema)


def _wrong(part: _Part, code: str, message: str) -> ValidationFailed:
    pointer = "/" + part.name.replace("~", "~0").replace("/", "~1")
    return ValidationFailed("1 field(s) are not valid.", errors=[FieldError(pointer, code, message)])


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _file_name(raw: bytes) -> str:
    """A file's name as people know it: unescaped as browsers escape it, at most 255 characters, with its ending."""
    name = _text(raw)
    for escape, character in _ESCAPED:
        name = name.replace(escape, character)
    if len(name) <= NAME_MAX:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_MAX - len(ending) - 1]}.{ending}" if dot and len(ending) < 16 else name[:NAME_MAX]


def _digest(fields: Mapping[str, Any], uploads: list[Upload]) -> bytes:
    files = [(each.field, each.name, each.media_type, hashlib.sha256(each.content).digest()) for each in uploads]
    return hashlib.sha256(msgspec.json.encode((fields, files), order="sorted")).digest()
