# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `users`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_USER: TypeAdapter[requests.UserCreate] = TypeAdapter(requests.UserCreate)
UPDATE_USER: TypeAdapter[requests.UserUpdate] = TypeAdapter(requests.UserUpdate)


class UsersOperations(ABC, Generic[C]):
    """One method for each operation of `users`."""

    @abstractmethod
    async def list_users(self, ctx: C, query: requests.ListUsersQuery) -> responses.UserList:
        """List users.

        The staff of the organization, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_user(self, ctx: C, body: requests.UserCreate) -> responses.User:
        """Create a user.

        Adds a member of the staff. Without a password the user cannot sign in until one is set.
        """

    @abstractmethod
    async def get_user(self, ctx: C, user_id: UUID) -> responses.User:
        """Get a user.

        One member of the staff.
        """

    @abstractmethod
    async def update_user(self, ctx: C, user_id: UUID, body: requests.UserUpdate) -> responses.User:
        """Update a user.

        Changes the name, the role, the job grants, the password or whether the user can sign in. It holds from the user's next
        request on.
        """


def routes(
    implementation: UsersOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_USERS)
    async def list_users(current: Annotated[Call[C], Security(call, scopes=["users:read"])]) -> Response:
        return await current.answer(implementation.list_users, current.query(requests.ListUsersQuery))

    @route(router, operations.CREATE_USER)
    async def create_user(current: Annotated[Call[C], Security(call, scopes=["users:write"])]) -> Response:
        return await current.answer(implementation.create_user, current.body(CREATE_USER))

    @route(router, operations.GET_USER)
    async def get_user(current: Annotated[Call[C], Security(call, scopes=["users:read"])]) -> Response:
        return await current.answer(implementation.get_user, current.path("user_id", UUID))

    @route(router, operations.UPDATE_USER)
    async def update_user(current: Annotated[Call[C], Security(call, scopes=["users:write"])]) -> Response:
        return await current.answer(
            implementation.update_user, current.path("user_id", UUID), current.body(UPDATE_USER)
        )

    return router
