"""Rules about operations: what each one says of itself, and which answers follow from what it takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scripts.check_spec.document import Document, Finding, Operation, Place

VERB_NOUN = re.compile(r"^[a-z]+(_[a-z]+)+$")
DEADLINE_SECONDS_MAX = 60
CURSORS = {"cursor", "after"}


def names(document: Document) -> Iterator[Finding]:
    """An operationId is verb_noun in snake_case and unique."""
    counts = Counter(operation.id for operation in document.operations())
    for operation in document.operations():
        pointer = operation.place.child("operationId")
        if not VERB_NOUN.match(operation.id):
            yield Finding(pointer, "operation-name", f"{operation.id!r} is not verb_noun in snake_case")
        if counts[operation.id] > 1:
            yield Finding(pointer, "operation-name", f"{operation.id!r} names {counts[operation.id]} operations")


def texts(document: Document) -> Iterator[Finding]:
    """Every operation says what it does, under one declared tag."""
    tags = {tag["name"] for tag in document.data.get("tags", [])}
    for operation in document.operations():
        for key in ("summary", "description"):
            if not str(operation.place.node.get(key, "")).strip():
                yield Finding(operation.place.pointer, "operation-text", f"it needs a {key}")
        own = operation.place.node.get("tags", [])
        if len(own) != 1 or own[0] not in tags:
            yield Finding(operation.place.pointer, "operation-text", f"one declared tag, not {own}")


def one_success(document: Document) -> Iterator[Finding]:
    """Every operation has one success status."""
    for operation in document.operations():
        found = [status for status, _ in operation.responses() if status.startswith("2")]
        if len(found) != 1:
            yield Finding(operation.place.child("responses"), "one-success", f"one 2xx status, not {found}")


def limits(document: Document) -> Iterator[Finding]:
    """Every operation has a rate class of the table and a deadline."""
    classes = document.data.get("x-rate-classes", {})
    for operation in document.operations():
        node = operation.place.node
        if node.get("x-rate-class") not in classes:
            yield Finding(operation.place.pointer, "operation-limits", f"x-rate-class is one of {sorted(classes)}")
        deadline = node.get("x-deadline-seconds")
        if not isinstance(deadline, int) or not 1 <= deadline <= DEADLINE_SECONDS_MAX:
            yield Finding(
                operation.place.pointer, "operation-limits", f"x-deadline-seconds is 1 to {DEADLINE_SECONDS_MAX}"
            )


def rights(document: Document) -> Iterator[Finding]:
    """Every operation says its security, with scopes that a role holds."""
    roles = document.data.get("x-roles", {})
    held = {scope for role in roles.values() for scope in role["scopes"]} & _enum(document, "Scope")
    for operation in document.operations():
        if "security" not in operation.place.node:
            yield Finding(operation.place.pointer, "rights", "it needs security with scopes, or [] when it is public")
        for scope in operation.scopes or []:
            if scope not in held:
                yield Finding(operation.place.child("security"), "rights", f"no role holds {scope!r}")


def roles(document: Document) -> Iterator[Finding]:
    """The roles are those of a user, and hold scopes that exist."""
    table, scopes, visibilities = (
        document.data.get("x-roles", {}),
        _enum(document, "Scope"),
        _enum(document, "Visibility"),
    )
    for name, role in table.items():
        for scope in sorted(set(role["scopes"]) - scopes):
            yield Finding(f"/x-roles/{name}", "rights", f"{scope!r} is not a Scope")
        if role.get("visibility") not in visibilities:
            yield Finding(f"/x-roles/{name}", "rights", f"{role.get('visibility')!r} is not a Visibility")
    if set(table) != _enum(document, "UserRole"):
        yield Finding("/x-roles", "rights", "the roles are not those of UserRole")


def _enum(document: Document, name: str) -> set[str]:
    return set(document.component("schemas").get(name, {}).get("enum", []))


def statuses(document: Document) -> Iterator[Finding]:
    """What an operation takes decides which refusals it must declare."""
    for operation in document.operations():
        declared = {status for status, _ in operation.responses()}
        for status in sorted(expected_statuses(operation) - declared):
            yield Finding(operation.place.child("responses"), "expected-status", f"it can answer {status}; declare it")


def expected_statuses(operation: Operation) -> set[str]:
    """The statuses that follow from the parameters, the body and the security."""
    takes = operation.parameter_names()
    in_path = any(each.node.get("in") == "path" for each in operation.parameters())
    follows = (
        (True, {"429", "500"}),
        (operation.scopes is not None, {"401", "406", "422", "503"}),
        (bool(operation.scopes), {"403"}),
        (in_path, {"404"}),
        (bool(takes & CURSORS), {"400"}),
        ("requestBody" in operation.place.node, {"400", "408", "413", "415"}),
        ("Idempotency-Key" in takes, {"409", "422"}),
        ("If-Match" in takes, {"412", "428"}),
        ("If-None-Match" in takes, {"304", "422"}),
    )
    return {status for holds, some in follows if holds for status in some}


def wide(document: Document) -> Iterator[Finding]:
    """What needs the visibility of the whole organization refuses who lacks it, and only that does."""
    for operation in document.operations():
        is_wide = bool(operation.place.node.get("x-organization-wide"))
        if is_wide != ("missing_grant" in operation.codes("403")):
            message = "x-organization-wide and the 403 code missing_grant come together"
            yield Finding(operation.place.pointer, "organization-wide", message)


def retries(document: Document) -> Iterator[Finding]:
    """A POST that needs a credential can be retried safely, and says what a retry may meet; one that only asks needs no key."""
    for operation in document.operations():
        takes = "Idempotency-Key" in operation.parameter_names()
        is_asking = bool(operation.place.node.get("x-safe"))
        if operation.method == "post" and operation.scopes is not None and not (takes or is_asking):
            yield Finding(operation.place.pointer, "safe-retry", "a POST takes Idempotency-Key")
        if not takes:
            continue
        for status, code in (("409", "idempotency_in_progress"), ("422", "idempotency_key_reused")):
            if code not in operation.codes(status):
                yield Finding(operation.place.child("responses", status), "safe-retry", f"x-codes lacks {code}")
        success = operation.success()
        if success and "Idempotency-Replayed" not in success[1].node.get("headers", {}):
            yield Finding(success[1].pointer, "safe-retry", "the success needs the header Idempotency-Replayed")


def asking(document: Document) -> Iterator[Finding]:
    """What only asks is a POST because it asks in a body; it has no effect that a key would have to guard."""
    for operation in document.operations():
        takes = "Idempotency-Key" in operation.parameter_names()
        if operation.place.node.get("x-safe") and (takes or operation.method != "post"):
            yield Finding(operation.place.pointer, "safe-retry", "x-safe is for a POST that only asks and takes no key")


def commands(document: Document) -> Iterator[Finding]:
    """A command (a verb behind a path) can be tried with dry_run and answers with effects then."""
    for operation in document.operations():
        success = operation.success()
        is_asking = bool(operation.place.node.get("x-safe"))
        if operation.method != "post" or is_asking or success is None or success[0] != "200":
            continue
        if "dry_run" not in operation.parameter_names():
            yield Finding(operation.place.pointer, "dry-run", "a command takes dry_run")
        schema = _success_schema(document, success[1])
        if schema is None or "effects" not in schema.node.get("properties", {}):
            yield Finding(success[1].pointer, "dry-run", "the answer of a command can hold effects")


def headers(document: Document) -> Iterator[Finding]:
    """Every answer has the request id; a success names the quota; a resource has its ETag."""
    for operation in document.operations():
        for status, response in operation.responses():
            own = set(response.node.get("headers", {}))
            wanted = {"X-Request-Id"} | ({"RateLimit", "RateLimit-Policy"} if status[0] in "23" else set())
            wanted |= {"201": {"Location"}, "304": {"ETag"}, "401": {"WWW-Authenticate"}}.get(status, set())
            wanted |= {"405": {"Allow"}, "429": {"Retry-After"}, "503": {"Retry-After"}}.get(status, set())
            for header in sorted(wanted - own):
                yield Finding(response.pointer, "expected-header", f"{status} needs the header {header}")


def pages(document: Document) -> Iterator[Finding]:
    """A list is paged by a cursor."""
    for operation, response, schema in _answers(document):
        takes = operation.parameter_names()
        if "page" not in schema.node.get("properties", {}):
            continue
        if "limit" not in takes or not takes & CURSORS or "Link" not in response.node.get("headers", {}):
            yield Finding(operation.place.pointer, "pages", "a list takes limit and a cursor, and answers with Link")


def entity_tags(document: Document) -> Iterator[Finding]:
    """A versioned resource has an ETag to read and to write with."""
    for operation, response, schema in _answers(document):
        data = document.schema(schema.pointer, schema.node.get("properties", {}).get("data", {}))
        takes = operation.parameter_names()
        if operation.method in ("patch", "put") and "If-Match" not in takes:
            yield Finding(operation.place.pointer, "entity-tag", "changing a resource takes If-Match")
        if "version" not in data.node.get("properties", {}):
            continue
        if "ETag" not in response.node.get("headers", {}):
            yield Finding(response.pointer, "entity-tag", "a versioned resource is answered with its ETag")
        if operation.method == "get" and "If-None-Match" not in takes:
            yield Finding(operation.place.pointer, "entity-tag", "reading a resource takes If-None-Match")


def lists_in_queries(document: Document) -> Iterator[Finding]:
    """An array in the query is written with commas."""
    for operation in document.operations():
        for parameter in operation.parameters():
            if parameter.node.get("in") != "query" or parameter.node.get("schema", {}).get("type") != "array":
                continue
            if parameter.node.get("style") != "form" or parameter.node.get("explode") is not False:
                yield Finding(parameter.pointer, "query-array", "style: form, explode: false")


def _answers(document: Document) -> Iterator[tuple[Operation, Place, Place]]:
    for operation in document.operations():
        success = operation.success()
        schema = _success_schema(document, success[1]) if success else None
        if success is not None and schema is not None:
            yield operation, success[1], schema


def _success_schema(document: Document, response: Place) -> Place | None:
    node = response.node.get("content", {}).get("application/json", {}).get("schema")
    return None if node is None else document.schema(response.pointer, node)


RULES = (
    names, texts, one_success, limits, rights, roles, wide, statuses, retries, asking, commands, headers, pages, entity_tags,
    lists_in_queries,
)  # fmt: skip
