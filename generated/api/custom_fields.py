# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `custom_fields`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_CUSTOM_FIELD: TypeAdapter[requests.CustomFieldCreate] = TypeAdapter(requests.CustomFieldCreate)
UPDATE_CUSTOM_FIELD: TypeAdapter[requests.CustomFieldUpdate] = TypeAdapter(requests.CustomFieldUpdate)


class CustomFieldsOperations(ABC, Generic[C]):
    """One method for each operation of `custom_fields`."""

    @abstractmethod
    async def list_custom_fields(self, ctx: C, query: requests.ListCustomFieldsQuery) -> responses.CustomFieldList:
        """List custom fields.

        The custom fields of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_custom_field(self, ctx: C, body: requests.CustomFieldCreate) -> responses.CustomField:
        """Create a custom field.

        Adds a field of the organization's own to candidates, applications or jobs, 100 at the most to each. Its key, its type, what it
        applies to and whether it is private never change; what was written as private never becomes public.
        """

    @abstractmethod
    async def get_custom_field(self, ctx: C, custom_field_id: UUID) -> responses.CustomField:
        """Get a custom field.

        One custom field.
        """

    @abstractmethod
    async def update_custom_field(
        self, ctx: C, custom_field_id: UUID, body: requests.CustomFieldUpdate
    ) -> responses.CustomField:
        """Update a custom field.

        Renames or archives a custom field, and changes its options. Options are merged by their keys: new ones are added behind the
        others, and one that is not listed stays as it is. What has a value of an archived field, or an archived option, keeps it.
        """


def routes(
    implementation: CustomFieldsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_CUSTOM_FIELDS)
    async def list_custom_fields(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.list_custom_fields, current.query(requests.ListCustomFieldsQuery))

    @route(router, operations.CREATE_CUSTOM_FIELD)
    async def create_custom_field(
        current: Annotated[Call[C], Security(call, scopes=["organization:write"])],
    ) -> Response:
        return await current.answer(implementation.create_custom_field, current.body(CREATE_CUSTOM_FIELD))

    @route(router, operations.GET_CUSTOM_FIELD)
    async def get_custom_field(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_custom_field, current.path("custom_field_id", UUID))

    @route(router, operations.UPDATE_CUSTOM_FIELD)
    async def update_custom_field(
        current: Annotated[Call[C], Security(call, scopes=["organization:write"])],
    ) -> Response:
        return await current.answer(
            implementation.update_custom_field, current.path("custom_field_id", UUID), current.body(UPDATE_CUSTOM_FIELD)
        )

    return router
