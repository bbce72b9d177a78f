# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `duplicates`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, responses
from generated.contract import C, Call, CallDependency, route


class DuplicatesOperations(ABC, Generic[C]):
    """One method for each operation of `duplicates`."""

    @abstractmethod
    async def list_candidate_duplicates(self, ctx: C, candidate_id: UUID) -> list[responses.CandidateDuplicate]:
        """List likely duplicates.

        The active candidates, among those that the actor may see, who may be the same person as this one; the likeliest first, at
        the most 50.

        They are found by a shared e-mail address, a shared phone number or a word of the name (the last only where the organization's
        `full_text_search` is on, among the hundred best matches), and the newest 500 of them are compared. Each thing that agrees has a weight: the same
        e-mail address 0.9, the same link 0.8, the same phone number 0.7, and a similar name up to 0.5: `0.5 × (similarity − 80) / 20`,
        where the similarity is 0 to 100, compares the sorted words of both names without regard to case, and has to be 85 or more. The
        weights count as independent evidence: `score = round(100 × (1 − Π(1 − weight)))`.
        """


def routes(
    implementation: DuplicatesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_CANDIDATE_DUPLICATES)
    async def list_candidate_duplicates(
        current: Annotated[Call[C], Security(call, scopes=["candidates:read"])],
    ) -> Response:
        return await current.answer(implementation.list_candidate_duplicates, current.path("candidate_id", UUID))

    return router
