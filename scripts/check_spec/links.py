"""Rules about links and state machines: a link leads somewhere, and every transition can be walked by links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scripts.check_spec.document import Document, Finding, Operation, Place, media
from scripts.check_spec.examples import faults

BODY = re.compile(r"^\$response\.body#(/.+)$")
PATH = re.compile(r"^\$request\.path\.(\w+)$")


def links(document: Document) -> Iterator[tuple[Operation, Place, Place]]:
    """Every link with its operation and its response."""
    for operation in document.operations():
        for _, response in operation.responses():
            for name, node in response.node.get("links", {}).items():
                yield operation, response, document.follow(response.child("links", name), node)


def broken_links(document: Document) -> Iterator[Finding]:
    """A link names an operation, gives what its path needs, and reads from what its own response holds."""
    for source, response, link in links(document):
        target = document.operation(str(link.node.get("operationId")))
        if target is None:
            yield Finding(link.pointer, "broken-link", f"there is no operation {link.node.get('operationId')!r}")
            continue
        given = link.node.get("parameters", {})
        for name in sorted(given.keys() - target.parameter_names()):
            yield Finding(link.child("parameters", name), "broken-link", f"{target.id} takes no {name}")
        in_path = {str(each.node["name"]) for each in target.parameters() if each.node.get("in") == "path"}
        for name in sorted(in_path - given.keys()):
            yield Finding(link.pointer, "broken-link", f"the path of {target.id} needs {name}")
        for name, value in given.items():
            yield from _expression(document, source, response, (link.child("parameters", name), value))
        if "requestBody" in link.node:
            yield from _body(document, source, response, link, target)


def _expression(document: Document, source: Operation, response: Place, said: tuple[str, Any]) -> Iterator[Finding]:
    pointer, value = said
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _expression(document, source, response, (pointer, each))
        return
    if not isinstance(value, str) or not value.startswith("$"):
        return
    if match := PATH.match(value):
        if match[1] not in source.parameter_names():
            yield Finding(pointer, "broken-link", f"{source.id} has no path parameter {match[1]}")
    elif match := BODY.match(value):
        if not any(_holds(document, body, match[1]) for body in media(response)):
            yield Finding(pointer, "broken-link", f"the response holds no {match[1]}")
    else:
        yield Finding(pointer, "broken-link", f"{value} is no expression that we use")


def _holds(document: Document, body: Place, path: str) -> bool:
    place = document.schema(body.child("schema"), body.node["schema"])
    for step in path.strip("/").split("/"):
        node = place.node.get("properties", {}).get(step)
        if node is None:
            return False
        place = document.schema(place.child("properties", step), node)
    return True


def _body(document: Document, source: Operation, response: Place, link: Place, target: Operation) -> Iterator[Finding]:
    """A body in a link may be a part of one: each member fits, and expressions stand for any id."""
    pointer, body, schema = link.child("requestBody"), link.node["requestBody"], target.body_schema()
    yield from _expression(document, source, response, (pointer, body))
    if schema is None:
        yield Finding(pointer, "broken-link", f"{target.id} takes no body")
        return
    branches = [document.schema(schema.pointer, each) for each in schema.node.get("oneOf", [schema.node])]
    fitting = [branch for branch in branches if not list(_misfits(document, branch, body))]
    if not fitting:
        for message in _misfits(document, branches[0], body):
            yield Finding(pointer, "broken-link", message)


def _misfits(document: Document, schema: Place, body: dict[str, Any]) -> Iterator[str]:
    for name, value in body.items():
        node = schema.node.get("properties", {}).get(name)
        if node is None:
            yield f"the body has no {name}"
        else:
            yield from (f"{name}: {message}" for message in faults(document, node, _filled(value)))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each) for each in value]
    return "0198c0ff-ee00-7000-8000-000000000000" if isinstance(value, str) and value.startswith("$") else value


def created_links(document: Document) -> Iterator[Finding]:
    """What a 201 made can be read at once: its first link is the operation behind its Location."""
    for operation in document.operations():
        success = operation.success()
        if success is None or success[0] != "201":
            continue
        own = list(success[1].node.get("links", {}).values())
        if not own or not str(own[0].get("operationId")).startswith("get_"):
            yield Finding(success[1].pointer, "created-links", "its first link is the get_… of the new resource")


def next_pages(document: Document) -> Iterator[Finding]:
    """The cursor of a page leads to the next page of the same list."""
    for operation in document.operations():
        key = next(iter(operation.parameter_names() & {"cursor", "after"}), None)
        success = operation.success()
        if key is None or success is None:
            continue
        link = success[1].node.get("links", {}).get("next_page", {})
        wanted = "$response.body#/page/next_cursor"
        if link.get("operationId") != operation.id or link.get("parameters", {}).get(key) != wanted:
            yield Finding(success[1].pointer, "next-page", f"it needs a link next_page to {operation.id} with {key}")


def machines(document: Document) -> Iterator[Finding]:
    """The table of a state machine agrees with the status enum and the operations."""
    for name, machine in document.data.get("x-transitions", {}).items():
        pointer = f"/x-transitions/{name}"
        status = "".join(part.capitalize() for part in name.split("_")) + "Status"
        if document.component("schemas").get(status, {}).get("enum") != machine["states"]:
            yield Finding(pointer, "state-machine", f"the states are not those of {status}")
        for index, row in enumerate([*machine["commands"], *machine.get("caused", [])]):
            operation = document.operation(row["operation"])
            if operation is None:
                yield Finding(f"{pointer}/{index}", "state-machine", f"there is no operation {row['operation']!r}")
                continue
            for state in [*row["from"], *_targets(row)]:
                if state is not None and state not in machine["states"]:
                    yield Finding(f"{pointer}/{index}", "state-machine", f"{state!r} is no state")
            code = row.get("refused_with", machine["refused_with"])
            is_refusable = row in machine["commands"] and f"{{{name}_id}}" in operation.path
            if is_refusable and code not in operation.codes():
                yield Finding(operation.place.pointer, "state-machine", f"its refusal {code} is not in its x-codes")


def _targets(row: dict[str, Any]) -> list[str]:
    """The state that an edge leads to, or one of several where the request decides."""
    return [row["to"], *row.get("or", [])]


def by_worker(document: Document) -> Iterator[Finding]:
    """What the worker or the calendar does by itself leads from states to a state of the machine."""
    for name, machine in document.data.get("x-transitions", {}).items():
        rows = [(by, index, row) for by in ("by_worker", "by_time") for index, row in enumerate(machine.get(by, []))]
        for by, index, row in rows:
            for state in [*row["from"], row["to"]]:
                if state is not None and state not in machine["states"]:
                    yield Finding(f"/x-transitions/{name}/{by}/{index}", "state-machine", f"{state!r} is no state")


def walks(document: Document) -> Iterator[Finding]:
    """Every edge has a link to its command from a response that leaves the resource in the state before. From a state that the
    worker alone leads to no response can lead on."""
    for name, machine in document.data.get("x-transitions", {}).items():
        for row in machine["commands"]:
            for state in row["from"]:
                before = [each["operation"] for each in machine["commands"] if state in _targets(each)]
                if (
                    state is not None
                    and before
                    and not any(_links(document, each, row["operation"]) for each in before)
                ):
                    message = f"no link leads from {' or '.join(before)} ({state}) to {row['operation']}"
                    yield Finding(f"/x-transitions/{name}", "unwalked-edge", message)


def _links(document: Document, source: str, target: str) -> bool:
    operation = document.operation(source)
    success = operation.success() if operation else None
    found = success[1].node.get("links", {}).values() if success else []
    return any(each.get("operationId") == target for each in found)


RULES = (broken_links, created_links, next_pages, machines, by_worker, walks)
