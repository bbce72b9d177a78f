"""What becomes of a job's applications, openings and posts when it closes, and of offers when applications end."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from generated.enums import ApplicationStatus, MessageKind, OfferStatus, OpeningStatus, PostStatus, RejectionReasonKind
from impl import models
from impl.core.context import Context
from impl.core.problems import MissingScope
from impl.lib import clock
from impl.models.offer import LIVE, OfferLive, OfferOutstanding
from impl.services.approvals import asking
from impl.services.interviews.cancelling import cancel_upcoming
from impl.services.jobs import queries
from impl.services.messages.outbox import Notifier

# Enough to make round trips cheap, few enough that other requests get their turn in between.
BATCH_MAX = 500
OFFERS_READ, OFFERS_WRITE = "offers:read", "offers:write"


async def hold_applications(ctx: Context, job_id: UUID) -> None:
    """Lock the active applications before their job, as a hire does: in the other order the two would wait for each other."""
    await ctx.rows(queries.HELD_APPLICATIONS, job_id=job_id)


async def reject_applications(
    ctx: Context, job: models.Job, reason_id: UUID, note: str | None, *, notify: bool, withdraw_offers: bool
) -> None:
    """Reject every active application of the locked job, for one reason; with `notify` each candidate is told, or none is rejected."""
    reason = await ctx.refer(models.RejectionReason, reason_id, "/reason_id")
    reason.expect_usable(RejectionReasonKind.REJECTED_BY_ORGANIZATION)
    notifier = Notifier(ctx, MessageKind.APPLICATION_REJECTED) if notify else None
    ids = [row["id"] for row in await ctx.rows(queries.ACTIVE_APPLICATIONS, job_id=job.id)]
    for start in range(0, len(ids), BATCH_MAX):
        applications = await ctx.all(
            models.Application,
            models.Application.id.in_(ids[start : start + BATCH_MAX]),
            models.Application.job_id == job.id,
            models.Application.status == ApplicationStatus.ACTIVE,
            lock=True,
        )
        ending = [application.id for application in applications]
        await end_offers(ctx, ending, "close_job", even_out=withdraw_offers)
        for application in applications:
            _reject(ctx, application, reason_id, note, notify=notify)
            if notifier is not None:
                await notifier.tell(application)
        await _end_stays(ctx, applications)
        await cancel_upcoming(ctx, [application.id for application in applications], "close_job")
        await ctx.connection.flush()


async def cancel_openings(ctx: Context, job: models.Job) -> None:
    """Give up the seats of a closing job that nobody has filled."""
    is_open = (models.Opening.job_id == job.id, models.Opening.status == OpeningStatus.OPEN)
    for opening in await ctx.all(models.Opening, *is_open, lock=True):
        before = opening.status
        opening.cancel("close_job")
        ctx.record("opening.cancelled", opening, status=(before, opening.status))


async def unpublish_posts(ctx: Context, job: models.Job, command: str) -> None:
    """Take the posts of a closing job off the public side."""
    is_published = (models.Post.job_id == job.id, models.Post.status == PostStatus.PUBLISHED)
    for post in await ctx.all(models.Post, *is_published, lock=True):
        before = post.status
        post.unpublish(command)
        ctx.record("post.unpublished", post, status=(before, post.status))


async def end_offers(ctx: Context, applications: Collection[UUID], command: str, *, even_out: bool) -> None:
    """Withdraw the live offers of locked applications that end. One that is out is in the way unless the caller asks for that, too."""
    if even_out and not ctx.holds(OFFERS_WRITE):
        raise MissingScope(f"To withdraw an offer needs the scope {OFFERS_WRITE}.", missing_scopes=[OFFERS_WRITE])
    is_live = (models.Offer.application_id.in_(applications), models.Offer.status.in_(LIVE))
    for offer in await ctx.all(models.Offer, *is_live, lock=True):
        if offer.is_out and not even_out:
            raise outstanding(ctx, offer)
        await withdraw_offer(ctx, offer, command)


async def withdraw_offer(ctx: Context, offer: models.Offer, command: str) -> None:
    """Take a locked offer back because of what happens to its application."""
    before = offer.status
    offer.withdraw(command)
    await asking.cancel_of_offer(ctx, offer, command)
    ctx.record("offer.withdrawn", offer, status=(before, offer.status))


def outstanding(ctx: Context, offer: models.Offer) -> OfferOutstanding:
    """The refusal that names an offer which is out with the candidate."""
    answer = "It is accepted" if offer.status == OfferStatus.ACCEPTED else "It waits for its answer"
    return OfferOutstanding(f"{answer}. Withdraw it first, or revise it.", **_named(ctx, offer))


async def expect_no_live_offer(ctx: Context, application: models.Application) -> None:
    """The locked application has no offer that is live."""
    live = await ctx.all(models.Offer, models.Offer.application_id == application.id, models.Offer.status.in_(LIVE))
    if live:
        raise OfferLive("Withdraw or revise that one.", **_named(ctx, live[0]))


def _named(ctx: Context, offer: models.Offer) -> dict[str, Any]:
    """What a refusal says of the offer to who may see it."""
    return {"conflicting_id": offer.id} if ctx.holds(OFFERS_READ) else {}


def _reject(ctx: Context, application: models.Application, reason_id: UUID, note: str | None, *, notify: bool) -> None:
    before = application.status
    sealed = None if note is None else ctx.seal(models.Application, "note", application.id, note.encode())
    application.reject(reason_id, sealed)
    ctx.record(
        "application.rejected",
        application,
        status=(before, application.status),
        reason_id=(None, reason_id),
        notify=(None, "true" if notify else None),
    )


async def _end_stays(ctx: Context, applications: list[models.Application]) -> None:
    stays = await ctx.all(
        models.StageHistory,
        models.StageHistory.application_id.in_([application.id for application in applications]),
        models.StageHistory.left_at.is_(None),
    )
    for stay in stays:
        stay.end(clock.now(), ApplicationStatus.REJECTED)
