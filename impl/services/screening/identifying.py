"""What candidates say about themselves for the adverse-impact report: kept, counted, never read."""

from uuid import UUID

import msgspec

from generated import requests
from impl import models
from impl.core.context import Context
from impl.lib import clock, ids
from impl.services.screening.tasks import Told


async def keep(ctx: Context, application_id: UUID, body: requests.SelfIdentification) -> None:
    """Keep the answers beside an application, in place of those before."""
    application = await ctx.load(models.Application, application_id)
    candidate = await ctx.load(models.Candidate, application.candidate_id)
    candidate.expect_active()
    words = msgspec.json.encode({"gender": body.gender, "race_ethnicity": body.race_ethnicity})
    answered = models.SelfIdentification
    found = await ctx.all(answered, answered.application_id == application_id, lock=True)
    row_id = found[0].id if found else ids.new_id()
    sealed = ctx.seal(answered, "content", row_id, words)
    if found:
        found[0].content_sealed, found[0].said_at = sealed, clock.now()
    else:
        await ctx.insert(
            answered,
            id=row_id,
            candidate_id=candidate.id,
            application_id=application_id,
            job_id=application.job_id,
            content_sealed=sealed,
            said_at=clock.now(),
        )
    told = Told(application_id, application.job_id, application_id, candidate.id)
    ctx.record("application.self_identified", told)
