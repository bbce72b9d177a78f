"""Taking an application in: everything that was sent is kept, and the work on it is put into the queue, in one transaction.

What this does, and what it answers, is the same whether the organization knows the person or not.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, func, text

from generated import requests
from generated.contract import Upload, Uploads
from generated.enums import AttachmentKind, IntakeStatus, IntakeSuspicion
from impl import models
from impl.core import patch
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.db.query import Query
from impl.lib import clock, ids, tokens
from impl.services.attachments.keeping import keep
from impl.services.candidates import profile
from impl.services.intakes import content, forms
from impl.services.intakes.tasks import process_intake

#: How many applications from one address in an hour are looked at by the worker alone (times the settings' rate factor).
SENDER_MAX: Final = 30
SENDER_WINDOW: Final = timedelta(hours=1)

RECENT = Query(
    text(
        """
        SELECT count(*) FROM (
            SELECT 1 FROM intakes
            WHERE organization_id = CAST(:organization_id AS uuid) AND sender_hash = CAST(:sender_hash AS bytea)
              AND created_at > CAST(:since AS timestamptz)
            LIMIT CAST(:most AS integer)
        ) AS recent
        """
    )
)
SOURCE = ScopedQuery(
    lambda visibility: (
        mine(models.Source, visibility, models.Source.id)
        .where(func.lower(models.Source.name) == func.lower(bindparam("name")), models.Source.is_archived.is_(False))
        .order_by(models.Source.id)
        .limit(1)
    )
)


async def receive(
    ctx: Context,
    post: Mapping[str, Any],
    body: requests.PublicApplicationCreate,
    uploads: Uploads,
    source: str | None,
) -> tuple[models.Intake, str]:
    """Keep an application for a published `post`; the intake and the token of its page. Raises AnswersInvalid."""
    given = patch.given(body)
    sent = content.Content(
        full_name=given["full_name"],
        email=given["email"],
        phone=given.get("phone"),
        answers=[content.Answer(each.key, each.values) for each in given.get("answers", ())],
    )
    names = {upload.name for upload in uploads if upload.field == forms.ATTACHMENTS}
    forms.expect_fitting(post["questions"], sent.plain_answers, names)
    minted = tokens.mint_tracking()
    intake = await _insert(ctx, post, sent, minted, given.get("website") or "", source)
    for upload in uploads:
        await _keep(ctx, intake, upload)
    if intake.status == IntakeStatus.RECEIVED:
        await ctx.enqueue(process_intake, intake_id=intake.id)
    ctx.record(f"intake.{intake.status}", intake, status=(None, intake.status))
    return intake, minted.token


async def _insert(
    ctx: Context,
    post: Mapping[str, Any],
    sent: content.Content,
    minted: tokens.MintedToken,
    website: str,
    source: str | None,
) -> models.Intake:
    sender_hash = ctx.keys.blind_index("intakes.sender", ctx.caller_address)
    suspicion = IntakeSuspicion.HONEYPOT if website else await _suspicion(ctx, sender_hash)
    intake_id = ids.new_id()
    return await ctx.insert(
        models.Intake,
        id=intake_id,
        post_id=post["id"],
        edition_id=post["edition_id"],
        job_id=post["job_id"],
        status=IntakeStatus.RECEIVED if suspicion is None else IntakeStatus.QUARANTINED,
        suspicion=suspicion,
        content_sealed=content.sealed(ctx, intake_id, sent),
        email_hash=profile.email_hash(ctx, sent.email),
        sender_hash=sender_hash,
        token_public_id=minted.public_id,
        token_hash=minted.secret_hash,
        source_id=await _source_id(ctx, source),
    )


async def _suspicion(ctx: Context, sender_hash: bytes) -> IntakeSuspicion | None:
    factor = ctx.runtime.settings.limits.rate_factor
    if factor == 0:
        return None
    most = max(1, round(SENDER_MAX * factor))
    since = clock.now() - SENDER_WINDOW
    count = await ctx.connection.value(
        RECENT, organization_id=ctx.organization_id, sender_hash=sender_hash, since=since, most=most
    )
    return IntakeSuspicion.TOO_MANY if count >= most else None


async def _source_id(ctx: Context, name: str | None) -> UUID | None:
    row = None if name is None else await ctx.row(SOURCE, name=name.strip())
    return None if row is None else row["id"]


async def _keep(ctx: Context, intake: models.Intake, upload: Upload) -> None:
    kind = AttachmentKind.RESUME if upload.field == forms.RESUME else AttachmentKind.OTHER
    await keep(ctx, upload, intake_id=intake.id, job_id=intake.job_id, kind=kind, media_type=upload.media_type)
