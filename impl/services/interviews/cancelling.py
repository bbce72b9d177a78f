"""What becomes of the interviews of applications that end."""

from collections.abc import Sequence
from uuid import UUID

from generated.enums import InterviewCancelReason, InterviewStatus, Visibility
from impl import models
from impl.core.access import mine
from impl.core.context import Context
from impl.lib import clock


async def cancel_upcoming(ctx: Context, application_ids: Sequence[UUID], command: str) -> None:
    """Call off what has not begun yet of the locked applications, which `command` has just ended.

    Whoever may end an application ends its interviews, also those that were planned while it was on another job.
    """
    interview = models.Interview
    statement = (
        mine(interview, Visibility.ORGANIZATION)
        .where(
            interview.application_id.in_(application_ids),
            interview.status == InterviewStatus.SCHEDULED,
            interview.starts_at > clock.now(),
        )
        .order_by(interview.id)
        .with_for_update(key_share=True)
    )
    await ctx.connection.flush()
    found = await ctx.connection.session.scalars(statement, {"organization_id": ctx.organization_id})
    for each in found:
        before = each.status
        each.cancel(InterviewCancelReason.APPLICATION_ENDED, command)
        told = {"status": (before, each.status), "cancel_reason": (None, each.cancel_reason)}
        ctx.record("interview.cancelled", each, **told)
