# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `service`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Generic

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations
from generated.contract import C, CallDependency, route


class ServiceOperations(ABC, Generic[C]):
    """One method for each operation of `service`."""

    @abstractmethod
    async def get_health(self, request: Request) -> Response:
        """Is the process alive.

        Answers as long as the process runs, also when the database is down.
        """

    @abstractmethod
    async def get_readiness(self, request: Request) -> Response:
        """Can the service do its work.

        Looks at the database with its migrations, the queue of background work and the storage of files, and says what is wrong.
        """

    @abstractmethod
    async def get_metrics(self, request: Request) -> Response:
        """Metrics.

        The metrics of the service in the text format of Prometheus: requests by operation, the database pool, and the queue of background
        work (`ats_queue_tasks`, `ats_queue_oldest_due_seconds`, `ats_queue_workers`).
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

        A page that shows this document and sends requests from it. It loads nothing from elsewhere. Operators may switch it off.
        """

    @abstractmethod
    async def get_docs_asset(self, request: Request, asset: str) -> Response:
        """A file of the documentation page.

        The script, the style and the pictures that `/docs` loads. The service ships them itself.
        """


def routes(
    implementation: ServiceOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_HEALTH)
    async def get_health(request: Request) -> Response:
        return await implementation.get_health(request)

    @route(router, operations.GET_READINESS)
    async def get_readiness(request: Request) -> Response:
        return await implementation.get_readiness(request)

    @route(router, operations.GET_METRICS)
    async def get_metrics(request: Request) -> Response:
        return await implementation.get_metrics(request)

    @route(router, operations.GET_OPENAPI_JSON)
    async def get_openapi_json(request: Request) -> Response:
        return await implementation.get_openapi_json(request)

    @route(router, operations.GET_OPENAPI_YAML)
    async def get_openapi_yaml(request: Request) -> Response:
        return await implementation.get_openapi_yaml(request)

    @route(router, operations.GET_DOCS)
    async def get_docs(request: Request) -> Response:
        return await implementation.get_docs(request)

    @route(router, operations.GET_DOCS_ASSET)
    async def get_docs_asset(request: Request) -> Response:
        return await implementation.get_docs_asset(request, request.path_params["asset"])

    return router
