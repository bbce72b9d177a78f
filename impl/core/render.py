"""From an operation's result to the bytes of its answer: envelope, entity tag, location, link."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from generated.contract import Operation
from impl.core.context import ANY_VERSION
from impl.core.idempotency import Answer

JSON = "application/json"

_encoder = msgspec.json.Encoder()
_TAG = re.compile(r'(W/)?"([^"]*)"')
_PARAMETER = re.compile(r"\{[a-z_]+\}")


def render(operation: Operation, result: Any, effects: Sequence[Any] | None, path_values: Mapping[str, str]) -> Answer:
    """The answer of a success. `effects` is given for a dry run only."""
    if result is None:
        return Answer(operation.success_status, [], b"")
    if isinstance(result, Response):  # not JSON in our envelope, such as a feed: the operation has rendered it itself
        return Answer(result.status_code, [("content-type", result.headers["content-type"])], bytes(result.body))
    if operation.is_list:
        return Answer(operation.success_status, [("content-type", JSON)], _encoder.encode(result))
    tail = b"}" if effects is None else b',"effects":' + _encoder.encode(effects) + b"}"
    body = b'{"data":' + _encoder.encode(result) + tail
    headers = [("content-type", JSON)]
    # What is put together from several rows has no version of its own; its tag is told by the hash alone.
    version = getattr(result, "version", 0 if operation.takes_if_none_match else None)
    if version is not None:
        headers.append(("etag", entity_tag(version, body)))
    if operation.location is not None:
        headers.append(("location", _location(operation, operation.location, result, path_values)))
    return Answer(operation.success_status, headers, body)


def _location(operation: Operation, template: str, result: Any, path_values: Mapping[str, str]) -> str:
    """Where the new resource is, each placeholder filled from where the contract's link takes it: from the answer, or the path."""

    def value(placeholder: re.Match[str]) -> str:
        source = operation.location_parameters.get(placeholder[0][1:-1], "")
        name = source.rpartition("/" if "#/" in source else ".")[2]
        return path_values[name] if source.startswith("$request.path.") else str(getattr(result, name or "id"))

    return _PARAMETER.sub(value, template)


def withhold(operation: Operation, holds: Callable[[str], bool], result: Any) -> None:
    """Leave out of the result what the contract shows only to who holds more scopes (`x-visible-to`)."""
    for way, needed in operation.withheld:
        if all(holds(scope) for scope in sorted(needed)):
            continue
        *steps, name = way
        holders = [result]
        for step in steps:
            holders = _one_step(holders, step)
        for holder in holders:
            if hasattr(holder, name):
                setattr(holder, name, msgspec.UNSET)


def _one_step(nodes: Sequence[Any], step: str) -> list[Any]:
    if step == "*":
        return [item for node in nodes for item in node or ()]
    return [getattr(node, step, None) for node in nodes]


def entity_tag(version: int, body: bytes) -> str:
    """Strong: it changes with every byte of the representation, and its first part is the row's version."""
    return f'"{version}-{hashlib.blake2b(body, digest_size=9).hexdigest()}"'


def is_same(if_none_match: str, tag: str) -> bool:
    """Whether the caller holds this representation already (a weak comparison, as RFC 9110 wants for reading)."""
    return if_none_match.strip() == "*" or any(f'"{value}"' == tag for _, value in _TAG.findall(if_none_match))


def expected_versions(if_match: str) -> frozenset[int]:
    """The versions that an `If-Match` field accepts. A weak or foreign tag accepts none."""
    if if_match.strip() == "*":
        return frozenset({ANY_VERSION})
    versions = (value.partition("-")[0] for weak, value in _TAG.findall(if_match) if not weak)
    return frozenset(
        int(version) for version in versions if version.isascii() and version.isdigit() and len(version) < 11
    )


def next_link(operation: Operation, path: str, query: bytes, cursor: str) -> str:
    """The `Link` field that leads to the next page: the same query with another place. A feed's parameter is `after`, a list's
    `cursor`, which is safe in a URL as it is."""
    place = "cursor" if "cursor" in operation.query_schema["properties"] else "after"
    kept = [pair for pair in query.split(b"&") if pair and pair.partition(b"=")[0] != place.encode()]
    same = quote(b"&".join(kept), safe="%&=+,:;/?@!$'()*-._~")
    return f'<{path}?{same}{"&" if same else ""}{place}={cursor}>; rel="next"'
