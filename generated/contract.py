# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""What the generated modules share: the shape of an operation, and the seam between a route and its implementation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeAlias, TypeVar, TypeVarTuple
from uuid import UUID

from fastapi import APIRouter
from msgspec import Struct
from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)
Arguments = TypeVarTuple("Arguments")
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Response]])
Schema: TypeAlias = Mapping[str, Any]


def _no_parameters() -> Schema:
    return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def _no_headers() -> Schema:
    return {**_no_parameters(), "additionalProperties": True}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation:
    """One operation of the contract, as data. The schemas have their references resolved."""

    operation_id: str
    method: str
    path: str
    tag: str
    summary: str
    success_status: int
    rate_class: str
    deadline_seconds: float
    public: bool = False
    """No credential is asked for."""
    scopes: frozenset[str] = frozenset()
    """What the credential must hold, all of it."""
    mutates: bool = False
    is_list: bool = False
    """The answer is a page: the implementation returns the whole `XList`."""
    takes_idempotency_key: bool = False
    takes_dry_run: bool = False
    takes_if_match: bool = False
    takes_if_none_match: bool = False
    target: str | None = None
    """The last id in the path: the row that the operation is about."""
    location: str | None = None
    """Of a 201: the path template of the new resource."""
    location_parameters: Mapping[str, str] = field(default_factory=dict)
    """Of a 201: where each placeholder of `location` comes from, as runtime expressions (`$response.body#/data/id`)."""
    request_media_type: str | None = None
    request_schema: str | None = None
    """The name of the body's schema under `#/components/schemas/`."""
    request_required: bool = False
    takes_files: bool = False
    """The body is a form (multipart/form-data); its files come as an argument of their own."""
    path_schema: Schema = field(default_factory=_no_parameters)
    query_schema: Schema = field(default_factory=_no_parameters)
    """All query parameters as one JSON Schema object that takes no others."""
    header_schema: Schema = field(default_factory=_no_headers)
    """The request headers that the contract names, as it spells them; others may come."""
    response_media_types: tuple[str, ...] = ()
    response_headers: tuple[str, ...] = ()
    problem_codes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The problem codes that each status may carry."""
    withheld: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = ()
    """The properties of the result that only some see (`x-visible-to`): the way to each, with `*` for every item of an array, and the
    scopes, all of which it takes."""
    reserved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The fields of the body that only who holds these scopes may send."""
    deprecated: bool = False
    sunset: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a role of a user may do: its scopes, on every row of the organization or on those of its granted jobs."""

    name: str
    visibility: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateClass:
    """How many requests an actor may make in a window; one beyond that waits for its turn up to `queue_seconds`."""

    name: str
    limit: int
    window_seconds: int
    queue_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file of a form, with the id that it gets when it is kept. `name` and `media_type` are what its sender says, and prove
    nothing."""

    id: UUID
    content: bytes = field(repr=False)
    field: str
    name: str
    media_type: str


Uploads: TypeAlias = tuple[Upload, ...]


class Call(Protocol[C_co]):
    """One request in flight, made by the dependency that the implementation's side passes to `routers`."""

    async def answer(
        self, operation_method: Callable[[C_co, *Arguments], Awaitable[object]], /, *arguments: *Arguments
    ) -> Response:
        """Run the operation's method with a context and these arguments, and render what it returns."""

    def path(self, name: str, kind: Callable[[str], T], /) -> T:
        """A parameter of the path."""

    def query(self, kind: type[M], /) -> M:
        """The parameters of the query string."""

    def body(self, kind: TypeAdapter[T], /) -> T:
        """The body; None when there is none and the contract does not require one."""

    def uploads(self) -> Uploads:
        """The files of a form, in the order they came."""


CallDependency: TypeAlias = Callable[..., Call[C] | Awaitable[Call[C]] | AsyncIterator[Call[C]]]


def route(router: APIRouter, operation: Operation) -> Callable[[Endpoint], Endpoint]:
    """Register the decorated endpoint as the operation's route."""

    def register(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(
            operation.path,
            endpoint,
            methods=[operation.method],
            name=operation.operation_id,
            operation_id=operation.operation_id,
            status_code=operation.success_status,
            tags=[operation.tag],
            deprecated=operation.deprecated or None,
            response_model=None,
        )
        return endpoint

    return register


class Resource(Struct, gc=False):
    """Base of every response: a tree without cycles, so the garbage collector need not look at it."""
