# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `candidates`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_CANDIDATE: TypeAdapter[requests.CandidateCreate] = TypeAdapter(requests.CandidateCreate)
UPDATE_CANDIDATE: TypeAdapter[requests.CandidateUpdate] = TypeAdapter(requests.CandidateUpdate)
CREATE_CANDIDATE_CONSENT: TypeAdapter[requests.ConsentCreate] = TypeAdapter(requests.ConsentCreate)


class CandidatesOperations(ABC, Generic[C]):
    """One method for each operation of `candidates`."""

    @abstractmethod
    async def list_candidates(self, ctx: C, query: requests.ListCandidatesQuery) -> responses.CandidateList:
        """List candidates.

        The candidates that the actor may see, newest first unless `sort` says otherwise. Addresses, numbers and words are
        looked up by keyed hashes; the profiles themselves stay sealed until they are shown.
        """

    @abstractmethod
    async def create_candidate(self, ctx: C, body: requests.CandidateCreate) -> responses.Candidate:
        """Create a candidate.

        Adds a person. Two candidates may share an address or a name; an `external_id` is unique.
        """

    @abstractmethod
    async def get_candidate(self, ctx: C, candidate_id: UUID) -> responses.Candidate:
        """Get a candidate.

        One person with the whole profile.
        """

    @abstractmethod
    async def update_candidate(self, ctx: C, candidate_id: UUID, body: requests.CandidateUpdate) -> responses.Candidate:
        """Update a candidate.

        Merges the body into the candidate. Lists in the profile are replaced as a whole.
        """

    @abstractmethod
    async def delete_candidate(self, ctx: C, candidate_id: UUID) -> None:
        """Delete a candidate.

        Puts the candidate in quarantine: it is gone for every read but the list with `status=quarantined`, and its applications
        can only be rejected or withdrawn. It can be restored for as many days as the organization's `quarantine_days` say.
        """

    @abstractmethod
    async def list_candidate_timeline(
        self, ctx: C, candidate_id: UUID, query: requests.ListCandidateTimelineQuery
    ) -> responses.TimelineEventList:
        """Read a candidate's timeline.

        Everything that happened to the candidate and the candidate's applications that you may see, newest first: the same events as
        in the feed, which reads them oldest first.
        """

    @abstractmethod
    async def restore_candidate(
        self, ctx: C, candidate_id: UUID, query: requests.RestoreCandidateQuery
    ) -> responses.Candidate:
        """Restore a candidate.

        Takes a deleted candidate out of quarantine, as it was.
        """

    @abstractmethod
    async def list_candidate_consents(
        self, ctx: C, candidate_id: UUID, query: requests.ListCandidateConsentsQuery
    ) -> responses.ConsentList:
        """List the consents of a candidate.

        What the person has agreed to, by purpose, those withdrawn and expired included, newest first unless `sort` says otherwise. For
        each purpose the newest consent is the one that counts (`is_current`): there is consent as long as it is `given`.
        """

    @abstractmethod
    async def create_candidate_consent(
        self, ctx: C, candidate_id: UUID, body: requests.ConsentCreate
    ) -> responses.Consent:
        """Record a consent.

        Records what the person has agreed to. It takes the place of an earlier consent for the same purpose, which is kept.
        """

    @abstractmethod
    async def get_consent(self, ctx: C, consent_id: UUID) -> responses.Consent:
        """Get a consent.

        One consent, with what proves it.
        """

    @abstractmethod
    async def withdraw_consent(
        self, ctx: C, consent_id: UUID, query: requests.WithdrawConsentQuery
    ) -> responses.Consent:
        """Withdraw a consent.

        The person has taken the consent back. It stays in the list as withdrawn; a new one can be recorded at any time.
        """


def routes(
    implementation: CandidatesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_CANDIDATES)
    async def list_candidates(current: Annotated[Call[C], Security(call, scopes=["candidates:read"])]) -> Response:
        return await current.answer(implementation.list_candidates, current.query(requests.ListCandidatesQuery))

    @route(router, operations.CREATE_CANDIDATE)
    async def create_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(implementation.create_candidate, current.body(CREATE_CANDIDATE))

    @route(router, operations.GET_CANDIDATE)
    async def get_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:read"])]) -> Response:
        return await current.answer(implementation.get_candidate, current.path("candidate_id", UUID))

    @route(router, operations.UPDATE_CANDIDATE)
    async def update_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.update_candidate, current.path("candidate_id", UUID), current.body(UPDATE_CANDIDATE)
        )

    @route(router, operations.DELETE_CANDIDATE)
    async def delete_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(implementation.delete_candidate, current.path("candidate_id", UUID))

    @route(router, operations.LIST_CANDIDATE_TIMELINE)
    async def list_candidate_timeline(current: Annotated[Call[C], Security(call, scopes=["events:read"])]) -> Response:
        return await current.answer(
            implementation.list_candidate_timeline,
            current.path("candidate_id", UUID),
            current.query(requests.ListCandidateTimelineQuery),
        )

    @route(router, operations.RESTORE_CANDIDATE)
    async def restore_candidate(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.restore_candidate,
            current.path("candidate_id", UUID),
            current.query(requests.RestoreCandidateQuery),
        )

    @route(router, operations.LIST_CANDIDATE_CONSENTS)
    async def list_candidate_consents(
        current: Annotated[Call[C], Security(call, scopes=["candidates:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_candidate_consents,
            current.path("candidate_id", UUID),
            current.query(requests.ListCandidateConsentsQuery),
        )

    @route(router, operations.CREATE_CANDIDATE_CONSENT)
    async def create_candidate_consent(
        current: Annotated[Call[C], Security(call, scopes=["candidates:write"])],
    ) -> Response:
        return await current.answer(
            implementation.create_candidate_consent,
            current.path("candidate_id", UUID),
            current.body(CREATE_CANDIDATE_CONSENT),
        )

    @route(router, operations.GET_CONSENT)
    async def get_consent(current: Annotated[Call[C], Security(call, scopes=["candidates:read"])]) -> Response:
        return await current.answer(implementation.get_consent, current.path("consent_id", UUID))

    @route(router, operations.WITHDRAW_CONSENT)
    async def withdraw_consent(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.withdraw_consent,
            current.path("consent_id", UUID),
            current.query(requests.WithdrawConsentQuery),
        )

    return router
