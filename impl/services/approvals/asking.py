"""Asking for approval, and taking the question back: what the operations of jobs, offers and applications call."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from generated.enums import ActorType, ApprovalStatus, ApprovalSubject, JobStatus
from impl import models
from impl.core.context import Context
from impl.models.approval import ApprovalNotRequired, ApprovalPending, ApprovalRequired, NoApprover
from impl.models.job import JobTransitionRefused
from impl.services.approvals import queries


async def of_offer(ctx: Context, offer: models.Offer) -> models.Approval | None:
    """Ask for the approval of a locked offer; None when no policy wants that."""
    job = await ctx.refer(models.Job, offer.job_id, "/job_id")
    policy = await _policy(ctx, ApprovalSubject.OFFER, job)
    if policy is None:
        return None
    about = {name: getattr(offer, name) for name in ("job_id", "application_id", "candidate_id")}
    return await _ask(ctx, policy, {**about, "offer_id": offer.id})


async def of_job(ctx: Context, job: models.Job) -> models.Approval:
    """Ask for the approval of a locked job."""
    if job.status != JobStatus.DRAFT:
        raise JobTransitionRefused("Only a draft is approved.", current_status=job.status, allowed=[])
    asked = await _of(ctx, job)
    for each in asked:
        if each.status == ApprovalStatus.PENDING:
            raise ApprovalPending("Wait for it, or cancel it.", conflicting_id=each.id)
    policy = await _policy(ctx, ApprovalSubject.JOB, job)
    if policy is None:
        raise ApprovalNotRequired("No policy asks for it.", allowed=["open_job"])
    if any(each.status == ApprovalStatus.APPROVED for each in asked):
        raise ApprovalNotRequired("The job is approved.", allowed=["open_job"])
    return await _ask(ctx, policy, {"job_id": job.id})


async def expect_approved(ctx: Context, job: models.Job) -> None:
    """A locked draft may be opened: it was approved, or no policy asks for that."""
    if job.status != JobStatus.DRAFT or await _policy(ctx, ApprovalSubject.JOB, job) is None:
        return
    statuses = {each.status for each in await _of(ctx, job)}
    if ApprovalStatus.APPROVED in statuses:
        return
    if ApprovalStatus.PENDING in statuses:
        raise ApprovalRequired("The approval is pending.", allowed=["decide_approval"])
    raise ApprovalRequired("A policy asks for the approval of this job.", allowed=["request_job_approval"])


async def cancel_of_offer(ctx: Context, offer: models.Offer, command: str) -> None:
    """Nobody need decide on a locked offer any more."""
    is_asked = (models.Approval.offer_id == offer.id, models.Approval.status == ApprovalStatus.PENDING)
    for approval in await ctx.all(models.Approval, *is_asked, lock=True):
        before = approval.status
        approval.cancel(command)
        ctx.record("approval.cancelled", approval, status=(before, approval.status))


async def _of(ctx: Context, job: models.Job) -> list[models.Approval]:
    return await ctx.all(models.Approval, models.Approval.job_id == job.id, models.Approval.offer_id.is_(None))


async def _policy(ctx: Context, subject: ApprovalSubject, job: models.Job) -> Any:
    """The policy that counts, as a row; None when there is none."""
    return await ctx.row(queries.FITTING, subject=subject.value, department_id=job.department_id)


async def _ask(ctx: Context, policy: Any, about: Mapping[str, UUID]) -> models.Approval:
    steps = policy["steps"]
    asked = [await _approvers(ctx, policy, about["job_id"], number) for number in range(1, len(steps) + 1)]
    approval = await ctx.insert(
        models.Approval,
        subject=ApprovalSubject.OFFER if "offer_id" in about else ApprovalSubject.JOB,
        policy_id=policy["id"],
        requirements=[step["requires"] for step in steps],
        requested_by_type=ActorType(ctx.actor.type),
        requested_by_id=ctx.actor.recorded_id,
        **about,
    )
    of_person = {name: value for name, value in about.items() if name != "offer_id"}
    for number, user_ids in enumerate(asked, 1):
        for user_id in user_ids:
            await ctx.insert(models.ApprovalVote, approval_id=approval.id, step=number, user_id=user_id, **of_person)
    ctx.record("approval.requested", approval, status=(None, approval.status))
    return approval


async def _approvers(ctx: Context, policy: Any, job_id: UUID, number: int) -> list[UUID]:
    """Who of a step can decide now; who cannot is passed over."""
    wanted = [UUID(user_id) for user_id in policy["steps"][number - 1]["approver_ids"]]
    rows = await ctx.rows(queries.DECIDERS_ON, user_ids=wanted, job_id=job_id)
    able = {row["id"] for row in rows}
    if not policy["allow_self_approval"]:
        able.discard(ctx.actor.recorded_id)
    if not able:
        message = f"Nobody of step {number} is active, may decide, sees the job and is not who asks."
        raise NoApprover(message, conflicting_id=policy["id"])
    return [user_id for user_id in wanted if user_id in able]
