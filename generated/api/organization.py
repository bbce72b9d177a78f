# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `organization`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

UPDATE_ORGANIZATION: TypeAdapter[requests.OrganizationUpdate] = TypeAdapter(requests.OrganizationUpdate)
CREATE_DEPARTMENT: TypeAdapter[requests.DepartmentCreate] = TypeAdapter(requests.DepartmentCreate)
UPDATE_DEPARTMENT: TypeAdapter[requests.DepartmentUpdate] = TypeAdapter(requests.DepartmentUpdate)
CREATE_OFFICE: TypeAdapter[requests.OfficeCreate] = TypeAdapter(requests.OfficeCreate)
UPDATE_OFFICE: TypeAdapter[requests.OfficeUpdate] = TypeAdapter(requests.OfficeUpdate)
CREATE_REJECTION_REASON: TypeAdapter[requests.RejectionReasonCreate] = TypeAdapter(requests.RejectionReasonCreate)
UPDATE_REJECTION_REASON: TypeAdapter[requests.RejectionReasonUpdate] = TypeAdapter(requests.RejectionReasonUpdate)
CREATE_SOURCE: TypeAdapter[requests.SourceCreate] = TypeAdapter(requests.SourceCreate)
UPDATE_SOURCE: TypeAdapter[requests.SourceUpdate] = TypeAdapter(requests.SourceUpdate)


class OrganizationOperations(ABC, Generic[C]):
    """One method for each operation of `organization`."""

    @abstractmethod
    async def get_organization(self, ctx: C) -> responses.Organization:
        """Get the organization.

        The organization of the actor, with its settings.
        """

    @abstractmethod
    async def update_organization(self, ctx: C, body: requests.OrganizationUpdate) -> responses.Organization:
        """Update the organization.

        Changes the name, the time zone, the currency or the settings.
        """

    @abstractmethod
    async def get_model_usage(self, ctx: C, query: requests.GetModelUsageQuery) -> responses.ModelUsage:
        """Report what the model has cost.

        What reading resumes by a language model has taken, day by day in UTC, the latest first; days on which nothing was read are left
        out. Tokens are those that the model's server has counted; of a try that was broken off the longest possible answer is counted,
        because nobody knows.
        """

    @abstractmethod
    async def list_departments(self, ctx: C, query: requests.ListDepartmentsQuery) -> responses.DepartmentList:
        """List departments.

        The departments of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_department(self, ctx: C, body: requests.DepartmentCreate) -> responses.Department:
        """Create a department.

        Adds a department, at the top or below another one. Its name is unique among its siblings.
        """

    @abstractmethod
    async def get_department(self, ctx: C, department_id: UUID) -> responses.Department:
        """Get a department.

        One department.
        """

    @abstractmethod
    async def update_department(
        self, ctx: C, department_id: UUID, body: requests.DepartmentUpdate
    ) -> responses.Department:
        """Update a department.

        Renames, moves or archives a department. Jobs that refer to an archived one keep doing so.
        """

    @abstractmethod
    async def list_offices(self, ctx: C, query: requests.ListOfficesQuery) -> responses.OfficeList:
        """List offices.

        The offices of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_office(self, ctx: C, body: requests.OfficeCreate) -> responses.Office:
        """Create an office.

        Adds an office, at the top or below another one. Its name is unique among its siblings.
        """

    @abstractmethod
    async def get_office(self, ctx: C, office_id: UUID) -> responses.Office:
        """Get an office.

        One office.
        """

    @abstractmethod
    async def update_office(self, ctx: C, office_id: UUID, body: requests.OfficeUpdate) -> responses.Office:
        """Update an office.

        Changes, moves or archives an office. Jobs that refer to an archived one keep doing so.
        """

    @abstractmethod
    async def list_rejection_reasons(
        self, ctx: C, query: requests.ListRejectionReasonsQuery
    ) -> responses.RejectionReasonList:
        """List rejection reasons.

        The rejection reasons of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_rejection_reason(self, ctx: C, body: requests.RejectionReasonCreate) -> responses.RejectionReason:
        """Create a rejection reason.

        Adds a reason why applications end. Its name is unique among those of its kind.
        """

    @abstractmethod
    async def get_rejection_reason(self, ctx: C, rejection_reason_id: UUID) -> responses.RejectionReason:
        """Get a rejection reason.

        One rejection reason.
        """

    @abstractmethod
    async def update_rejection_reason(
        self, ctx: C, rejection_reason_id: UUID, body: requests.RejectionReasonUpdate
    ) -> responses.RejectionReason:
        """Update a rejection reason.

        Renames or archives a reason. An archived one cannot be given any more.
        """

    @abstractmethod
    async def list_sources(self, ctx: C, query: requests.ListSourcesQuery) -> responses.SourceList:
        """List sources.

        The sources of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_source(self, ctx: C, body: requests.SourceCreate) -> responses.Source:
        """Create a source.

        Adds a place where candidates come from. Its name is unique in the organization.
        """

    @abstractmethod
    async def get_source(self, ctx: C, source_id: UUID) -> responses.Source:
        """Get a source.

        One source.
        """

    @abstractmethod
    async def update_source(self, ctx: C, source_id: UUID, body: requests.SourceUpdate) -> responses.Source:
        """Update a source.

        Changes or archives a source. Candidates and applications that refer to an archived one keep doing so.
        """


def routes(
    implementation: OrganizationOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_ORGANIZATION)
    async def get_organization(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_organization)

    @route(router, operations.UPDATE_ORGANIZATION)
    async def update_organization(
        current: Annotated[Call[C], Security(call, scopes=["organization:write"])],
    ) -> Response:
        return await current.answer(implementation.update_organization, current.body(UPDATE_ORGANIZATION))

    @route(router, operations.GET_MODEL_USAGE)
    async def get_model_usage(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_model_usage, current.query(requests.GetModelUsageQuery))

    @route(router, operations.LIST_DEPARTMENTS)
    async def list_departments(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.list_departments, current.query(requests.ListDepartmentsQuery))

    @route(router, operations.CREATE_DEPARTMENT)
    async def create_department(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(implementation.create_department, current.body(CREATE_DEPARTMENT))

    @route(router, operations.GET_DEPARTMENT)
    async def get_department(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_department, current.path("department_id", UUID))

    @route(router, operations.UPDATE_DEPARTMENT)
    async def update_department(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(
            implementation.update_department, current.path("department_id", UUID), current.body(UPDATE_DEPARTMENT)
        )

    @route(router, operations.LIST_OFFICES)
    async def list_offices(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.list_offices, current.query(requests.ListOfficesQuery))

    @route(router, operations.CREATE_OFFICE)
    async def create_office(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(implementation.create_office, current.body(CREATE_OFFICE))

    @route(router, operations.GET_OFFICE)
    async def get_office(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_office, current.path("office_id", UUID))

    @route(router, operations.UPDATE_OFFICE)
    async def update_office(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(
            implementation.update_office, current.path("office_id", UUID), current.body(UPDATE_OFFICE)
        )

    @route(router, operations.LIST_REJECTION_REASONS)
    async def list_rejection_reasons(
        current: Annotated[Call[C], Security(call, scopes=["organization:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_rejection_reasons, current.query(requests.ListRejectionReasonsQuery)
        )

    @route(router, operations.CREATE_REJECTION_REASON)
    async def create_rejection_reason(
        current: Annotated[Call[C], Security(call, scopes=["organization:write"])],
    ) -> Response:
        return await current.answer(implementation.create_rejection_reason, current.body(CREATE_REJECTION_REASON))

    @route(router, operations.GET_REJECTION_REASON)
    async def get_rejection_reason(
        current: Annotated[Call[C], Security(call, scopes=["organization:read"])],
    ) -> Response:
        return await current.answer(implementation.get_rejection_reason, current.path("rejection_reason_id", UUID))

    @route(router, operations.UPDATE_REJECTION_REASON)
    async def update_rejection_reason(
        current: Annotated[Call[C], Security(call, scopes=["organization:write"])],
    ) -> Response:
        return await current.answer(
            implementation.update_rejection_reason,
            current.path("rejection_reason_id", UUID),
            current.body(UPDATE_REJECTION_REASON),
        )

    @route(router, operations.LIST_SOURCES)
    async def list_sources(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.list_sources, current.query(requests.ListSourcesQuery))

    @route(router, operations.CREATE_SOURCE)
    async def create_source(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(implementation.create_source, current.body(CREATE_SOURCE))

    @route(router, operations.GET_SOURCE)
    async def get_source(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_source, current.path("source_id", UUID))

    @route(router, operations.UPDATE_SOURCE)
    async def update_source(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(
            implementation.update_source, current.path("source_id", UUID), current.body(UPDATE_SOURCE)
        )

    return router
