"""What the commands on one application do; single and bulk operations call the same."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from generated.enums import (
    ApplicationStatus,
    CustomFieldTarget,
    JobCloseReason,
    JobStatus,
    MessageKind,
    OfferStatus,
    OpeningStatus,
    RejectionReasonKind,
)
from impl import models
from impl.core.context import Context
from impl.core.problems import MissingScope
from impl.lib import clock
from impl.models.application import (
    DuplicateApplication,
    NoNextStage,
    OpeningOfOtherJob,
    OpeningRequired,
    StageOfOtherJob,
)
from impl.models.candidate import CandidateNotActive
from impl.models.offer import LIVE, OfferOfOtherApplication, OfferRequired
from impl.services.applications import queries
from impl.services.custom_fields import values as custom
from impl.services.interviews.cancelling import cancel_upcoming
from impl.services.jobs import closing
from impl.services.messages.outbox import Notifier

JOBS_WRITE = "jobs:write"


async def begin(
    ctx: Context, *, applied_at: datetime, fields: custom.Change | None = None, **values: Any
) -> models.Application:
    """A new application in its first stay; whether the candidate may be on the job has been looked at."""
    fields = fields or custom.nothing(CustomFieldTarget.APPLICATION)
    stored = {"applied_at": applied_at, "stage_entered_at": applied_at, **values}
    application = await custom.insert(ctx, models.Application, fields, **stored)
    await open_stay(ctx, application, applied_at)
    ctx.record("application.created", application, **fields.told)
    return application


async def move(
    ctx: Context,
    application: models.Application,
    *,
    to_stage_id: UUID | None = None,
    to_job_id: UUID | None = None,
    occurred_at: datetime | None = None,
) -> None:
    """Enter the stage named, or the first one of another job, or the next one of its own."""
    application.expect_active("move_application")
    await _expect_candidate(ctx, application)
    before_job, before_stage = application.job_id, application.stage_id
    job_id = to_job_id or application.job_id
    if job_id != application.job_id:
        job = await ctx.refer(models.Job, job_id, "/to_job_id")
        job.expect_accepting()
        await _expect_only(ctx, application, job_id)
        await closing.expect_no_live_offer(ctx, application)
    stage = await _target_stage(ctx, application, job_id, to_stage_id)
    at = occurred_at or clock.now()
    application.move_to(stage, at)
    if job_id != before_job:
        about = {"organization_id_": ctx.organization_id, "application_id_": application.id}
        for follow in queries.FILES_FOLLOW:
            await ctx.connection.execute(follow, **about, job_id_=job_id)
    await close_stay(ctx, application, at)
    await open_stay(ctx, application, at)
    ctx.record(
        "application.moved",
        application,
        job_id=(before_job, application.job_id),
        stage_id=(before_stage, application.stage_id),
    )


async def reject(
    ctx: Context,
    application: models.Application,
    reason_id: UUID,
    note: str | None = None,
    *,
    notify: bool = False,
    withdraw_offer: bool = False,
) -> None:
    """End the application from the organization's side, and with `notify` tell the candidate."""
    application.expect_active("reject_application")
    reason = await ctx.refer(models.RejectionReason, reason_id, "/reason_id")
    reason.expect_usable(RejectionReasonKind.REJECTED_BY_ORGANIZATION)
    if note is not None:
        await _expect_remembered(ctx, application)
    sealed = None if note is None else ctx.seal(models.Application, "note", application.id, note.encode())
    await closing.end_offers(ctx, [application.id], "reject_application", even_out=withdraw_offer)
    before = application.status
    application.reject(reason_id, sealed)
    await close_stay(ctx, application, clock.now())
    changes = {"status": (before, application.status), "reason_id": (None, reason_id)}
    if notify:
        changes["notify"] = (None, "true")
    ctx.record("application.rejected", application, **changes)
    await cancel_upcoming(ctx, [application.id], "reject_application")
    if notify:
        await Notifier(ctx, MessageKind.APPLICATION_REJECTED).tell(application)


async def withdraw(
    ctx: Context, application: models.Application, reason_id: UUID | None = None, *, withdraw_offer: bool = False
) -> None:
    """End the application from the candidate's side."""
    application.expect_active("withdraw_application")
    if reason_id is not None:
        reason = await ctx.refer(models.RejectionReason, reason_id, "/reason_id")
        reason.expect_usable(RejectionReasonKind.WITHDRAWN_BY_CANDIDATE)
    await closing.end_offers(ctx, [application.id], "withdraw_application", even_out=withdraw_offer)
    before = application.status
    application.withdraw(reason_id)
    await close_stay(ctx, application, clock.now())
    ctx.record("application.withdrawn", application, status=(before, application.status), reason_id=(None, reason_id))
    await cancel_upcoming(ctx, [application.id], "withdraw_application")


async def hire(
    ctx: Context,
    application: models.Application,
    opening_id: UUID | None = None,
    offer_id: UUID | None = None,
    starts_on: date | None = None,
) -> None:
    """Take the candidate on. The last opening filled closes the job where the job, or else the organization, says so."""
    application.expect_active("hire_application")
    await _expect_candidate(ctx, application)
    job = await ctx.refer(models.Job, application.job_id, "/job_id", lock=True)
    offer = await _offer(ctx, application, job, offer_id)
    if offer is not None:
        opening_id, starts_on = opening_id or offer.opening_id, starts_on or offer.starts_on
    opening = await _opening(ctx, job, opening_id)
    before = application.status
    application.hire(opening, starts_on, offer)
    await close_stay(ctx, application, clock.now())
    filled = {"opening_id": (None, application.opening_id), "offer_id": (None, application.offer_id)}
    ctx.record("application.hired", application, status=(before, application.status), **filled)
    await cancel_upcoming(ctx, [application.id], "hire_application")
    if opening is not None:
        ctx.record("opening.filled", opening, status=(OpeningStatus.OPEN, opening.status))
        await _close_when_full(ctx, job)


async def reopen(
    ctx: Context, application: models.Application, to_stage_id: UUID | None = None, *, reopen_job: bool = False
) -> None:
    """Make an ended application active again; the opening that it filled opens again, too."""
    if reopen_job and not ctx.holds(JOBS_WRITE):
        raise MissingScope(f"`reopen_job` needs the scope {JOBS_WRITE}.", missing_scopes=[JOBS_WRITE])
    application.expect_ended()
    await _expect_candidate(ctx, application)
    job = await ctx.refer(models.Job, application.job_id, "/job_id", lock=True)
    await _expect_only(ctx, application, job.id)
    stage = await _stage_to_return_to(ctx, application, to_stage_id)
    before, before_stage, opening_id = application.status, application.stage_id, application.opening_id
    application.reopen(stage)
    if opening_id is not None:
        opening = await ctx.load(models.Opening, opening_id, lock=True)
        opening.vacate()
        ctx.record("opening.reopened", opening, status=(OpeningStatus.FILLED, opening.status))
    if job.status == JobStatus.CLOSED and reopen_job:
        before_job = job.status
        job.reopen(await ctx.all(models.Opening, models.Opening.job_id == job.id))
        ctx.record("job.opened", job, status=(before_job, job.status))
    job.expect_accepting()
    await open_stay(ctx, application, clock.now())
    ctx.record(
        "application.reopened",
        application,
        status=(before, application.status),
        stage_id=(before_stage, application.stage_id),
    )


async def open_stay(ctx: Context, application: models.Application, at: datetime) -> None:
    """Begin a row of the stage history."""
    await ctx.connection.flush()  # the stay before it ends first: an application is in one stage at a time
    await ctx.insert(
        models.StageHistory,
        application_id=application.id,
        candidate_id=application.candidate_id,
        job_id=application.job_id,
        stage_id=application.stage_id,
        entered_at=at,
    )


async def close_stay(ctx: Context, application: models.Application, at: datetime) -> None:
    """End the current row of the stage history, as the status of the application says."""
    stays = await ctx.all(
        models.StageHistory,
        models.StageHistory.application_id == application.id,
        models.StageHistory.left_at.is_(None),
    )
    for stay in stays:
        stay.end(at, application.status)


async def _expect_candidate(ctx: Context, application: models.Application) -> None:
    """A deleted candidate's applications can only end."""
    candidate = await ctx.refer(models.Candidate, application.candidate_id, "/candidate_id")
    candidate.expect_active()


async def _expect_remembered(ctx: Context, application: models.Application) -> None:
    """Nothing is written any more about a candidate who is anonymized or erased."""
    candidate = await ctx.load(models.Candidate, application.candidate_id)
    if candidate.is_forgotten:
        raise CandidateNotActive.of(candidate.status)


async def _expect_only(ctx: Context, application: models.Application, job_id: UUID) -> None:
    """The candidate has no other active application on the job that this one goes to."""
    standing = await ctx.all(
        models.Application,
        models.Application.candidate_id == application.candidate_id,
        models.Application.job_id == job_id,
        models.Application.status == ApplicationStatus.ACTIVE,
    )
    if standing:
        raise DuplicateApplication("Go on with that one.", conflicting_id=standing[0].id)


async def _target_stage(
    ctx: Context, application: models.Application, job_id: UUID, to_stage_id: UUID | None
) -> models.Stage:
    if to_stage_id is not None:
        stage = await ctx.refer(models.Stage, to_stage_id, "/to_stage_id")
        if stage.job_id != job_id:
            raise StageOfOtherJob("Choose a stage of the job's own pipeline, or name the job with `to_job_id`.")
        return stage
    stages = await _stages_in_use(ctx, job_id)
    if job_id == application.job_id:
        here = await ctx.refer(models.Stage, application.stage_id, "/to_stage_id")
        stages = [stage for stage in stages if stage.position > here.position]
    if not stages:
        raise NoNextStage("Name the stage with `to_stage_id`.")
    return stages[0]


async def _stage_to_return_to(ctx: Context, application: models.Application, to_stage_id: UUID | None) -> models.Stage:
    """The stage named, else the last one, else (when that is retired) the first one."""
    stage = await ctx.refer(models.Stage, to_stage_id or application.stage_id, "/to_stage_id")
    if stage.is_retired and to_stage_id is None:
        return (await _stages_in_use(ctx, application.job_id))[0]
    return stage


async def _stages_in_use(ctx: Context, job_id: UUID) -> list[models.Stage]:
    return await ctx.all(
        models.Stage,
        models.Stage.job_id == job_id,
        models.Stage.is_retired.is_(False),
        order_by=models.Stage.position,
    )


async def _offer(
    ctx: Context, application: models.Application, job: models.Job, offer_id: UUID | None
) -> models.Offer | None:
    """The accepted offer that a hire is by: the one named, else the application's. One that waits for its answer is in the way, one
    that never went out is withdrawn."""
    is_live = (models.Offer.application_id == application.id, models.Offer.status.in_(LIVE))
    live = await ctx.all(models.Offer, *is_live, lock=True)
    if offer_id is not None:
        named = await ctx.refer(models.Offer, offer_id, "/offer_id")
        if named.application_id != application.id:
            raise OfferOfOtherApplication("Choose an offer of this application.")
        named.expect_accepted()
    accepted = next((offer for offer in live if offer.status == OfferStatus.ACCEPTED), None)
    for offer in live:
        if offer.status == OfferStatus.SENT:
            raise closing.outstanding(ctx, offer)
        if accepted is None and not job.requires_offer:
            await closing.withdraw_offer(ctx, offer, "hire_application")
    if job.requires_offer and accepted is None:
        raise OfferRequired("Make an offer, and note that it was accepted.", allowed=["create_offer"])
    return accepted


async def _opening(ctx: Context, job: models.Job, opening_id: UUID | None) -> models.Opening | None:
    """The opening that a hire fills: the one named, else the oldest open one; none only where the job does not demand one."""
    if opening_id is not None:
        opening = await ctx.refer(models.Opening, opening_id, "/opening_id", lock=True)
        if opening.job_id != job.id:
            raise OpeningOfOtherJob("Choose an opening of the application's own job.")
        return opening
    openings = await ctx.all(
        models.Opening, models.Opening.job_id == job.id, models.Opening.status == OpeningStatus.OPEN, lock=True
    )
    if openings:
        return openings[0]
    if job.requires_opening:
        raise OpeningRequired("The job has no open opening left; add one, or reopen one.")
    return None


async def _close_when_full(ctx: Context, job: models.Job) -> None:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    closes = organization.auto_close_jobs if job.auto_close is None else job.auto_close
    if not closes or job.status != JobStatus.OPEN:
        return
    if not await ctx.all(models.Opening, models.Opening.job_id == job.id, models.Opening.status == OpeningStatus.OPEN):
        job.close(JobCloseReason.ALL_OPENINGS_FILLED)
        await closing.unpublish_posts(ctx, job, "hire_application")
        ctx.record("job.closed", job, status=(JobStatus.OPEN, job.status), close_reason=(None, job.close_reason))
