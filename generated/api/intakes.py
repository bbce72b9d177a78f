# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `intakes`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class IntakesOperations(ABC, Generic[C]):
    """One method for each operation of `intakes`."""

    @abstractmethod
    async def list_intakes(self, ctx: C, query: requests.ListIntakesQuery) -> responses.IntakeList:
        """List intakes.

        Applications as they came in from the public side, newest first unless `sort` says otherwise. `status=quarantined,rejected` is
        what waits for a person.
        """

    @abstractmethod
    async def get_intake(self, ctx: C, intake_id: UUID) -> responses.Intake:
        """Get an intake.

        One application as it came in, with its answers, its files, and what became of it.
        """

    @abstractmethod
    async def reprocess_intake(self, ctx: C, intake_id: UUID, query: requests.ReprocessIntakeQuery) -> responses.Intake:
        """Process a rejected intake again.

        Has the worker look again at an intake that could not become an application, once its cause is gone: the job is open again, say.
        """

    @abstractmethod
    async def release_intake(self, ctx: C, intake_id: UUID, query: requests.ReleaseIntakeQuery) -> responses.Intake:
        """Release an intake from quarantine.

        What was held back as spam is processed after all.
        """

    @abstractmethod
    async def discard_intake(self, ctx: C, intake_id: UUID, query: requests.DiscardIntakeQuery) -> responses.Intake:
        """Discard an intake.

        Ends an intake that nothing will become of. What was sent stays readable.
        """


def routes(
    implementation: IntakesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_INTAKES)
    async def list_intakes(current: Annotated[Call[C], Security(call, scopes=["intakes:read"])]) -> Response:
        return await current.answer(implementation.list_intakes, current.query(requests.ListIntakesQuery))

    @route(router, operations.GET_INTAKE)
    async def get_intake(current: Annotated[Call[C], Security(call, scopes=["intakes:read"])]) -> Response:
        return await current.answer(implementation.get_intake, current.path("intake_id", UUID))

    @route(router, operations.REPROCESS_INTAKE)
    async def reprocess_intake(current: Annotated[Call[C], Security(call, scopes=["intakes:write"])]) -> Response:
        return await current.answer(
            implementation.reprocess_intake,
            current.path("intake_id", UUID),
            current.query(requests.ReprocessIntakeQuery),
        )

    @route(router, operations.RELEASE_INTAKE)
    async def release_intake(current: Annotated[Call[C], Security(call, scopes=["intakes:write"])]) -> Response:
        return await current.answer(
            implementation.release_intake, current.path("intake_id", UUID), current.query(requests.ReleaseIntakeQuery)
        )

    @route(router, operations.DISCARD_INTAKE)
    async def discard_intake(current: Annotated[Call[C], Security(call, scopes=["intakes:write"])]) -> Response:
        return await current.answer(
            implementation.discard_intake, current.path("intake_id", UUID), current.query(requests.DiscardIntakeQuery)
        )

    return router
