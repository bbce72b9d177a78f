"""Derives, from the contract, the documents that the two schema generators read.

The contract is one document; Python wants three modules: enums (a leaf), requests (pydantic) and responses (msgspec). Each
becomes a small OpenAPI document of its own that holds only the schemas that its side reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml

Json = Any
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
SCHEMAS = "#/components/schemas/"
ILLUSTRATIONS = frozenset({"example", "examples"})
# We write responses and do not read them: the structs give the types, and the contract's checks do the rest.
BOUNDS = frozenset(
    {
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
        "uniqueItems",
        "maxProperties",
        "description",
    }
)


class SpecError(ValueError):
    """The contract says something that the generators cannot express."""


class _Yaml12Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # its base is chosen at run time
    """YAML 1.2's JSON schema: `on` and `2026-11-23` stay strings, as every other reader of the contract takes them."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", "true|false", "tf"),
    ("null", "null|~|", ["n", "~", ""]),
    ("int", "-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?", "-0123456789"),
):
    _Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def load(path: Path) -> dict[str, Json]:
    """The contract as plain data."""
    document = yaml.load(path.read_bytes(), Loader=_Yaml12Loader)  # noqa: S506 - a subclass of the safe loader  # nosec B506
    if not isinstance(document, dict) or not document.get("paths"):
        raise SpecError(f"{path} holds no paths")
    return document


def resolve(document: Mapping[str, Json], node: Json) -> Json:
    """The node itself, or what its `$ref` points at (siblings of the `$ref` win)."""
    while isinstance(node, dict) and "$ref" in node:
        target: Json = document
        try:
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
        except (KeyError, TypeError) as error:
            raise SpecError(f"nothing at {node['$ref']}") from error
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def operations(document: Mapping[str, Json]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Each operation as (path, method, operation), its parameters resolved and those of its path merged in."""
    for path, item in document["paths"].items():
        for method in item:
            if method in METHODS:
                operation = dict(item[method])
                found = [resolve(document, p) for p in (*item.get("parameters", ()), *operation.get("parameters", ()))]
                operation["parameters"] = list({(p["in"], p["name"]): p for p in found}.values())
                yield path, method, operation


def pascal(name: str) -> str:
    """`open_job` → `OpenJob`."""
    return "".join(part.capitalize() for part in name.split("_"))


def with_query_schemas(document: Mapping[str, Json]) -> dict[str, Json]:
    """The document plus one schema for each operation's query parameters, `ListJobsQuery` for `list_jobs`."""
    schemas = dict(document["components"]["schemas"])
    for _, _, operation in operations(document):
        query = [parameter for parameter in operation["parameters"] if parameter["in"] == "query"]
        if query:
            name = f"{pascal(operation['operationId'])}Query"
            if name in schemas:
                raise SpecError(f"{name} is a generated name; call the schema something else")
            schemas[name] = _query_schema(document, operation, query)
    return {**document, "components": {**document["components"], "schemas": schemas}}


def _query_schema(document: Mapping[str, Json], operation: Json, query: list[Json]) -> dict[str, Json]:
    properties = {}
    for parameter in query:
        schema = resolve(document, parameter["schema"])
        if schema.get("type") == "array" and parameter.get("explode", True):
            raise SpecError(f"{operation['operationId']}: {parameter['name']} must be an array of `explode: false`")
        properties[parameter["name"]] = {
            **parameter["schema"],
            **({"default": schema["default"]} if "default" in schema else {}),
            "description": parameter.get("description", ""),
        }
    return {
        "description": f"The query parameters of `{operation['operationId']}`.",
        "type": "object",
        "additionalProperties": False,
        "required": [parameter["name"] for parameter in query if parameter.get("required")],
        "properties": properties,
    }


def split(document: Mapping[str, Json]) -> dict[str, dict[str, Json]]:
    """The documents of `enums`, `requests` and `responses`, from a document that has its query schemas."""
    schemas = {name: _named_members(schema) for name, schema in document["components"]["schemas"].items()}
    requests: list[Json] = []
    responses: list[Json] = []
    for _, _, operation in operations(document):
        if any(parameter["in"] == "query" for parameter in operation["parameters"]):
            requests.append({"$ref": f"{SCHEMAS}{pascal(operation['operationId'])}Query"})
        requests += _content_schemas(resolve(document, operation.get("requestBody", {})))
        for response in operation["responses"].values():
            responses += _content_schemas(resolve(document, response))
    families = {
        "enums": _without({name: schema for name, schema in schemas.items() if "enum" in schema}, ILLUSTRATIONS),
        "requests": _without(_reached(schemas, requests), ILLUSTRATIONS),
        "responses": _without(_reached(schemas, responses), ILLUSTRATIONS | BOUNDS),
    }
    head = {"openapi": document["openapi"], "info": document["info"], "paths": {}}
    families["requests"] = {name: _without_files(schema) for name, schema in families["requests"].items()}
    return {family: {**head, "components": {"schemas": found}} for family, found in families.items()}


def is_file(schema: Mapping[str, Json]) -> bool:
    """Whether a property of a form is a file, or several."""
    return schema.get("format") == "binary" or schema.get("items", {}).get("format") == "binary"


def _without_files(schema: dict[str, Json]) -> dict[str, Json]:
    """A form without its files, which are handed over beside it."""
    properties: dict[str, Json] = schema.get("properties", {})
    kept = {name: node for name, node in properties.items() if not is_file(node)}
    if len(kept) == len(properties):
        return schema
    return {**schema, "properties": kept, "required": [name for name in schema.get("required", []) if name in kept]}


def _content_schemas(node: Mapping[str, Json]) -> list[Json]:
    return [media["schema"] for media in node.get("content", {}).values() if "schema" in media]


def _named_members(schema: dict[str, Json]) -> dict[str, Json]:
    """An enum's members get their names here: `-title` becomes TITLE_DESC, `job.opened` JOB_OPENED."""
    if "enum" not in schema:
        return schema
    names = [re.sub(r"^-(.*)$", r"\1_desc", value) for value in schema["enum"]]
    return {**schema, "x-enum-varnames": [re.sub(r"\W", "_", name).upper() for name in names]}


def _reached(schemas: Mapping[str, Json], roots: list[Json]) -> dict[str, Json]:
    """The schemas that the roots reach, in the contract's order."""
    found: set[str] = set()
    waiting = [name for root in roots for name in _references(root, "an operation")]
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            raise SpecError(f"nothing at {SCHEMAS}{name}")
        if name not in found:
            found.add(name)
            waiting += _references({**schemas[name], "enum": None}, name)
    return {name: schema for name, schema in schemas.items() if name in found}


def _without(schemas: Mapping[str, Json], keywords: frozenset[str]) -> dict[str, Json]:
    """The schemas by name, without these keywords; the description of an object stays, as that of its class."""
    plain = {name: _plain(schema, keywords) for name, schema in schemas.items()}
    for name, schema in schemas.items():
        if "properties" in schema and "description" in schema:
            plain[name]["description"] = schema["description"].strip()
    return plain


def _plain(node: Json, keywords: frozenset[str]) -> Json:
    if isinstance(node, list):
        return [_plain(item, keywords) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in keywords}
    return {
        key: _without(value, keywords)
        if key == "properties"
        else value.strip()
        if key == "description"
        else _plain(value, keywords)
        for key, value in kept.items()
    }


def _references(node: Json, where: str) -> list[str]:
    """The names of the schemas that it refers to."""
    if isinstance(node, list):
        return [name for item in node for name in _references(item, where)]
    if not isinstance(node, dict):
        return []
    if isinstance(node.get("enum"), list) and len(node["enum"]) > 1:
        raise SpecError(
            f"{where}: make this enum a component, so that it has one name in every language: {node['enum']}"
        )
    own = [node["$ref"].removeprefix(SCHEMAS)] if isinstance(node.get("$ref"), str) else []
    nested = (value for key, value in node.items() if key not in ("example", "examples", "default"))
    return own + [name for value in nested for name in _references(value, where)]
