# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `service`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Request, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, responses
from generated.contract import C, Call, CallDependency, route


class ServiceOperations(ABC, Generic[C]):
    """One method for each operation of `service`."""

    @abstractmethod
    async def get_health(self, ctx: C) -> responses.Health:
        """Is the process alive.

        Answers as long as the process runs, also when the database is down.
        """

    @abstractmethod
    async def get_readiness(self, ctx: C) -> responses.Readiness:
        """Can the service do its work.

        Looks at the database and its migrations, and says what is wrong.
        """

    @abstractmethod
    async def get_metrics(self, request: Request) -> Response:
        """Metrics.

        The metrics of this process in the text format of Prometheus.
        """

    @abstractmethod
    async def get_openapi_json(self, request: Request) -> Response:
        """This document as JSON.

        The contract that the service keeps, as JSON.
        """

    @abstractmethod
    async def get_openapi_yaml(self, request: Request) -> Response:
        """This document as YAML.

        The contract that the service keeps, byte for byte as it is written.
        """

    @abstractmethod
    async def get_docs(self, request: Request) -> Response:
        """Read and try the API in a browser.

        A page that shows this document and sends requests from it. It loads nothing from elsewhere.
        """


def add_routes(
    router: APIRouter,
    implementation: ServiceOperations[C],
    call: CallDependency[C],
    route_class: type[APIRoute] = APIRoute,
) -> None:
    """Put one route for each operation on `router`; `call` is the dependency that makes the request's `Call`."""

    @route(router, operations.GET_HEALTH, route_class)
    async def get_health(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_health)

    @route(router, operations.GET_READINESS, route_class)
    async def get_readiness(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_readiness)

    @route(router, operations.GET_METRICS, route_class)
    async def get_metrics(request: Request) -> Response:
        return await implementation.get_metrics(request)

    @route(router, operations.GET_OPENAPI_JSON, route_class)
    async def get_openapi_json(request: Request) -> Response:
        return await implementation.get_openapi_json(request)

    @route(router, operations.GET_OPENAPI_YAML, route_class)
    async def get_openapi_yaml(request: Request) -> Response:
        return await implementation.get_openapi_yaml(request)

    @route(router, operations.GET_DOCS, route_class)
    async def get_docs(request: Request) -> Response:
        return await implementation.get_docs(request)
