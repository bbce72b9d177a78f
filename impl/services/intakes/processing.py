"""What becomes of an intake: its candidate is found or made, and an application with it.

Nothing about somebody the organization knows already is changed by what a stranger types under their address: it stays with the intake.
"""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import BYTEA

from generated import requests
from generated.enums import (
    AttachmentKind,
    CandidateStatus,
    ContactKind,
    FileRefusal,
    IntakeFailure,
    IntakeStatus,
    JobStatus,
)
from impl import models
from impl.core import files
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.tasks import TaskRun
from impl.db.query import Query
from impl.lib import file_types, ids
from impl.lib.crypto import OrganizationKeys
from impl.lib.refusals import FileRefused, Refusal
from impl.lib.storage import Storage
from impl.models.intake import AnswersInvalid
from impl.services.applications import actions
from impl.services.applications.queries import PREREQUISITES
from impl.services.candidates import profile
from impl.services.intakes import content, forms
from impl.services.intakes.content import Content
from impl.services.resumes import queueing as resumes

#: The media type of a file, or why it is not handed out.
Verdict = str | FileRefusal

# Two intakes under one new address make one candidate.
ALONE = Query(text("SELECT pg_advisory_xact_lock(CAST(:key AS bigint))"))
KNOWN = ScopedQuery(
    lambda visibility: (
        mine(models.Candidate, visibility, models.Candidate.id)
        .where(
            models.Candidate.id.in_(select(func.candidates_by_email(bindparam("email_hash", type_=BYTEA)))),
            models.Candidate.status == CandidateStatus.ACTIVE,
        )
        .order_by(models.Candidate.id)
        .limit(1)
        # Nobody deletes or merges the candidate while an application is made for it.
        .with_for_update(read=True, of=models.Candidate)
    )
)
BELONG = Query(
    update(models.File)
    .where(
        models.File.organization_id == bindparam("organization_id_"), models.File.intake_id == bindparam("intake_id_")
    )
    .values(candidate_id=bindparam("candidate_id_"), application_id=bindparam("application_id_"))
)


async def process(run: TaskRun, intake_id: UUID) -> None:
    """Look at one intake that waits; nothing happens to any other. Its files are read first, outside of any transaction."""
    async with run.step() as ctx:
        intake = await _waiting(ctx, intake_id)
        attached = await attached_files(ctx, intake_id) if intake else []
        keys = ctx.keys
    if intake is None:
        return
    try:
        verdicts = await verdicts_on(run.runtime.storage, keys, attached)
    except files.FileDamaged:
        async with run.step() as ctx:
            await reject(ctx, intake_id, IntakeFailure.FILE_DAMAGED)
        return
    async with run.step() as ctx:
        await make_application(ctx, intake_id, verdicts)


async def verdicts_on(storage: Storage, keys: OrganizationKeys, attached: Sequence[models.File]) -> dict[UUID, Verdict]:
    """What each file is. Raises FileDamaged, or StorageFailed when the store cannot be asked."""
    return {
        file.id: await asyncio.to_thread(_verdict, await files.read(storage, keys, file.id, file.sha256))
        for file in attached
    }


def _verdict(content: bytes) -> Verdict:
    """What a file is, or why nobody is to open it. A PDF with a password is kept: it can do nothing, and its sender can be asked."""
    try:
        return file_types.kind_of(content)
    except FileRefused as refused:
        if refused.refusal == Refusal.ENCRYPTED and content.startswith(b"%PDF-"):
            return file_types.PDF
        return FileRefusal(refused.refusal.value)


async def attached_files(ctx: Context, intake_id: UUID, *, lock: bool = False) -> Sequence[models.File]:
    """The files that came with an intake, in their order. Who locks them before anything else reads them knows what a scanner says."""
    return await ctx.all(models.File, models.File.intake_id == intake_id, lock=lock)


async def _waiting(ctx: Context, intake_id: UUID) -> models.Intake | None:
    found = await ctx.all(models.Intake, models.Intake.id == intake_id, models.Intake.status == IntakeStatus.RECEIVED)
    return found[0] if found else None


async def reject(ctx: Context, intake_id: UUID, failure: IntakeFailure) -> None:
    """It cannot become an application; unless it is not the worker's any more."""
    intake = await ctx.load(models.Intake, intake_id, lock=True)
    if intake.status != IntakeStatus.RECEIVED:
        return
    before = intake.status
    intake.reject(failure)
    ctx.record("intake.rejected", intake, status=(before, intake.status), failure=(None, failure))


async def make_application(ctx: Context, intake_id: UUID, verdicts: Mapping[UUID, Verdict]) -> None:
    """Make the application of an intake that waits, or find the one that is there. Locks in this order: address, job, intake."""
    waiting = await ctx.load(models.Intake, intake_id)
    await ctx.connection.execute(ALONE, key=int.from_bytes(waiting.email_hash[:8], signed=True))
    known = await ctx.row(KNOWN, email_hash=waiting.email_hash)
    candidate_id: UUID | None = known["id"] if known else None
    found = await ctx.row(PREREQUISITES, candidate_id=candidate_id, job_id=waiting.job_id, stage_id=None)
    if found["job_status"] != JobStatus.OPEN:
        await reject(ctx, intake_id, IntakeFailure.JOB_NOT_OPEN)
        return
    intake = await ctx.load(models.Intake, intake_id, lock=True)
    if intake.status != IntakeStatus.RECEIVED:
        return
    sent = content.opened(ctx, intake.id, intake.content_sealed)
    if not await _is_fitting(ctx, intake, sent):
        await reject(ctx, intake_id, IntakeFailure.ANSWERS_INVALID)
        return
    if candidate_id is None:
        candidate_id = await _new_candidate(ctx, intake, sent)
    for file in await attached_files(ctx, intake_id):
        file.be(verdicts[file.id])
    await _become(ctx, intake, candidate_id, found["standing_id"], found["first_stage_id"])


async def _is_fitting(ctx: Context, intake: models.Intake, sent: Content) -> bool:
    """Whether the answers fit the form that they were given to; and how many of them it flags."""
    edition = await ctx.load(models.PostEdition, intake.edition_id)
    names = {
        ctx.unseal(models.File, "name", file.id, file.name_sealed).decode()
        for file in await attached_files(ctx, intake.id, lock=True)
        if file.field == forms.ATTACHMENTS
    }
    try:
        forms.expect_fitting(edition.questions, sent.plain_answers, names)
    except AnswersInvalid:
        return False
    intake.flagged_count = forms.flagged_count(edition.questions, sent.plain_answers)
    return True


async def _new_candidate(ctx: Context, intake: models.Intake, sent: Content) -> UUID:
    given = {"full_name": sent.full_name, "emails": [{"address": sent.email, "kind": ContactKind.PERSONAL}]}
    if sent.phone is not None:
        given["phones"] = [{"number": sent.phone, "kind": ContactKind.PERSONAL}]
    document = profile.new_document(requests.CandidateProfileCreate.model_validate(given))
    organization = await ctx.load(models.Organization, ctx.organization_id)
    candidate_id = ids.new_id()
    stored = profile.columns(ctx, candidate_id, document, is_searchable=organization.full_text_search)
    candidate = await ctx.insert(models.Candidate, id=candidate_id, source_id=intake.source_id, **stored)
    ctx.record("candidate.created", candidate)
    return candidate_id


async def _become(
    ctx: Context, intake: models.Intake, candidate_id: UUID, standing_id: UUID | None, stage_id: UUID
) -> None:
    """Be the application that stands, or a new one as of the time when it came in."""
    application_id = standing_id
    if application_id is None:
        application = await actions.begin(
            ctx,
            candidate_id=candidate_id,
            job_id=intake.job_id,
            stage_id=stage_id,
            source_id=intake.source_id,
            applied_at=intake.created_at,
        )
        application_id = application.id
    before = intake.status
    intake.become(candidate_id, application_id, is_new=standing_id is None)
    belongs = {"candidate_id_": candidate_id, "application_id_": application_id}
    await ctx.connection.execute(BELONG, organization_id_=ctx.organization_id, intake_id_=intake.id, **belongs)
    for file in await attached_files(ctx, intake.id):
        if file.kind == AttachmentKind.RESUME and file.refusal is None and file.has_passed:
            await resumes.begin(
                ctx, file, candidate_id=candidate_id, application_id=application_id, job_id=intake.job_id
            )
    ctx.record("intake.processed", intake, status=(before, intake.status), application_id=(None, intake.application_id))
