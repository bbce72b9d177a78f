# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `duplicates`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

MERGE_CANDIDATES: TypeAdapter[requests.CandidateMergeCreate] = TypeAdapter(requests.CandidateMergeCreate)


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

    @abstractmethod
    async def merge_candidates(
        self, ctx: C, candidate_id: UUID, query: requests.MergeCandidatesQuery, body: requests.CandidateMergeCreate
    ) -> responses.CandidateMerge:
        """Merge a duplicate into a candidate.

        Makes two candidates one. The candidate of the path survives: the duplicate's applications with their history, its notes, messages
        and everything else that is about the person go over to it, and a ledger keeps which rows those were, for `unmerge`. In the profile the
        survivor's values win; what it lacks comes from the duplicate, and e-mail addresses, phone numbers, addresses and links are united, up
        to what a profile can hold.

        The duplicate's id answers every reading with 308 to the survivor, to actors who see the whole organization, and every change with 409
        `candidate_merged`. The events of before stay where they happened: the feed reads them by the duplicate's `candidate_id`. Its
        `external_id` stays taken.

        Where both have an active application on the same job the merge is refused (`duplicate_application`), unless `withdraw_duplicates`
        is true: then those of the duplicate are withdrawn first, unless an offer on one is out (`offer_outstanding`).
        """

    @abstractmethod
    async def unmerge_candidate(
        self, ctx: C, candidate_id: UUID, query: requests.UnmergeCandidateQuery
    ) -> responses.Candidate:
        """Undo a merge.

        Makes the merged candidate of the path a candidate of its own again. What the merge moved goes back, as far as it is still the
        survivor's, and so does what was added meanwhile to an application that goes back. What was written about the survivor since
        stays there. Of the profile, what the merge had added to the survivor's is taken out where it is still as it was added. Applications
        that the merge withdrew stay withdrawn.

        Where several candidates were merged one into the next, the last merge is undone first.
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

    @route(router, operations.MERGE_CANDIDATES)
    async def merge_candidates(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.merge_candidates,
            current.path("candidate_id", UUID),
            current.query(requests.MergeCandidatesQuery),
            current.body(MERGE_CANDIDATES),
        )

    @route(router, operations.UNMERGE_CANDIDATE)
    async def unmerge_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.unmerge_candidate,
            current.path("candidate_id", UUID),
            current.query(requests.UnmergeCandidateQuery),
        )

    return router
