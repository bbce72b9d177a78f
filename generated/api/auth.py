# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `auth`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_SESSION: TypeAdapter[requests.SessionCreate] = TypeAdapter(requests.SessionCreate)


class AuthOperations(ABC, Generic[C]):
    """One method for each operation of `auth`."""

    @abstractmethod
    async def create_session(self, ctx: C, body: requests.SessionCreate) -> responses.Session:
        """Sign in.

        Makes a session of a user and answers with its token, which is a bearer token like an API key. An unknown address, a
        wrong password and a user who may not sign in get the same answer in the same time.
        """

    @abstractmethod
    async def delete_current_session(self, ctx: C) -> None:
        """Sign out.

        Ends the session whose token was sent; the token is refused from then on.
        """

    @abstractmethod
    async def get_me(self, ctx: C) -> responses.Me:
        """Who am I.

        The actor behind the credential, with its role, its scopes and the jobs whose rows it sees.
        """


def routes(
    implementation: AuthOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.CREATE_SESSION)
    async def create_session(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.create_session, current.body(CREATE_SESSION))

    @route(router, operations.DELETE_CURRENT_SESSION)
    async def delete_current_session(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.delete_current_session)

    @route(router, operations.GET_ME)
    async def get_me(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_me)

    return router
