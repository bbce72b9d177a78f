# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `api_keys`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_API_KEY: TypeAdapter[requests.ApiKeyCreate] = TypeAdapter(requests.ApiKeyCreate)


class ApiKeysOperations(ABC, Generic[C]):
    """One method for each operation of `api_keys`."""

    @abstractmethod
    async def list_api_keys(self, ctx: C, query: requests.ListApiKeysQuery) -> responses.ApiKeyList:
        """List API keys.

        The API keys of the organization, revoked and expired ones too, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_api_key(self, ctx: C, body: requests.ApiKeyCreate) -> responses.ApiKeyWithSecret:
        """Create an API key.

        Makes a credential for a machine, with scopes that you hold yourself, for the whole organization or for single jobs. The
        answer holds the secret; it is not kept and cannot be read again.
        """

    @abstractmethod
    async def get_api_key(self, ctx: C, api_key_id: UUID) -> responses.ApiKey:
        """Get an API key.

        One API key, without its secret.
        """

    @abstractmethod
    async def revoke_api_key(self, ctx: C, api_key_id: UUID, query: requests.RevokeApiKeyQuery) -> responses.ApiKey:
        """Revoke an API key.

        Refuses the key from the next request on, for good.
        """


def routes(
    implementation: ApiKeysOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_API_KEYS)
    async def list_api_keys(current: Annotated[Call[C], Security(call, scopes=["api_keys:read"])]) -> Response:
        return await current.answer(implementation.list_api_keys, current.query(requests.ListApiKeysQuery))

    @route(router, operations.CREATE_API_KEY)
    async def create_api_key(current: Annotated[Call[C], Security(call, scopes=["api_keys:write"])]) -> Response:
        return await current.answer(implementation.create_api_key, current.body(CREATE_API_KEY))

    @route(router, operations.GET_API_KEY)
    async def get_api_key(current: Annotated[Call[C], Security(call, scopes=["api_keys:read"])]) -> Response:
        return await current.answer(implementation.get_api_key, current.path("api_key_id", UUID))

    @route(router, operations.REVOKE_API_KEY)
    async def revoke_api_key(current: Annotated[Call[C], Security(call, scopes=["api_keys:write"])]) -> Response:
        return await current.answer(
            implementation.revoke_api_key, current.path("api_key_id", UUID), current.query(requests.RevokeApiKeyQuery)
        )

    return router
