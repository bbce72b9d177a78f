"""What becomes of a job's applications, openings and posts when it closes."""

from uuid import UUID

from generated.enums import ApplicationStatus, MessageKind, OpeningStatus, PostStatus, RejectionReasonKind
from impl import models
from impl.core.context import Context
from impl.lib import clock
from impl.services.interviews.cancelling import cancel_upcoming
from impl.services.jobs import queries
from impl.services.messages.outbox import Notifier

# Enough to make round trips cheap, few enough that other requests get their turn in between.
BATCH_MAX = 500


async def hold_applications(ctx: Context, job_id: UUID) -> None:
    """Lock the active applications before their job, as a hire does: in the other order the two would wait for each other."""
    await ctx.rows(queries.HELD_APPLICATIONS, job_id=job_id)


async def reject_applications(
    ctx: Context, job: models.Job, reason_id: UUID, note: str | None, *, notify: bool
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
