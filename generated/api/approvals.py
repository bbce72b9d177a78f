# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `approvals`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_APPROVAL_POLICY: TypeAdapter[requests.ApprovalPolicyCreate] = TypeAdapter(requests.ApprovalPolicyCreate)
UPDATE_APPROVAL_POLICY: TypeAdapter[requests.ApprovalPolicyUpdate] = TypeAdapter(requests.ApprovalPolicyUpdate)
DECIDE_APPROVAL: TypeAdapter[requests.ApprovalDecide] = TypeAdapter(requests.ApprovalDecide)


class ApprovalsOperations(ABC, Generic[C]):
    """One method for each operation of `approvals`."""

    @abstractmethod
    async def list_approval_policies(
        self, ctx: C, query: requests.ListApprovalPoliciesQuery
    ) -> responses.ApprovalPolicyList:
        """List approval policies.

        The policies of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_approval_policy(self, ctx: C, body: requests.ApprovalPolicyCreate) -> responses.ApprovalPolicy:
        """Create an approval policy.

        Asks from now on for approval before jobs open, or before offers go out. Of the policies in use, one for the department
        of the job comes before one for all, and the oldest of them counts; what was asked for already goes on as it was.
        Approvers are active users whose role may decide.
        """

    @abstractmethod
    async def get_approval_policy(self, ctx: C, policy_id: UUID) -> responses.ApprovalPolicy:
        """Get an approval policy.

        One policy with its steps.
        """

    @abstractmethod
    async def update_approval_policy(
        self, ctx: C, policy_id: UUID, body: requests.ApprovalPolicyUpdate
    ) -> responses.ApprovalPolicy:
        """Update an approval policy.

        Changes what is asked for from now on; an approval that is pending goes on with the steps that it began with. An
        archived policy asks for nothing.
        """

    @abstractmethod
    async def request_job_approval(self, ctx: C, job_id: UUID) -> responses.Approval:
        """Ask for the approval of a job.

        Asks the approvers of the policy that fits whether a draft may be opened. Once all steps have approved, `open_job` opens
        it; what is changed in between does not take the approval away. Who is not active, may not decide, may not see the job
        or (unless the policy allows it) asks is passed over; a step that has nobody else refuses.
        """

    @abstractmethod
    async def list_approvals(self, ctx: C, query: requests.ListApprovalsQuery) -> responses.ApprovalList:
        """List approvals.

        What was asked for and how it was decided, newest first unless `sort` says otherwise. `awaits_me=true` lists what waits
        for a decision of yours.
        """

    @abstractmethod
    async def get_approval(self, ctx: C, approval_id: UUID) -> responses.Approval:
        """Get an approval.

        One approval with every vote.
        """

    @abstractmethod
    async def decide_approval(
        self, ctx: C, approval_id: UUID, query: requests.DecideApprovalQuery, body: requests.ApprovalDecide
    ) -> responses.Approval:
        """Approve or reject.

        Votes in the current step. A step that requires `any` is done with the first yes, one that requires `all` with
        everybody's; an approver who was deactivated since is not waited for, and where nobody is left of a step, cancel and ask
        again. The last step approves the offer, or lets the job be opened. One no rejects the whole, and an offer is a draft
        again. Only the approvers vote, as users: an API key never does.
        """

    @abstractmethod
    async def cancel_approval(
        self, ctx: C, approval_id: UUID, query: requests.CancelApprovalQuery
    ) -> responses.Approval:
        """Cancel an approval.

        Takes the question back; an offer is a draft again.
        """


def routes(
    implementation: ApprovalsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_APPROVAL_POLICIES)
    async def list_approval_policies(
        current: Annotated[Call[C], Security(call, scopes=["approvals:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_approval_policies, current.query(requests.ListApprovalPoliciesQuery)
        )

    @route(router, operations.CREATE_APPROVAL_POLICY)
    async def create_approval_policy(
        current: Annotated[Call[C], Security(call, scopes=["approvals:write", "organization:write"])],
    ) -> Response:
        return await current.answer(implementation.create_approval_policy, current.body(CREATE_APPROVAL_POLICY))

    @route(router, operations.GET_APPROVAL_POLICY)
    async def get_approval_policy(current: Annotated[Call[C], Security(call, scopes=["approvals:read"])]) -> Response:
        return await current.answer(implementation.get_approval_policy, current.path("policy_id", UUID))

    @route(router, operations.UPDATE_APPROVAL_POLICY)
    async def update_approval_policy(
        current: Annotated[Call[C], Security(call, scopes=["approvals:write", "organization:write"])],
    ) -> Response:
        return await current.answer(
            implementation.update_approval_policy, current.path("policy_id", UUID), current.body(UPDATE_APPROVAL_POLICY)
        )

    @route(router, operations.REQUEST_JOB_APPROVAL)
    async def request_job_approval(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(implementation.request_job_approval, current.path("job_id", UUID))

    @route(router, operations.LIST_APPROVALS)
    async def list_approvals(current: Annotated[Call[C], Security(call, scopes=["approvals:read"])]) -> Response:
        return await current.answer(implementation.list_approvals, current.query(requests.ListApprovalsQuery))

    @route(router, operations.GET_APPROVAL)
    async def get_approval(current: Annotated[Call[C], Security(call, scopes=["approvals:read"])]) -> Response:
        return await current.answer(implementation.get_approval, current.path("approval_id", UUID))

    @route(router, operations.DECIDE_APPROVAL)
    async def decide_approval(current: Annotated[Call[C], Security(call, scopes=["approvals:write"])]) -> Response:
        return await current.answer(
            implementation.decide_approval,
            current.path("approval_id", UUID),
            current.query(requests.DecideApprovalQuery),
            current.body(DECIDE_APPROVAL),
        )

    @route(router, operations.CANCEL_APPROVAL)
    async def cancel_approval(
        current: Annotated[Call[C], Security(call, scopes=["approvals:write", "jobs:write"])],
    ) -> Response:
        return await current.answer(
            implementation.cancel_approval,
            current.path("approval_id", UUID),
            current.query(requests.CancelApprovalQuery),
        )

    return router
