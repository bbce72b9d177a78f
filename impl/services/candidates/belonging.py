"""What is kept about a candidate, and belongs to one of the candidate's applications or to the person."""

from uuid import UUID

from impl import models
from impl.core.context import Context
from impl.models.application import ApplicationOfOtherCandidate, ApplicationRequired


async def application_of(ctx: Context, candidate_id: UUID, application_id: UUID | None) -> models.Application | None:
    """The application that something new belongs to. Who sees single jobs alone could not read what is of the person again."""
    if application_id is None:
        if not ctx.actor.sees_all:
            raise ApplicationRequired("Name an application of a job that you are granted.")
        return None
    application = await ctx.refer(models.Application, application_id, "/application_id")
    if application.candidate_id != candidate_id:
        raise ApplicationOfOtherCandidate("Name an application of this candidate.")
    return application
