"""Rules about schemas: what bounds a request has, and what a response promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jsonschema_rs

from scripts.check_spec.document import Document, Finding, Place, media, request_roots, response_roots

# Column types: an integer without a format is a PostgreSQL integer, one of format int64 is safe in JavaScript, too.
INT32 = 2**31 - 1
SAFE_INTEGER = 2**53 - 1
TEXT_FORMATS = {"uuid", "date", "date-time", "binary"}
PERSONAL = {
    "email", "given_name", "family_name", "full_name", "headline", "number", "note", "street", "postal_code", "phone", "q",
}  # fmt: skip
OTHER_RESOURCES = {"stage", "stage_history_entry", "event", "actor", "any"}


def types(node: Place) -> set[str]:
    """The JSON types that a schema names."""
    named = node.node.get("type", [])
    return {named} if isinstance(named, str) else set(named)


def bounded_strings(document: Document) -> Iterator[Finding]:
    """Every string of a request has a longest length and a set of characters."""
    for place in document.subschemas(request_roots(document)):
        node = place.node
        if "string" not in types(place) or "enum" in node or "const" in node:
            continue
        if "maxLength" not in node:
            yield Finding(place.pointer, "string-bounds", "a string of a request needs maxLength")
        if node.get("format") not in TEXT_FORMATS and "pattern" not in node:
            yield Finding(place.pointer, "string-bounds", "a string of a request needs an enum, a format or a pattern")


def bounded_numbers(document: Document) -> Iterator[Finding]:
    """Every integer has bounds that fit its column; other numbers are not used."""
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        node = place.node
        if "number" in types(place):
            yield Finding(place.pointer, "integer-bounds", "use integers: a float does not keep its value everywhere")
        if "integer" not in types(place):
            continue
        widest = SAFE_INTEGER if node.get("format") == "int64" else INT32
        for keyword in ("minimum", "maximum"):
            if keyword not in node:
                yield Finding(place.pointer, "integer-bounds", f"an integer needs {keyword}")
            elif abs(node[keyword]) > widest:
                yield Finding(
                    place.pointer, "integer-bounds", f"{keyword} is beyond {widest}, the widest of its column"
                )


def bounded_arrays(document: Document) -> Iterator[Finding]:
    """Every array has a greatest length."""
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        if "array" in types(place) and "maxItems" not in place.node:
            yield Finding(place.pointer, "array-bounds", "an array needs maxItems")


def closed_requests(document: Document) -> Iterator[Finding]:
    """An object of a request takes no property that it does not name."""
    for place in document.subschemas(request_roots(document)):
        node = place.node
        if "object" not in types(place) or node.get("additionalProperties") is False:
            continue
        bounded_map = {"additionalProperties", "maxProperties", "propertyNames"}
        if "properties" in node or not node.keys() >= bounded_map or not isinstance(node["additionalProperties"], dict):
            message = (
                "an object of a request needs additionalProperties: false, or is a map with bounded names and values"
            )
            yield Finding(place.pointer, "closed-request", message)


def complete_responses(document: Document) -> Iterator[Finding]:
    """A property of a response is required, or says by x-optional that it may be absent."""
    requests = {place.pointer for place in document.subschemas(request_roots(document))}
    for place in document.subschemas(response_roots(document)):
        if place.pointer in requests:
            continue
        required = set(place.node.get("required", []))
        for name, node in place.node.get("properties", {}).items():
            if name not in required and node.get("x-optional") is not True:
                yield Finding(
                    place.child("properties", name), "required-response", "require it, or mark it x-optional: true"
                )
            if name in required and "x-optional" in node:
                yield Finding(place.child("properties", name), "required-response", "it is required and x-optional")


def resources(document: Document) -> Iterator[Finding]:
    """Every uuid names the kind of resource that it is the id of."""
    known = set(document.component("schemas").get("ResourceType", {}).get("enum", [])) | OTHER_RESOURCES
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        if place.node.get("format") != "uuid":
            continue
        resource = place.node.get("x-resource")
        if resource not in known:
            yield Finding(place.pointer, "uuid-resource", f"x-resource is {resource!r}, not one of {sorted(known)}")


def personal_data(document: Document) -> Iterator[Finding]:
    """What is named like personal data is marked x-pii."""
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        for name, node in place.node.get("properties", {}).items():
            if name in PERSONAL and "$ref" not in node and node.get("x-pii") is not True:
                yield Finding(place.child("properties", name), "personal-data", f"{name} needs x-pii: true")
    for operation in document.operations():
        for parameter in operation.parameters():
            schema = parameter.node.get("schema", {})
            if parameter.node.get("name") in PERSONAL and schema.get("x-pii") is not True:
                yield Finding(parameter.pointer, "personal-data", f"{parameter.node['name']} needs x-pii: true")


def patterns(document: Document) -> Iterator[Finding]:
    """A pattern means the same in Python, Rust and ECMAScript, covers the whole string and admits no NUL."""
    requests = {place.pointer for place in document.subschemas(request_roots(document))}
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        if "pattern" in place.node:
            for message in pattern_faults(str(place.node["pattern"]), is_request=place.pointer in requests):
                yield Finding(place.child("pattern"), "portable-pattern", message)


def pattern_faults(pattern: str, *, is_request: bool) -> Iterator[str]:
    """What is wrong with one pattern."""
    without_pairs = pattern.replace("\\\\", "")
    if escapes := re.findall(r"\\[dDwWsSbBAZzhpPkuU]", without_pairs):
        yield f"{', '.join(sorted(set(escapes)))}: engines differ; write the characters"
    if re.search(r"\(\?", without_pairs):
        yield "groups with (? are not portable"
    if not (pattern.startswith("^") and pattern.endswith("$")):
        yield "begin with ^ and end with $"
    try:
        compiled = re.compile(pattern)
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (re.error, ValueError) as error:
        yield f"it does not compile: {error}"
        return
    if is_request and any(compiled.search(text) for text in ("\x00", "a\x00", "\x00a", "a\x00a")):
        yield "it admits NUL, which PostgreSQL cannot store"


def inline_objects(document: Document) -> Iterator[Finding]:
    """Objects and unions under paths are named components."""
    for operation in document.operations():
        bodies = [each for _, response in operation.responses() for each in media(response)]
        for each in [*operation.parameters(), *operation.request_media(), *bodies]:
            schema = each.node.get("schema", {})
            if schema.get("type") == "object" or schema.keys() & {"properties", "oneOf", "anyOf", "allOf"}:
                yield Finding(each.child("schema"), "named-schema", "put it under /components/schemas and refer to it")


def narrowing(document: Document) -> Iterator[Finding]:
    """Two parts of an allOf never speak about the same property: generators disagree on who wins."""
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        seen: set[str] = set(place.node.get("properties", {})) if "allOf" in place.node else set()
        for index, part in enumerate(place.node.get("allOf", [])):
            names = set(document.schema(place.child("allOf", str(index)), part).node.get("properties", {}))
            if seen & names:
                yield Finding(place.pointer, "narrowing", f"allOf says {', '.join(sorted(seen & names))} twice")
            seen |= names


def visible_to(document: Document) -> Iterator[Finding]:
    """What only some see names scopes that there are, is absent for others, and is a field of a body itself, not of a part of it."""
    held = {scope for role in document.data.get("x-roles", {}).values() for scope in role["scopes"]}
    bodies = {body.pointer for operation in document.operations() if (body := operation.body_schema())}
    answers = {place.pointer for place in document.subschemas(response_roots(document))}
    for place in document.subschemas([*request_roots(document), *response_roots(document)]):
        for name, node in place.node.get("properties", {}).items():
            if "x-visible-to" not in node:
                continue
            pointer, scopes = place.child("properties", name), node["x-visible-to"]
            if not isinstance(scopes, list) or not scopes or set(scopes) - held:
                yield Finding(pointer, "visible-to", f"x-visible-to lists scopes that roles hold, not {scopes}")
            if name in place.node.get("required", []):
                yield Finding(pointer, "visible-to", "what only some see cannot be required")
            if place.pointer not in answers and place.pointer not in bodies:
                yield Finding(pointer, "visible-to", "in a request, only a field of the body itself can be for some")


RULES = (
    bounded_strings, bounded_numbers, bounded_arrays, closed_requests, complete_responses, resources, personal_data, patterns,
    inline_objects, narrowing, visible_to,
)  # fmt: skip
