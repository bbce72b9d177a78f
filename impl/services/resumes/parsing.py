"""The worker's side of a resume: the file is read in one short step, understood between them, and the result kept in another.

Whatever becomes of the reading, the attachment stays as it is. What was deleted or read otherwise meanwhile is left alone.
"""

import time
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from generated.enums import ResumeDegradation, ResumeParseFailure, ResumeParser, ResumeParseStatus
from impl import models
from impl.core import files
from impl.core.context import Context
from impl.core.tasks import TaskRun
from impl.db.errors import RETRY_AFTER, Conflict40
from impl.lib import clock
from impl.resumes import sandbox
from impl.resumes.document import Unreadable
from impl.resumes.understood import Understood
from impl.services.candidates import index
from impl.services.resumes import bounds, contents, queries
from impl.services.wordings import tasks as wordings
from impl.settings_sections import OcrSettings

#: The version of the parser that needs nobody; it changes whenever the same file may be understood otherwise.
OFFLINE_VERSION: Final = "offline-1"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, and who has understood it."""

    understood: Understood
    parsed_by: ResumeParser = ResumeParser.OFFLINE
    parser_version: str = OFFLINE_VERSION
    is_degraded: bool = False
    degraded_reason: ResumeDegradation | None = None
    # What a model answered, and what that is found under again.
    answer: dict[str, Any] | None = None
    model_digest: bytes | None = None


Outcome = Reading | ResumeParseFailure


async def parse(run: TaskRun, parse_id: UUID) -> None:
    """Read what a parse that waits is for, and keep what comes of it."""
    async with run.step() as ctx:
        waiting = await _waiting(ctx, parse_id)
        keys = ctx.keys
    if waiting is None:
        return
    try:
        content = await files.read(run.runtime.storage, keys, waiting.attachment_id, waiting.input_sha256)
        outcome = await _counted(run, content)
    except files.FileDamaged:
        outcome = ResumeParseFailure.FILE_DAMAGED
    if isinstance(outcome, Reading):
        outcome = await read_further(run, waiting.candidate_id, outcome)
    async with run.step() as ctx:
        await settle(ctx, parse_id, outcome)


async def _counted(run: TaskRun, content: bytes) -> Outcome:
    began = time.monotonic()
    outcome = await understand(content, run.runtime.settings.ocr)
    word = "read" if isinstance(outcome, Reading) else outcome.value
    run.runtime.work.resume_read(word, time.monotonic() - began)
    return outcome


async def understand(content: bytes, ocr: OcrSettings) -> Outcome:
    """What the bytes of a file say, or why they cannot be read."""
    try:
        return Reading(await sandbox.understood(content, today=clock.now().date(), ocr=ocr))
    except Unreadable as unreadable:
        return failure_of(unreadable.code)


async def read_further(run: TaskRun, candidate_id: UUID, reading: Reading) -> Reading:
    """The reading as a language model completes it, where one is to; else as it is."""
    if run.runtime.settings.openai.api_key is None:
        return reading
    # It takes a tenth of a second, and a worker with a model alone needs it.
    from impl.services.resumes import by_model  # noqa: PLC0415

    read = await by_model.read_further(run, candidate_id, reading.understood)
    if read is None:
        return reading
    if isinstance(read, by_model.NotByModel):
        said = replace(reading, answer=read.answer, model_digest=read.digest)
        return replace(said, is_degraded=True, degraded_reason=read.reason)
    return replace(
        reading,
        understood=replace(reading.understood, profile=read.profile, evidence=read.evidence),
        parsed_by=ResumeParser.MODEL,
        parser_version=f"{reading.parser_version} {read.version}",
        answer=read.answer,
        model_digest=read.digest,
    )


def failure_of(code: str) -> ResumeParseFailure:
    """The word of the contract for why a file cannot be read."""
    known = {each.value for each in ResumeParseFailure}
    return ResumeParseFailure(code) if code in known else ResumeParseFailure.UNREADABLE


async def settle(ctx: Context, parse_id: UUID, outcome: Outcome) -> None:
    """Keep what came of a parse, unless it is not the worker's any more. Locked are the candidate, then the parse."""
    waiting = await ctx.row(queries.WAITING, id=parse_id)
    candidate = await ctx.load(models.Candidate, waiting["candidate_id"], lock=True) if waiting else None
    parse = await _waiting(ctx, parse_id, lock=True)
    if parse is None or candidate is None:
        return
    if parse.candidate_id != candidate.id:
        # Merged or unmerged in the meantime: the next attempt sees whose it is.
        raise Conflict40(headers=RETRY_AFTER)
    before = parse.status
    if isinstance(outcome, ResumeParseFailure):
        parse.fail(outcome)
    else:
        _keep(ctx, parse, outcome)
    told = {"reason": (None, parse.reason), "parsed_by": (None, parse.parsed_by)}
    ctx.record(f"resume_parse.{parse.status}", parse, status=(before, parse.status), **told)
    await index.refresh(ctx, candidate)
    if parse.status == ResumeParseStatus.PARSED:
        await wordings.ask(ctx, parse_id=parse.id)


async def _waiting(ctx: Context, parse_id: UUID, *, lock: bool = False) -> models.ResumeParse | None:
    parse = models.ResumeParse
    found = await ctx.all(parse, parse.id == parse_id, parse.status == ResumeParseStatus.QUEUED, lock=lock)
    return found[0] if found else None


def _keep(ctx: Context, parse: models.ResumeParse, reading: Reading) -> None:
    """Seal what was read; a file without a text needs somebody who reads pictures."""
    understood = reading.understood
    text, content = contents.fitted(understood, reading.answer)
    parse.media_type = bounds.clean(understood.media_type, 100)
    parse.pages_count, parse.flags = bounds.number(understood.pages), bounds.flags(understood.flags)
    for column, value in contents.sealed(ctx, parse.id, text, content).items():
        setattr(parse, column, value)
    if not text.strip():
        parse.need_ocr()
        return
    parse.language = bounds.clean(understood.language, 8)
    parse.parsed_by, parse.is_degraded = reading.parsed_by, reading.is_degraded
    parse.degraded_reason, parse.model_digest = reading.degraded_reason, reading.model_digest
    parse.parser_version = bounds.clean(reading.parser_version, 100)
    parse.succeed()
