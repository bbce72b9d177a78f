"""Is this answer one that the contract documents? Every answer in the tests is held against it, and with
`ATS_VALIDATE_RESPONSES=1` every answer of a running service."""

import functools
import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import jsonschema_rs
import orjson

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
DOCUMENT = "urn:contract"
PROBLEM = "application/problem+json"
GZIP = b"\x1f\x8b"  # how a compressed body begins, and no text
# What the outermost layer refuses before anything knows which operation is meant.
AT_THE_EDGE = {(414, "url_too_long"), (431, "headers_too_large")}
EDGE_STATUSES = frozenset(status for status, _ in AT_THE_EDGE)
Json = Any
Headers = Sequence[tuple[str, str]]


class Undocumented(AssertionError):
    """The service answered something that the contract does not say. `reason` tells what, without a value of the answer."""

    def __init__(self, reason: str, body: bytes = b"") -> None:
        super().__init__(f"{reason}\n{body[:2000]!r}" if body else reason)
        self.reason = reason


@dataclass(frozen=True)
class Documented:
    """One operation as the spec writes it, references at its top resolved."""

    operation_id: str
    method: str
    path: str
    node: Mapping[str, Json]
    pattern: re.Pattern[str]

    @functools.cached_property
    def parameters(self) -> list[Mapping[str, Json]]:
        """Every parameter, those of the path item included."""
        shared = document()["paths"][self.path].get("parameters", [])
        return [resolve(parameter) for parameter in [*shared, *self.node.get("parameters", [])]]

    @functools.cached_property
    def responses(self) -> dict[int, Mapping[str, Json]]:
        return {int(status): resolve(response) for status, response in self.node["responses"].items()}

    @functools.cached_property
    def body(self) -> tuple[str, Mapping[str, Json]] | None:
        """Media type and media type object of the request body."""
        if "requestBody" not in self.node:
            return None
        [(media_type, content)] = resolve(self.node["requestBody"])["content"].items()
        return media_type, content

    @functools.cached_property
    def documented(self) -> frozenset[tuple[int, str]]:
        """Every status, with each problem code that it may carry; a success and a 304 have none."""
        return frozenset(
            (status, code) for status, response in self.responses.items() for code in response.get("x-codes", [""])
        )


@functools.cache
def document() -> dict[str, Json]:
    """The contract, parsed."""
    parsed: dict[str, Json] = orjson.loads((files("generated") / "openapi.json").read_bytes())
    return parsed


@functools.cache
def operations() -> dict[str, Documented]:
    """Every operation, by its id."""
    found = {}
    for path, item in document()["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(path)))
        for method, node in item.items():
            if method in METHODS:
                found[node["operationId"]] = Documented(node["operationId"], method.upper(), path, node, pattern)
    return found


def resolve(node: Mapping[str, Json]) -> Mapping[str, Json]:
    """`node`, or what its `$ref` points at; other keywords beside the `$ref` are kept."""
    if "$ref" not in node:
        return node
    target: Json = document()
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    siblings = {key: value for key, value in node.items() if key != "$ref"}
    return {**resolve(target), **siblings}


@functools.lru_cache(maxsize=4096)
def operation_at(method: str, path: str) -> Documented | None:
    """The operation that a request means; literal paths win over those with parameters."""
    wanted = "GET" if method == "HEAD" else method
    near = _by_length().get(path.count("/"), [])
    at_path = [known for known in near if known.path == path] or [
        known for known in near if known.pattern.fullmatch(path)
    ]
    return next((known for known in at_path if known.method == wanted), None)


@functools.cache
def _by_length() -> dict[int, list[Documented]]:
    """The operations by the number of slashes in their paths; no parameter holds one."""
    found: dict[int, list[Documented]] = {}
    for operation in operations().values():
        found.setdefault(operation.path.count("/"), []).append(operation)
    return found


def check(method: str, path: str, status: int, headers: Headers, body: bytes) -> tuple[str, int, str]:
    """Hold one answer against the contract. The operation, status and problem code that it showed; raises Undocumented."""
    operation = operation_at(method, path)
    if body.startswith(GZIP):
        body = gzip.decompress(body)
    response = _documented(operation, status, body)
    name = operation.operation_id if operation else "(unrouted)"
    try:
        _check_headers(response, headers)
        code = "" if method == "HEAD" else _check_content(response, status, headers, body)
    except Undocumented as wrong:
        raise Undocumented(f"{name} answered {status}: {wrong.reason}", body) from None
    return name, status, code


def _documented(operation: Documented | None, status: int, body: bytes) -> Mapping[str, Json]:
    if status in EDGE_STATUSES and (status, _code(body)) in AT_THE_EDGE:
        return {"x-codes": [_code(body)], "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    response = (operation.responses if operation else _unrouted()).get(status)
    if response is None:
        name = operation.operation_id if operation else "(unrouted)"
        raise Undocumented(f"{name} answered {status}, which the contract does not document", body)
    return response


@functools.cache
def _unrouted() -> dict[int, Mapping[str, Json]]:
    return {int(status): resolve(response) for status, response in document()["x-unrouted"]["responses"].items()}


def _check_headers(response: Mapping[str, Json], headers: Headers) -> None:
    sent = {name.lower(): value for name, value in headers}
    for name, reference in response.get("headers", {}).items():
        header = resolve(reference)
        value = sent.get(name.lower())
        if value is None:
            if header.get("required"):
                raise Undocumented(f"the header {name} is missing")
            continue
        kind = resolve(header["schema"]).get("type")
        typed = int(value) if kind == "integer" and value.isascii() and value.isdigit() else value
        _hold(header["schema"], typed, f"header {name}")


def _check_content(response: Mapping[str, Json], status: int, headers: Headers, body: bytes) -> str:
    sent = next((value for name, value in headers if name.lower() == "content-type"), None)
    documented = response.get("content")
    if not documented:
        if body:
            raise Undocumented("it has a body although the contract documents none")
        return ""
    media_type = (sent or "").partition(";")[0].strip()
    if media_type not in documented:
        raise Undocumented(f"its content type is {sent}, documented are {', '.join(documented)}")
    if not media_type.endswith("json"):
        return ""
    parsed = orjson.loads(body)
    _hold(documented[media_type]["schema"], parsed, "body")
    if media_type != PROBLEM:
        return ""
    return _check_problem(response, status, headers, parsed)


def _check_problem(response: Mapping[str, Json], status: int, headers: Headers, problem: Mapping[str, Json]) -> str:
    code: str = problem["code"]
    if code not in response.get("x-codes", []):
        raise Undocumented(f"the code {code} is not one of {response.get('x-codes')}")
    if problem["status"] != status:
        raise Undocumented(f"its body speaks of status {problem['status']}")
    sent = {name.lower(): value for name, value in headers}
    if problem["request_id"] != sent.get("x-request-id"):
        raise Undocumented("its request_id is not that of the header")
    return code


def _code(body: bytes) -> str:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(parsed.get("code", "")) if isinstance(parsed, dict) else ""


def _hold(schema: Mapping[str, Json], value: Json, what: str) -> None:
    errors = list(validator(orjson.dumps(schema)).iter_errors(value))
    if errors:
        found = "; ".join(f"/{'/'.join(map(str, error.instance_path))}: {error.kind.name}" for error in errors[:5])
        raise Undocumented(f"its {what} does not fit its schema: {found[:1500]}")


@functools.cache
def validator(schema: bytes) -> jsonschema_rs.Draft202012Validator:
    """The validator of a schema of the document (as JSON): formats count, and no property is taken that is not named."""
    absolute = orjson.loads(schema.replace(b'"#/components/', f'"{DOCUMENT}#/components/'.encode()))
    return jsonschema_rs.Draft202012Validator(absolute, registry=_registry(), validate_formats=True)


@functools.cache
def _registry() -> jsonschema_rs.Registry:
    closed = dict(document(), components=dict(document()["components"]))
    schemas = closed["components"]["schemas"]
    closed["components"]["schemas"] = {
        name: schema if name == "OpenapiDocument" else _closed(schema) for name, schema in schemas.items()
    }
    return jsonschema_rs.Registry([(DOCUMENT, closed)])


def _closed(schema: Json) -> Json:
    """The same schema, taking only the properties that it names: an answer may not say more than is documented."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        inner["additionalProperties"] = False
    return inner
