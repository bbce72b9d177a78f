"""Having an attachment read: a row that waits for the worker, in the transaction that keeps the file or asks again."""

from typing import Final
from uuid import UUID

from impl import models
from impl.core.context import Context
from impl.services.resumes.tasks import parse_resume

#: So many resumes of one organization are read at once: a pile of them, or a slow model, leaves the worker room for other tasks.
LANES: Final = 3


async def begin(
    ctx: Context,
    file: models.File,
    *,
    candidate_id: UUID,
    application_id: UUID | None,
    job_id: UUID | None,
    revision: int = 1,
) -> models.ResumeParse:
    """The next reading of a file that belongs to a candidate."""
    parse = await ctx.insert(
        models.ResumeParse,
        attachment_id=file.id,
        candidate_id=candidate_id,
        application_id=application_id,
        job_id=job_id,
        revision=revision,
        input_sha256=file.sha256,
    )
    await ctx.enqueue(parse_resume, lock=f"parse_resume:{parse.id.int % LANES}", parse_id=parse.id)
    ctx.record("resume_parse.queued", parse, status=(None, parse.status), revision=(None, revision))
    return parse
