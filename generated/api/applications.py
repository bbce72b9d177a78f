# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `applications`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_APPLICATION: TypeAdapter[requests.ApplicationCreate] = TypeAdapter(requests.ApplicationCreate)
UPDATE_APPLICATION: TypeAdapter[requests.ApplicationUpdate] = TypeAdapter(requests.ApplicationUpdate)
MOVE_APPLICATION: TypeAdapter[requests.ApplicationMove] = TypeAdapter(requests.ApplicationMove)
REJECT_APPLICATION: TypeAdapter[requests.ApplicationReject] = TypeAdapter(requests.ApplicationReject)
WITHDRAW_APPLICATION: TypeAdapter[requests.ApplicationWithdraw] = TypeAdapter(requests.ApplicationWithdraw)
HIRE_APPLICATION: TypeAdapter[requests.ApplicationHire] = TypeAdapter(requests.ApplicationHire)
REOPEN_APPLICATION: TypeAdapter[requests.ApplicationReopen] = TypeAdapter(requests.ApplicationReopen)
BULK_APPLICATIONS: TypeAdapter[requests.BulkApplications] = TypeAdapter(requests.BulkApplications)


class ApplicationsOperations(ABC, Generic[C]):
    """One method for each operation of `applications`."""

    @abstractmethod
    async def list_applications(self, ctx: C, query: requests.ListApplicationsQuery) -> responses.ApplicationList:
        """List applications.

        The applications that the actor may see, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_application(self, ctx: C, body: requests.ApplicationCreate) -> responses.Application:
        """Create an application.

        Puts a candidate on a job that is open or still a draft, in its first stage or the one given. A candidate has at most
        one active application on a job.
        """

    @abstractmethod
    async def get_application(
        self, ctx: C, application_id: UUID, query: requests.GetApplicationQuery
    ) -> responses.Application:
        """Get an application.

        One candidacy, with what `include` asks for.
        """

    @abstractmethod
    async def update_application(
        self, ctx: C, application_id: UUID, body: requests.ApplicationUpdate
    ) -> responses.Application:
        """Update an application.

        Changes the source or the external id. Stage and status change by commands.
        """

    @abstractmethod
    async def move_application(
        self, ctx: C, application_id: UUID, query: requests.MoveApplicationQuery, body: requests.ApplicationMove
    ) -> responses.Application:
        """Move an application.

        Moves an active application to another stage of its job, to the next one when the body is empty, or to another job. The
        stay in the old stage ends and that in the new one begins. While an offer is live, the application moves within its job only.
        """

    @abstractmethod
    async def reject_application(
        self, ctx: C, application_id: UUID, query: requests.RejectApplicationQuery, body: requests.ApplicationReject
    ) -> responses.Application:
        """Reject an application.

        Ends an active application by decision of the organization. It keeps its stage. Its offers end with it; one that is out with the
        candidate, or accepted, only with `withdraw_offer`. Its interviews that have not begun are cancelled.
        """

    @abstractmethod
    async def withdraw_application(
        self, ctx: C, application_id: UUID, query: requests.WithdrawApplicationQuery, body: requests.ApplicationWithdraw
    ) -> responses.Application:
        """Withdraw an application.

        Ends an active application by decision of the candidate. It keeps its stage. Its offers end with it; one that is out with the
        candidate, or accepted, only with `withdraw_offer`. Its interviews that have not begun are cancelled.
        """

    @abstractmethod
    async def hire_application(
        self, ctx: C, application_id: UUID, query: requests.HireApplicationQuery, body: requests.ApplicationHire
    ) -> responses.Application:
        """Hire.

        Ends an active application well and fills an opening, the one given or the oldest open one of the job. A job that does
        not require one hires without when none is open. When the last open opening is filled, the job closes if it or the
        organization says so (`auto_close`). A job that demands an offer (`requires_offer`) hires only with one that was accepted.
        An offer that the candidate has not answered yet is in the way; one that never went out is withdrawn. Its interviews that have not
        begun are cancelled.
        """

    @abstractmethod
    async def reopen_application(
        self, ctx: C, application_id: UUID, query: requests.ReopenApplicationQuery, body: requests.ApplicationReopen
    ) -> responses.Application:
        """Reopen an application.

        Makes an ended application active again, in the stage that it was last in or the one given. The opening that a hire
        filled is open again. Interviews that were cancelled with it stay so until they are rescheduled.
        """

    @abstractmethod
    async def bulk_applications(
        self, ctx: C, query: requests.BulkApplicationsQuery, body: requests.BulkApplications
    ) -> list[responses.BulkItem]:
        """Run a command on many applications.

        Runs one command on up to 200 applications. Each succeeds or fails by itself, and the answer says what became of each; a
        reference that does not exist refuses the request as a whole.
        """

    @abstractmethod
    async def list_stage_history(
        self, ctx: C, query: requests.ListStageHistoryQuery
    ) -> responses.StageHistoryEntryList:
        """List the stage history.

        Every stay of every application in a stage, as a flat table to compute with: how long, how many, how far.
        """


def routes(
    implementation: ApplicationsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_APPLICATIONS)
    async def list_applications(current: Annotated[Call[C], Security(call, scopes=["applications:read"])]) -> Response:
        return await current.answer(implementation.list_applications, current.query(requests.ListApplicationsQuery))

    @route(router, operations.CREATE_APPLICATION)
    async def create_application(
        current: Annotated[Call[C], Security(call, scopes=["applications:write"])],
    ) -> Response:
        return await current.answer(implementation.create_application, current.body(CREATE_APPLICATION))

    @route(router, operations.GET_APPLICATION)
    async def get_application(current: Annotated[Call[C], Security(call, scopes=["applications:read"])]) -> Response:
        return await current.answer(
            implementation.get_application,
            current.path("application_id", UUID),
            current.query(requests.GetApplicationQuery),
        )

    @route(router, operations.UPDATE_APPLICATION)
    async def update_application(
        current: Annotated[Call[C], Security(call, scopes=["applications:write"])],
    ) -> Response:
        return await current.answer(
            implementation.update_application, current.path("application_id", UUID), current.body(UPDATE_APPLICATION)
        )

    @route(router, operations.MOVE_APPLICATION)
    async def move_application(current: Annotated[Call[C], Security(call, scopes=["applications:write"])]) -> Response:
        return await current.answer(
            implementation.move_application,
            current.path("application_id", UUID),
            current.query(requests.MoveApplicationQuery),
            current.body(MOVE_APPLICATION),
        )

    @route(router, operations.REJECT_APPLICATION)
    async def reject_application(
        current: Annotated[Call[C], Security(call, scopes=["applications:write"])],
    ) -> Response:
        return await current.answer(
            implementation.reject_application,
            current.path("application_id", UUID),
            current.query(requests.RejectApplicationQuery),
            current.body(REJECT_APPLICATION),
        )

    @route(router, operations.WITHDRAW_APPLICATION)
    async def withdraw_application(
        current: Annotated[Call[C], Security(call, scopes=["applications:write"])],
    ) -> Response:
        return await current.answer(
            implementation.withdraw_application,
            current.path("application_id", UUID),
            current.query(requests.WithdrawApplicationQuery),
            current.body(WITHDRAW_APPLICATION),
        )

    @route(router, operations.HIRE_APPLICATION)
    async def hire_application(current: Annotated[Call[C], Security(call, scopes=["applications:write"])]) -> Response:
        return await current.answer(
            implementation.hire_application,
            current.path("application_id", UUID),
            current.query(requests.HireApplicationQuery),
            current.body(HIRE_APPLICATION),
        )

    @route(router, operations.REOPEN_APPLICATION)
    async def reopen_application(
        current: Annotated[Call[C], Security(call, scopes=["applications:write"])],
    ) -> Response:
        return await current.answer(
            implementation.reopen_application,
            current.path("application_id", UUID),
            current.query(requests.ReopenApplicationQuery),
            current.body(REOPEN_APPLICATION),
        )

    @route(router, operations.BULK_APPLICATIONS)
    async def bulk_applications(current: Annotated[Call[C], Security(call, scopes=["applications:write"])]) -> Response:
        return await current.answer(
            implementation.bulk_applications,
            current.query(requests.BulkApplicationsQuery),
            current.body(BULK_APPLICATIONS),
        )

    @route(router, operations.LIST_STAGE_HISTORY)
    async def list_stage_history(current: Annotated[Call[C], Security(call, scopes=["applications:read"])]) -> Response:
        return await current.answer(implementation.list_stage_history, current.query(requests.ListStageHistoryQuery))

    return router
