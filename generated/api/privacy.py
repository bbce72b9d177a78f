# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `privacy`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import enums, operations, requests, responses
from generated.contract import C, Call, CallDependency, route

PUT_RETENTION_POLICY: TypeAdapter[requests.RetentionPolicyPut] = TypeAdapter(requests.RetentionPolicyPut)
PLACE_LEGAL_HOLD: TypeAdapter[requests.LegalHoldCreate] = TypeAdapter(requests.LegalHoldCreate)


class PrivacyOperations(ABC, Generic[C]):
    """One method for each operation of `privacy`."""

    @abstractmethod
    async def anonymize_candidate(
        self, ctx: C, candidate_id: UUID, query: requests.AnonymizeCandidateQuery
    ) -> responses.Candidate:
        """Anonymize a candidate.

        Takes the person out of the data, for good. The profile, the `external_id`, tags, notes, messages, free texts of applications,
        interviews and scorecards, the search index and kept answers of idempotency keys go, also of what was merged into the candidate.
        The applications with their history, statuses and numbers stay, so that every report reads as before. The candidate can still be
        read: its status is `anonymized` and its profile null. Nothing can be added to it any more.

        Refused with 409 `legal_hold` as long as a hold is on the candidate.
        """

    @abstractmethod
    async def erase_candidate(
        self, ctx: C, candidate_id: UUID, query: requests.EraseCandidateQuery
    ) -> responses.Candidate:
        """Erase a candidate.

        Does what anonymizing does, and leaves of the candidate itself nothing but the id and when it was erased: every operation with
        that id in its path answers 410 from then on. Applications stay as numbers under the id. An active, a quarantined and an
        anonymized candidate can be erased; a quarantined one is erased by itself once `purge_at` has passed.

        Refused with 409 `legal_hold` as long as a hold is on the candidate.
        """

    @abstractmethod
    async def list_retention_policies(self, ctx: C) -> list[responses.RetentionPolicy]:
        """List the retention policies.

        For how long candidates are kept, by how their last application ended. An outcome that has no policy is kept without end.

        A policy is about the active candidates whose application that ended last has its outcome (`no_application`: who has none) and who
        have no active application. One is due when the local date, in the time zone of the organization, is `after_days` days or more behind
        that of the last activity: the latest of the last change of the candidate, the end of an application, a note and a message. Whoever
        is due is anonymized or erased, as `action` says. A legal hold wins. The worker runs the enabled policies every night.
        """

    @abstractmethod
    async def get_retention_policy(self, ctx: C, outcome: enums.RetentionOutcome) -> responses.RetentionPolicy:
        """Get a retention policy.

        The policy of one outcome; 404 while it has none.
        """

    @abstractmethod
    async def put_retention_policy(
        self, ctx: C, outcome: enums.RetentionOutcome, body: requests.RetentionPolicyPut
    ) -> responses.RetentionPolicy:
        """Set a retention policy.

        Makes or replaces the policy of one outcome. The worker runs it only while it is enabled; look first, with the dry run of
        `run_retention_policy`, whom it would touch. A stale `If-Match` is refused; one for a policy that is not there yet, too.
        """

    @abstractmethod
    async def run_retention_policy(
        self, ctx: C, outcome: enums.RetentionOutcome, query: requests.RunRetentionPolicyQuery
    ) -> responses.RetentionRun:
        """Run a retention policy now.

        Anonymizes or erases up to 50 of the candidates who are due now, those first who were made first, whether the policy is enabled or not;
        while `has_more` is true, run it again. With `dry_run=true` it shows whom a run would touch and touches nobody.
        """

    @abstractmethod
    async def export_candidate(self, ctx: C, candidate_id: UUID) -> responses.CandidateExport:
        """Export what is kept about a candidate.

        Everything that is kept about the person, for the person (Art. 15 and 20 GDPR): the profile, also of candidates that were merged
        into this one, and each row of every table that is about it, with what is sealed opened: applications with their history, notes,
        messages, interviews, scorecards, offers, what came in from the public side with its files' names, tags, consents and the events.
        It can be read while the candidate is in quarantine, too.

        Left out are, as Art. 15 (4) protects others and their defence: notes with the visibility `admin_only`, legal holds, and
        what is only made to find something by (hashes and indexes). The values of private custom fields are there for who holds
        `custom_fields:private`, as administrators do.
        """

    @abstractmethod
    async def list_legal_holds(
        self, ctx: C, candidate_id: UUID, query: requests.ListLegalHoldsQuery
    ) -> responses.LegalHoldList:
        """List the legal holds on a candidate.

        The holds that are or were on the candidate, newest first. They can be read while it is in quarantine, too.
        """

    @abstractmethod
    async def place_legal_hold(self, ctx: C, candidate_id: UUID, body: requests.LegalHoldCreate) -> responses.LegalHold:
        """Place a legal hold on a candidate.

        As long as a hold is on a candidate, it is neither anonymized nor erased, by nobody and no rule: not by request, not at the end of
        the quarantine, not by retention. A candidate may have several; each has its reason.
        """

    @abstractmethod
    async def get_legal_hold(self, ctx: C, legal_hold_id: UUID) -> responses.LegalHold:
        """Get a legal hold.

        One hold with its reason.
        """

    @abstractmethod
    async def release_legal_hold(
        self, ctx: C, legal_hold_id: UUID, query: requests.ReleaseLegalHoldQuery
    ) -> responses.LegalHold:
        """Release a legal hold.

        Ends the hold; it stays in the list with the time of its release.
        """


def routes(
    implementation: PrivacyOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.ANONYMIZE_CANDIDATE)
    async def anonymize_candidate(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.anonymize_candidate,
            current.path("candidate_id", UUID),
            current.query(requests.AnonymizeCandidateQuery),
        )

    @route(router, operations.ERASE_CANDIDATE)
    async def erase_candidate(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.erase_candidate,
            current.path("candidate_id", UUID),
            current.query(requests.EraseCandidateQuery),
        )

    @route(router, operations.LIST_RETENTION_POLICIES)
    async def list_retention_policies(current: Annotated[Call[C], Security(call, scopes=["privacy:read"])]) -> Response:
        return await current.answer(implementation.list_retention_policies)

    @route(router, operations.GET_RETENTION_POLICY)
    async def get_retention_policy(current: Annotated[Call[C], Security(call, scopes=["privacy:read"])]) -> Response:
        return await current.answer(
            implementation.get_retention_policy, current.path("outcome", enums.RetentionOutcome)
        )

    @route(router, operations.PUT_RETENTION_POLICY)
    async def put_retention_policy(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.put_retention_policy,
            current.path("outcome", enums.RetentionOutcome),
            current.body(PUT_RETENTION_POLICY),
        )

    @route(router, operations.RUN_RETENTION_POLICY)
    async def run_retention_policy(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.run_retention_policy,
            current.path("outcome", enums.RetentionOutcome),
            current.query(requests.RunRetentionPolicyQuery),
        )

    @route(router, operations.EXPORT_CANDIDATE)
    async def export_candidate(current: Annotated[Call[C], Security(call, scopes=["privacy:export"])]) -> Response:
        return await current.answer(implementation.export_candidate, current.path("candidate_id", UUID))

    @route(router, operations.LIST_LEGAL_HOLDS)
    async def list_legal_holds(current: Annotated[Call[C], Security(call, scopes=["privacy:read"])]) -> Response:
        return await current.answer(
            implementation.list_legal_holds,
            current.path("candidate_id", UUID),
            current.query(requests.ListLegalHoldsQuery),
        )

    @route(router, operations.PLACE_LEGAL_HOLD)
    async def place_legal_hold(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.place_legal_hold, current.path("candidate_id", UUID), current.body(PLACE_LEGAL_HOLD)
        )

    @route(router, operations.GET_LEGAL_HOLD)
    async def get_legal_hold(current: Annotated[Call[C], Security(call, scopes=["privacy:read"])]) -> Response:
        return await current.answer(implementation.get_legal_hold, current.path("legal_hold_id", UUID))

    @route(router, operations.RELEASE_LEGAL_HOLD)
    async def release_legal_hold(current: Annotated[Call[C], Security(call, scopes=["privacy:write"])]) -> Response:
        return await current.answer(
            implementation.release_legal_hold,
            current.path("legal_hold_id", UUID),
            current.query(requests.ReleaseLegalHoldQuery),
        )

    return router
