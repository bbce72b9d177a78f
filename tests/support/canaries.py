"""Canaries: personal data that is found again wherever it leaks to, however it is written there."""

import base64
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.support import contract, world

# Of eleven letters and nine digits, eight characters and more are inside base64 at each alignment: four would stand in any megabytes
# of sealed values by chance.
WORD = "Qzx7wvkJm4t"
DIGITS = "981765432"
_number = itertools.count(100)


def forms(text: str) -> set[bytes]:
    """The bytes that a text turns into: plain and folded, UTF-16, hexadecimal, and inside base64 at each alignment."""
    found = set()
    for spelled in {text, text.lower(), text.upper()}:
        raw = spelled.encode()
        for data in (raw, spelled.encode("utf-16-le"), spelled.encode("utf-16-be")):
            found |= {data, data.hex().encode(), data.hex().upper().encode()}
            for shift in range(3):
                encoded = base64.b64encode(b"\0" * shift + data)
                inner = encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4]
                found |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def found_in(content: bytes, *texts: str) -> list[str]:
    """Which of the texts stand in `content`, in any form."""
    return [text for text in texts for form in forms(text) if form in content]


def found_in_folder(folder: Path, *texts: str) -> list[str]:
    """The same for every file below a folder."""
    leaks = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            try:
                content = file.read_bytes()
            except FileNotFoundError:
                continue
            leaks += [f"{file.name}: {text}" for text in found_in(content, *texts)]
    return leaks


def planted(operation: contract.Documented, body: Any) -> Any:
    """The body with a canary in every place that the contract marks as personal."""
    assert operation.body is not None
    _, schema = world.variant(operation.body[1]["schema"], body)
    for pointer, node in _personal(schema, ()):
        canary = _canary(str(pointer[-1]), node)
        if canary is not None:
            parent = pointer[:-1]
            if parent and isinstance(parent[-1], int) and not world.holds(body, parent):
                body = world.with_value(body, parent, _whole(schema, parent))
            body = world.with_value(body, pointer, canary)
    return body


def _personal(schema: Mapping[str, Any], pointer: world.Pointer) -> Iterator[tuple[world.Pointer, Mapping[str, Any]]]:
    node = contract.resolve(schema)
    if node.get("x-pii"):
        yield pointer, node
    for name, inner in node.get("properties", {}).items():
        yield from _personal(inner, (*pointer, name))
    if "items" in node:
        yield from _personal(node["items"], (*pointer, 0))


def _whole(schema: Mapping[str, Any], pointer: world.Pointer) -> dict[str, Any]:
    """An element of an array with all that it must have."""
    node = contract.resolve(schema)
    for part in pointer:
        node = contract.resolve(node["items"] if isinstance(part, int) else node["properties"][part])
    required = {name: contract.resolve(node["properties"][name]) for name in node["required"]}
    return {name: inner["enum"][0] if "enum" in inner else None for name, inner in required.items()}


def _canary(name: str, node: Mapping[str, Any]) -> str | None:
    """A value that fits; None for what is too short to be told apart (a country's code)."""
    number = next(_number)
    if node.get("maxLength", 1000) < len(WORD) + 3:
        return None
    if "@" in str(node.get("pattern")):
        return f"{WORD}{number}@example.org"
    if name in {"number", "phone"}:
        return f"+49 {DIGITS}{number}"
    if name.endswith("url"):
        return f"https://example.org/{WORD}{number}"
    return f"{WORD}{number}"
