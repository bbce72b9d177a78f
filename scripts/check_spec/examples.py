"""Rules about examples: there are some, and they are what they show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from scripts.check_spec.document import Document, Finding, Node, Place, media

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def faults(document: Document, schema: Node, value: Any) -> Iterator[str]:
    """What is wrong with a value, as its schema says."""
    whole = {"$schema": DIALECT, **schema, "components": {"schemas": document.component("schemas")}}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    for error in validator.iter_errors(value):
        where = "/".join(str(step) for step in error.instance_path)
        yield f"at /{where}: {error.message}"


def bodies(document: Document) -> Iterator[Place]:
    """Every media type of a request or a response, each once."""
    seen: set[str] = set()
    for operation in document.operations():
        responses = [each for _, response in operation.responses() for each in media(response)]
        for place in [*operation.request_media(), *responses]:
            if place.pointer not in seen:
                seen.add(place.pointer)
                yield place


def present(document: Document) -> Iterator[Finding]:
    """Every JSON body of a named structure comes with an example."""
    for place in bodies(document):
        if "json" in place.pointer.rpartition("/")[2] and not place.node.get("examples"):
            schema = document.schema(place.child("schema"), place.node.get("schema", {}))
            if not schema.pointer.endswith("/OpenapiDocument"):
                yield Finding(place.pointer, "example", "it needs examples")


def valid(document: Document) -> Iterator[Finding]:
    """Every example of a body fits its schema."""
    for place in bodies(document):
        for name, node in place.node.get("examples", {}).items():
            example = document.follow(place.child("examples", name), node)
            for message in faults(document, place.node.get("schema", {}), example.node.get("value")):
                yield Finding(example.pointer, "example", message)


def valid_parameters(document: Document) -> Iterator[Finding]:
    """Every example of a parameter, and every default, fits its schema."""
    seen: set[str] = set()
    for operation in document.operations():
        for place in operation.parameters():
            if place.pointer in seen:
                continue
            seen.add(place.pointer)
            schema = place.node.get("schema", {})
            default = document.schema(place.pointer, schema).node
            shown = [place.node[key] for key in ("example",) if key in place.node]
            shown += [default["default"]] if "default" in default else []
            for value in shown:
                for message in faults(document, schema, value):
                    yield Finding(place.pointer, "example", message)


def schema_examples(document: Document) -> Iterator[Finding]:
    """Every example and default inside a named schema fits it."""
    for name, node in document.component("schemas").items():
        place = Place(f"/components/schemas/{name}", node)
        for each in document.subschemas([place]):
            shown = list(each.node.get("examples", [])) + ([each.node["default"]] if "default" in each.node else [])
            for value in shown:
                for message in faults(document, each.node, value):
                    yield Finding(each.pointer, "example", message)


def used_components(document: Document) -> Iterator[Finding]:
    """Every component is referred to from somewhere."""
    used: set[str] = set()
    _collect(document.data, used)
    for kind, named in document.data.get("components", {}).items():
        if kind != "securitySchemes":
            for name in named:
                if f"#/components/{kind}/{name}" not in used:
                    yield Finding(f"/components/{kind}/{name}", "unused-component", "nothing refers to it")


def references(document: Document) -> Iterator[Finding]:
    """Every reference leads somewhere."""
    used: set[str] = set()
    _collect(document.data, used)
    for each in sorted(used):
        try:
            document.find(each)
        except (KeyError, IndexError, TypeError, ValueError):
            yield Finding("", "broken-reference", each)


def _collect(node: Any, used: set[str]) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            used.add(node["$ref"])
        for value in node.values():
            if isinstance(value, str) and value.startswith("#/components/"):
                used.add(value)
            _collect(value, used)
    elif isinstance(node, list):
        for value in node:
            _collect(value, used)


RULES = (present, valid, valid_parameters, schema_examples, used_components)
