"""The visitor that fastapi-codegen calls: it hands the contract's operations and tables to our templates, ready to print."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.generate.documents import SCHEMAS, Json, operations, pascal, resolve

PROSE = {"description", "example", "examples", "title"}
PLAIN_TAG = "service"
FORM = "multipart/form-data"
FORMATS = {"uuid": "UUID", "date": "date", "date-time": "datetime"}
TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
ROW = shlex.split("""
    operation_id method path tag summary public success_status rate_class deadline_seconds mutates is_list target
    location location_parameters request_media_type request_schema request_required takes_files
    response_media_types response_headers problem_codes deprecated
""")


def visit(parser: Any, _model_path: Path) -> dict[str, object]:
    """The variables of every template."""
    document = parser.raw_obj
    found = [Operation(document, *operation) for operation in operations(document)]
    roles, used = document.get("x-roles", {}), {operation.tag for operation in found}
    problems = sorted({(code, status) for o in found for status, codes in o.problem_codes.items() for code in codes})
    if len(dict(problems)) < len(problems):
        raise ValueError(f"a problem code has one status: {[p for p in problems if dict(problems)[p[0]] != p[1]]}")
    return {
        "operations": found,
        "declared_tags": [tag["name"] for tag in document["tags"] if tag["name"] in used],
        "scopes": {scope for o in found for scope in o.scopes} | {s for role in roles.values() for s in role["scopes"]},
        "roles": roles,
        "rate_classes": document.get("x-rate-classes", {}),
        "transitions": document.get("x-transitions", {}),
        "problems": dict(problems),
        "pascal": pascal,
        "py": repr,
        "tuple": tuple,
        "frozen": frozen,
    }


def frozen(values: Any) -> str:
    """A frozen set in a stable order."""
    return f"frozenset({sorted(values) or ''})"


def named(reference: Json) -> str:
    """The name of the schema that it refers to."""
    return str(reference["$ref"]).removeprefix(SCHEMAS)


def flat(document: Json, schema: Json) -> Json:
    """A schema with its references resolved, its prose and extensions left out."""
    if isinstance(schema, list):
        return [flat(document, item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in resolve(document, schema).items() if key not in PROSE and key[:2] != "x-"}
    return {key: flat(document, value) for key, value in kept.items()}


def guarded(
    document: Json, schema: Json, way: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """The properties below a schema that only some see, each with the way to it and the scopes that it takes."""
    reference = str(schema.get("$ref", ""))
    if reference in above:
        return
    node, above = resolve(document, schema), (*above, *([reference] if reference else ()))
    for name, inner in node.get("properties", {}).items():
        scopes = resolve(document, inner).get("x-visible-to")
        if scopes:
            yield (*way, name), frozenset(scopes)
        else:
            yield from guarded(document, inner, (*way, name), above)
    if isinstance(node.get("items"), dict):
        yield from guarded(document, node["items"], (*way, "*"), above)
    for part in (*node.get("oneOf", ()), *node.get("anyOf", ()), *node.get("allOf", ())):
        yield from guarded(document, part, way, above)


class Operation:
    """One operation as the templates print it: the values of its constant, the types of its arguments and its result."""

    def __init__(self, document: Json, path: str, method: str, raw: Json) -> None:
        self.document, self.path, self.method, self.raw = document, path, method.upper(), raw
        self.operation_id, self.summary = raw["operationId"], raw["summary"]
        self.tags, self.tag = raw["tags"], raw["tags"][0]
        security = raw.get("security", document.get("security", []))
        self.public = not security
        self.scopes = sorted({scope for one in security for scopes in one.values() for scope in scopes})
        self.rate_class, self.deadline_seconds = raw["x-rate-class"], raw["x-deadline-seconds"]
        self.mutates = method not in ("get", "head", "options") and not raw.get("x-safe")
        self.deprecated = raw.get("deprecated", False)
        self.parameters = {(parameter["in"], parameter["name"]): parameter for parameter in raw["parameters"]}
        self.target = next(reversed(self._path_ids()), None)
        self._read_request(resolve(document, raw.get("requestBody", {})))
        responses = {status: resolve(document, response) for status, response in raw["responses"].items()}
        self.problem_codes = {int(s): tuple(r["x-codes"]) for s, r in responses.items() if r.get("x-codes")}
        self._read_success(*next((int(s), response) for s, response in responses.items() if s.startswith("2")))

    def _path_ids(self) -> list[str]:
        """The path parameters that are ids of rows."""
        in_path = {name: parameter for (where, name), parameter in self.parameters.items() if where == "path"}
        schemas = {name: resolve(self.document, parameter["schema"]) for name, parameter in in_path.items()}
        return [name for name, schema in schemas.items() if schema.get("format") == "uuid"]

    def _read_request(self, body: Json) -> None:
        content: dict[str, Json] = body.get("content", {"": {}})
        media_type, media = next(iter(content.items()))
        self.request_media_type, self.request_required = media_type or None, bool(body.get("required"))
        self.takes_files = media_type == FORM
        self.request_schema = named(media["schema"]) if media_type.endswith("json") or self.takes_files else None
        found = guarded(self.document, media["schema"]) if self.request_schema else ()
        self.reserved = {".".join(way): scopes for way, scopes in found}

    def _read_success(self, status: int, success: Json) -> None:
        content = success.get("content", {})
        self.success_status, self.response_media_types = status, tuple(content)
        self.response_headers = tuple(success.get("headers", {}))
        reference = content.get("application/json", {}).get("schema", {})
        properties = resolve(self.document, reference).get("properties", {})
        self.is_list = "page" in properties
        self.result = self._result(reference, properties) if content else "None"
        self.withheld = self._withheld(reference, properties)
        # Operators' routes work without a tenant and a database: the method gets the request itself and answers on its own.
        self.is_plain = self.tag == PLAIN_TAG
        self.location, self.location_parameters = self._self_link(success) if status == 201 else (None, {})

    def _withheld(self, reference: Json, properties: Json) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        """The properties below what the method returns that `x-visible-to` keeps from some."""
        if "data" not in properties or properties.keys() - {"data", "effects"}:
            return list(guarded(self.document, reference))
        return list(guarded(self.document, properties["data"]))

    def _result(self, reference: Json, properties: Json) -> str:
        """What the method returns: the resource under `data`, the whole of a page, or (no envelope) its own response."""
        if "data" not in properties or self.tag == PLAIN_TAG:
            return "Response"
        if properties.keys() - {"data", "effects"}:
            return f"responses.{named(reference)}"
        data = properties["data"]
        if resolve(self.document, data).get("type") == "array":
            return f"list[responses.{named(data['items'])}]"
        return f"responses.{named(data)}"

    def _self_link(self, success: Json) -> tuple[str | None, dict[str, str]]:
        """Where the new resource is: the `get_…` link that takes the id in the answer."""
        links = [link for name, link in success.get("links", {}).items() if name.startswith("get_")]
        links.sort(key=lambda link: "$response.body#/data/id" not in link.get("parameters", {}).values())
        for path, _, operation in operations(self.document) if links else ():
            if operation["operationId"] == links[0]["operationId"]:
                return path, links[0].get("parameters", {})
        return None, {}

    def schema_of(self, where: str) -> Json:
        """All its parameters in `path`, `query` or `header` as one JSON Schema object; nothing without any."""
        found = {name: parameter for (place, name), parameter in self.parameters.items() if place == where}
        return found and {
            "type": "object",
            "properties": {name: flat(self.document, parameter["schema"]) for name, parameter in found.items()},
            "required": [name for name, parameter in found.items() if parameter.get("required")],
            "additionalProperties": where == "header",
        }

    @property
    def row(self) -> list[tuple[str, str]]:
        """The fields of its constant as (name, expression), without those that have their default, which is falsy."""
        values = {name: getattr(self, name) for name in ROW}
        values |= {f"{where}_schema": self.schema_of(where) for where in ("path", "query", "header")}
        values["takes_dry_run"] = ("query", "dry_run") in self.parameters
        for header in ("Idempotency-Key", "If-Match", "If-None-Match"):
            values[f"takes_{header.lower().replace('-', '_')}"] = ("header", header) in self.parameters
        printed = [(name, repr(value)) for name, value in values.items() if value]
        printed += [("scopes", frozen(self.scopes))] if self.scopes else []
        ways = ", ".join(f"({way!r}, {frozen(scopes)})" for way, scopes in self.withheld)
        printed += [("withheld", f"({ways},)")] if ways else []
        fields = ", ".join(f"{name!r}: {frozen(scopes)}" for name, scopes in self.reserved.items())
        printed += [("reserved", f"{{{fields}}}")] if fields else []
        return printed + (
            [("sunset", f"date.fromisoformat({sunset!r})")] if (sunset := self.raw.get("x-sunset")) else []
        )

    @property
    def arguments(self) -> list[tuple[str, str, str]]:
        """The method's arguments after its context as (name, type, where the route takes it from)."""
        found = [
            self._path_argument(name, p["schema"]) for (where, name), p in self.parameters.items() if where == "path"
        ]
        if any(where == "query" for where, _ in self.parameters):
            query = f"requests.{pascal(self.operation_id)}Query"
            found.append(("query", query, f"current.query({query})"))
        if self.request_schema:
            body = f"requests.{self.request_schema}" + ("" if self.request_required else " | None")
            found.append(("body", body, f"current.body({self.operation_id.upper()})"))
        if self.takes_files:
            found.append(("uploads", "Uploads", "current.uploads()"))
        return found

    @property
    def body(self) -> str | None:
        """The type of the body."""
        return next((type_ for name, type_, _ in self.arguments if name == "body"), None)

    def _path_argument(self, name: str, schema: Json) -> tuple[str, str, str]:
        resolved = resolve(self.document, schema)
        kind = f"enums.{named(schema)}" if "enum" in resolved else FORMATS.get(resolved.get("format", ""))
        kind = kind or TYPES[resolved["type"]]
        return name, kind, f'request.path_params["{name}"]' if self.is_plain else f'current.path("{name}", {kind})'

    @property
    def docstring(self) -> str:
        """Summary and description as the text between triple quotes."""
        first = self.summary + ("" if self.summary[-1] in ".?!" else ".")
        rest = self.raw.get("description", "").strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"').splitlines()
        return "\n        ".join([first, "", *rest, ""]).replace("        \n", "\n") if rest else first
