"""An OpenAPI document and ways to walk through it.

A place in the document is a JSON pointer (RFC 6901). A schema is reported where it is written, so a finding inside a
component points into ``/components`` however many operations refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Node = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of one rule at one place."""

    pointer: str
    rule: str
    message: str


class DuplicateKey(ValueError):
    """The YAML text says the same key twice in one mapping; YAML readers would silently keep the last."""


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses duplicate keys. It is the one in Python, which takes less than libyaml does: whoever makes a client
    reads the contract with a parser of their own."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node)
            if key in seen:
                raise DuplicateKey(f"line {key_node.start_mark.line + 1}: the key {key!r} stands here twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


def load(path: Path) -> Document:
    """Read a YAML document; raises DuplicateKey, yaml.YAMLError or OSError."""
    return Document(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))  # noqa: S506 (a safe loader)


def escape(key: str) -> str:
    """One step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class Place:
    """A node with its pointer; references are already followed."""

    pointer: str
    node: Node

    def child(self, *keys: str) -> str:
        """The pointer of something below this node."""
        return "/".join([self.pointer, *(escape(key) for key in keys)])


class Document:
    """The parsed document."""

    def __init__(self, data: Node) -> None:
        self.data = data

    def find(self, reference: str) -> Any:
        """What ``#/a/b`` refers to; raises KeyError if nothing is there."""
        node: Any = self.data
        for step in reference.removeprefix("#/").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            node = node[int(key)] if isinstance(node, list) else node[key]
        return node

    def follow(self, pointer: str, node: Any) -> Place:
        """The place that a node stands for: itself, or what its ``$ref`` names."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and node.keys() <= {"$ref", "description"}:
            pointer = node["$ref"].removeprefix("#")
            node = self.find(node["$ref"])
        return Place(pointer, node)

    def schema(self, pointer: str, node: Node) -> Place:
        """Like follow, but a schema may carry annotations beside its ``$ref``."""
        while isinstance(node.get("$ref"), str):
            pointer, node = node["$ref"].removeprefix("#"), self.find(node["$ref"])
        return Place(pointer, node)

    def component(self, kind: str) -> Node:
        """The named components of one kind, such as ``schemas``."""
        named: Node = self.data.get("components", {}).get(kind, {})
        return named

    def operations(self) -> Iterator[Operation]:
        """Every operation, in the order of the document."""
        for path, item in self.data.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    yield Operation(self, path, method, Place(f"/paths/{escape(path)}/{method}", item[method]))

    def operation(self, operation_id: str) -> Operation | None:
        """The operation of this id, if there is one."""
        return next((each for each in self.operations() if each.id == operation_id), None)

    def subschemas(self, roots: Iterable[Place]) -> Iterator[Place]:
        """The roots and every schema below them, each once, where it is written."""
        seen: set[str] = set()
        waiting = list(roots)
        while waiting:
            place = waiting.pop()
            if place.pointer in seen:
                continue
            seen.add(place.pointer)
            if "$ref" in place.node:
                waiting.append(self.schema(place.pointer, place.node))
                continue
            yield place
            waiting.extend(_children(place))


def _children(place: Place) -> Iterator[Place]:
    for name, node in place.node.get("properties", {}).items():
        yield Place(place.child("properties", name), node)
    for keyword in ("oneOf", "anyOf", "allOf"):
        for index, node in enumerate(place.node.get(keyword, [])):
            yield Place(place.child(keyword, str(index)), node)
    for keyword in ("items", "additionalProperties", "not"):
        if isinstance(place.node.get(keyword), dict):
            yield Place(place.child(keyword), place.node[keyword])


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    document: Document
    path: str
    method: str
    place: Place

    @property
    def id(self) -> str:
        return str(self.place.node.get("operationId", ""))

    @property
    def scopes(self) -> list[str] | None:
        """The scopes that it asks for; None when it is public."""
        security = self.place.node.get("security", self.document.data.get("security", []))
        return [scope for entry in security for names in entry.values() for scope in names] if security else None

    def parameters(self) -> Iterator[Place]:
        """Its own parameters and those of its path."""
        parent = f"/paths/{escape(self.path)}"
        shared = self.document.data["paths"][self.path].get("parameters", [])
        for index, node in enumerate(shared):
            yield self.document.follow(f"{parent}/parameters/{index}", node)
        for index, node in enumerate(self.place.node.get("parameters", [])):
            yield self.document.follow(self.place.child("parameters", str(index)), node)

    def parameter_names(self) -> set[str]:
        return {str(each.node.get("name")) for each in self.parameters()}

    def responses(self) -> Iterator[tuple[str, Place]]:
        """Each status with its response."""
        for status, node in self.place.node.get("responses", {}).items():
            yield str(status), self.document.follow(self.place.child("responses", str(status)), node)

    def success(self) -> tuple[str, Place] | None:
        """The one response that means that it worked."""
        return next((each for each in self.responses() if each[0].startswith("2")), None)

    def codes(self, status: str | None = None) -> set[str]:
        """The problem codes that it may answer with, of one status or of all."""
        return {
            code
            for each, response in self.responses()
            if status in (None, each)
            for code in response.node.get("x-codes", [])
        }

    def request_media(self) -> Iterator[Place]:
        """The media types of its body."""
        if "requestBody" in self.place.node:
            body = self.document.follow(self.place.child("requestBody"), self.place.node["requestBody"])
            yield from media(body)

    def body_schema(self) -> Place | None:
        """The schema of its body."""
        for each in self.request_media():
            return self.document.schema(each.child("schema"), each.node["schema"])
        return None


def media(place: Place) -> Iterator[Place]:
    """The media types of a body or a response."""
    for content_type, node in place.node.get("content", {}).items():
        yield Place(place.child("content", content_type), node)


def request_roots(document: Document) -> Iterator[Place]:
    """The schemas of everything that a caller sends."""
    for operation in document.operations():
        for each in [*operation.parameters(), *operation.request_media()]:
            if "schema" in each.node:
                yield Place(each.child("schema"), each.node["schema"])


def response_roots(document: Document) -> Iterator[Place]:
    """The schemas of everything that the service answers."""
    for operation in document.operations():
        for _, response in operation.responses():
            for each in media(response):
                if "schema" in each.node:
                    yield Place(each.child("schema"), each.node["schema"])
