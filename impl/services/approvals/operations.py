"""Approval policies, and the approvals that they ask for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from generated import requests, responses
from generated.api.approvals import ApprovalsOperations
from generated.enums import ActorType, ApprovalDecision, ApprovalRequirement, ApprovalStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound, ReferenceNotFound
from impl.core.shape import shaped
from impl.lib.problems import FieldError
from impl.models.approval import ApproverNotEligible
from impl.models.base import NameTaken
from impl.services.approvals import asking, queries

ABSENT = "Check the id; it may also belong to something that you may not see."


class Approvals(ApprovalsOperations[Context]):
    """Who must say yes, and what they have said."""

    async def list_approval_policies(
        self, ctx: Context, query: requests.ListApprovalPoliciesQuery
    ) -> responses.ApprovalPolicyList:
        rows, page = await ctx.page(queries.POLICIES, query)
        return responses.ApprovalPolicyList(data=[responses.ApprovalPolicy(**row) for row in rows], page=page)

    async def create_approval_policy(
        self, ctx: Context, body: requests.ApprovalPolicyCreate
    ) -> responses.ApprovalPolicy:
        values = await _policy_values(ctx, body)
        await _expect_new_name(ctx, body.name)
        policy = await ctx.insert(models.ApprovalPolicy, **values)
        ctx.record("approval_policy.created", policy, name=(None, policy.name), subject=(None, policy.subject))
        return shaped(responses.ApprovalPolicy, policy)

    async def get_approval_policy(self, ctx: Context, policy_id: UUID) -> responses.ApprovalPolicy:
        row = await ctx.row(queries.ONE_POLICY, id=policy_id)
        if row is None:
            raise NotFound(ABSENT)
        return responses.ApprovalPolicy(**row)

    async def update_approval_policy(
        self, ctx: Context, policy_id: UUID, body: requests.ApprovalPolicyUpdate
    ) -> responses.ApprovalPolicy:
        policy = await ctx.load(models.ApprovalPolicy, policy_id, lock=True)
        values = await _policy_values(ctx, body)
        if values.get("name", policy.name) != policy.name:
            await _expect_new_name(ctx, values["name"])
        changes = patch.apply(policy, values)
        if changes:
            told = {name: change for name, change in changes.items() if name != "steps"}
            ctx.record("approval_policy.updated", policy, **told)
        return shaped(responses.ApprovalPolicy, policy)

    async def request_job_approval(self, ctx: Context, job_id: UUID) -> responses.Approval:
        job = await ctx.load(models.Job, job_id, lock=True)
        return await _shown(ctx, await asking.of_job(ctx, job))

    async def list_approvals(self, ctx: Context, query: requests.ListApprovalsQuery) -> responses.ApprovalList:
        fixed: dict[str, Any] = {}
        if "awaits_me" in query.model_fields_set:
            fixed = {"reader_id": ctx.actor.holder_id, "waits": query.awaits_me}
        rows, page = await ctx.page(queries.APPROVALS, query, **fixed)
        votes = await _votes(ctx, [row["id"] for row in rows])
        return responses.ApprovalList(data=[_approval(ctx, row, votes[row["id"]]) for row in rows], page=page)

    async def get_approval(self, ctx: Context, approval_id: UUID) -> responses.Approval:
        row = await _found(ctx, approval_id)
        return _approval(ctx, row, (await _votes(ctx, [approval_id]))[approval_id])

    async def decide_approval(
        self, ctx: Context, approval_id: UUID, query: requests.DecideApprovalQuery, body: requests.ApprovalDecide
    ) -> responses.Approval:
        approval, offer = await _locked(ctx, approval_id)
        before = {"status": approval.status, "current_step": approval.current_step}
        votes = await ctx.all(models.ApprovalVote, models.ApprovalVote.approval_id == approval.id)
        vote = approval.vote_of(votes, ctx.actor.user_id)
        comment = patch.given(body).get("comment")
        sealed = None if comment is None else ctx.seal(models.ApprovalVote, "comment", vote.id, comment.encode())
        vote.cast(ApprovalDecision(body.decision), sealed)
        rows = await ctx.rows(queries.DECIDERS_ON, user_ids=[each.user_id for each in votes], job_id=approval.job_id)
        approval.count(votes, {row["id"] for row in rows})
        changes = {name: (value, getattr(approval, name)) for name, value in before.items()}
        ctx.record("approval.decided", approval, decision=(None, vote.decision), **changes)
        _tell(ctx, approval, offer, "decide_approval")
        return await _shown(ctx, approval)

    async def cancel_approval(
        self, ctx: Context, approval_id: UUID, query: requests.CancelApprovalQuery
    ) -> responses.Approval:
        approval, offer = await _locked(ctx, approval_id)
        before = approval.status
        approval.cancel()
        ctx.record("approval.cancelled", approval, status=(before, approval.status))
        _tell(ctx, approval, offer, "cancel_approval")
        return await _shown(ctx, approval)


async def _policy_values(ctx: Context, body: BaseModel) -> dict[str, Any]:
    """The fields that the caller sent, as the columns hold them; every approver can decide."""
    values = patch.given(body)
    if values.get("department_id") is not None:
        await ctx.refer(models.Department, values["department_id"], "/department_id")
    if "steps" in values:
        places = [
            (f"/steps/{number}/approver_ids/{place}", user_id)
            for number, step in enumerate(values["steps"])
            for place, user_id in enumerate(step.approver_ids)
        ]
        await _expect_deciders(ctx, places)
        values["steps"] = [step.model_dump(mode="json") for step in values["steps"]]
    return values


async def _expect_deciders(ctx: Context, places: Sequence[tuple[str, UUID]]) -> None:
    user_ids = [user_id for _, user_id in places]
    known = {row["id"] for row in await ctx.rows(queries.USERS, user_ids=user_ids)}
    unknown = [pointer for pointer, user_id in places if user_id not in known]
    if unknown:
        message = "No such resource, or not yours to see."
        raise ReferenceNotFound(errors=[FieldError(at, "reference_not_found", message) for at in unknown[:50]])
    able = {row["id"] for row in await ctx.rows(queries.DECIDERS, user_ids=user_ids)}
    unfit = [pointer for pointer, user_id in places if user_id not in able]
    if unfit:
        message = "Not an active user whose role may decide."
        errors = [FieldError(at, ApproverNotEligible.code, message) for at in unfit[:50]]
        raise ApproverNotEligible("Choose active users whose role may decide.", errors=errors)


async def _expect_new_name(ctx: Context, name: str) -> None:
    if await ctx.all(models.ApprovalPolicy, models.ApprovalPolicy.name == name):
        raise NameTaken("Choose another name.")


async def _found(ctx: Context, approval_id: UUID) -> Any:
    row = await ctx.row(queries.ONE_APPROVAL, id=approval_id)
    if row is None:
        raise NotFound(ABSENT)
    return row


async def _locked(ctx: Context, approval_id: UUID) -> tuple[models.Approval, models.Offer | None]:
    """The approval, and the offer that it is about. What it is about is locked first, as its own commands do."""
    row = await _found(ctx, approval_id)
    if row["offer_id"] is None:
        await ctx.refer(models.Job, row["job_id"], "/job_id", lock=True)
        offer = None
    else:
        offer = await ctx.refer(models.Offer, row["offer_id"], "/offer_id", lock=True)
    return await ctx.load(models.Approval, approval_id, lock=True), offer


def _tell(ctx: Context, approval: models.Approval, offer: models.Offer | None, command: str) -> None:
    """Let the offer follow its approval, once that has ended."""
    if offer is None or approval.status == ApprovalStatus.PENDING:
        return
    before = offer.status
    offer.follow(command, is_approved=approval.status == ApprovalStatus.APPROVED)
    event = "offer.approved" if approval.status == ApprovalStatus.APPROVED else "offer.returned"
    ctx.record(event, offer, status=(before, offer.status))


async def _votes(ctx: Context, approval_ids: list[UUID]) -> Mapping[UUID, list[Any]]:
    """The votes of each approval, step by step."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in await ctx.rows(queries.VOTES, ids=approval_ids):
        found[row["approval_id"]].append(row)
    return found


async def _shown(ctx: Context, approval: models.Approval) -> responses.Approval:
    """The approval as it is after the changes of this call."""
    await ctx.connection.flush()
    return _approval(ctx, vars(approval), (await _votes(ctx, [approval.id]))[approval.id])


def _approval(ctx: Context, row: Mapping[str, Any], votes: Sequence[Any]) -> responses.Approval:
    own = ("id", "subject", "job_id", "offer_id", "application_id", "candidate_id", "policy_id", "status")
    more = ("current_step", "ended_at", "created_at", "updated_at", "version")
    steps = [
        responses.ApprovalStep(
            position=position,
            requires=ApprovalRequirement(requires),
            votes=[_vote(ctx, vote) for vote in votes if vote["step"] == position],
        )
        for position, requires in enumerate(row["requirements"], 1)
    ]
    asker = responses.Actor(type=ActorType(row["requested_by_type"]), id=row["requested_by_id"])
    return responses.Approval(**{name: row[name] for name in (*own, *more)}, steps=steps, requested_by=asker)


def _vote(ctx: Context, row: Mapping[str, Any]) -> responses.ApprovalVote:
    sealed = row["comment_sealed"]
    comment = None if sealed is None else ctx.unseal(models.ApprovalVote, "comment", row["id"], sealed).decode()
    return responses.ApprovalVote(
        user_id=row["user_id"], decision=row["decision"], comment=comment, decided_at=row["decided_at"]
    )
