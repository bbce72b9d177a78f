"""The files of candidates."""

import asyncio
import hashlib
from typing import Any
from uuid import UUID

from starlette.responses import Response

from generated import requests, responses
from generated.api.attachments import AttachmentsOperations
from generated.contract import Upload, Uploads
from generated.enums import ActorType, AttachmentKind, AttachmentSource
from impl import models
from impl.core import patch
from impl.core.actor import visitor
from impl.core.context import SET_ORGANIZATION, Context
from impl.core.files import Delivery
from impl.core.problems import NotFound
from impl.lib import clock, file_types
from impl.lib.refusals import FileRefused
from impl.models.file import expect_passed, refused
from impl.models.legal_hold import LegalHoldStands
from impl.services.attachments import links, queries
from impl.services.attachments.keeping import digest_of, keep
from impl.services.attachments.tasks import remove_object
from impl.services.candidates import index
from impl.services.candidates.belonging import application_of
from impl.services.resumes.queueing import begin


class Attachments(AttachmentsOperations[Context]):
    """Files that came with applications, and those that were uploaded."""

    async def list_attachments(
        self, ctx: Context, candidate_id: UUID, query: requests.ListAttachmentsQuery
    ) -> responses.AttachmentList:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_present()
        rows, page = await ctx.page(queries.ATTACHMENTS, query, candidate_id=candidate_id)
        return responses.AttachmentList(data=[_attachment(ctx, row) for row in rows], page=page)

    async def upload_attachment(
        self, ctx: Context, candidate_id: UUID, body: requests.AttachmentCreate, uploads: Uploads
    ) -> responses.Attachment:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_open()
        application = await application_of(ctx, candidate_id, patch.given(body).get("application_id"))
        [upload] = uploads
        media_type = await _media_type(upload)
        same = await _same(ctx, candidate_id, application.id if application else None, digest_of(upload))
        if same is not None:
            return _attachment(ctx, same)
        file = await keep(
            ctx,
            upload,
            candidate_id=candidate_id,
            application_id=application.id if application else None,
            job_id=application.job_id if application else None,
            kind=body.kind,
            media_type=media_type,
            uploaded_by_type=ActorType(ctx.actor.type),
            uploaded_by_id=ctx.actor.recorded_id,
        )
        ctx.record("attachment.created", file, kind=(None, file.kind))
        return _attachment(ctx, vars(file) | await _first_parse(ctx, file, candidate_id))

    async def get_attachment(self, ctx: Context, attachment_id: UUID) -> responses.Attachment:
        row, _ = await _present(ctx, attachment_id)
        return _attachment(ctx, row)

    async def delete_attachment(self, ctx: Context, attachment_id: UUID) -> None:
        _, candidate = await _present(ctx, attachment_id, lock=True)
        file = await ctx.load(models.File, attachment_id, lock=True)
        hold = models.LegalHold
        if await ctx.all(hold, hold.candidate_id == candidate.id, hold.released_at.is_(None)):
            raise LegalHoldStands("Release the hold first.")
        ctx.record("attachment.deleted", file)
        await ctx.connection.session.delete(file)
        await index.refresh(ctx, candidate)
        await ctx.enqueue(remove_object, object_id=file.id)

    async def get_attachment_download(self, ctx: Context, attachment_id: UUID) -> responses.AttachmentDownload:
        row, _ = await _present(ctx, attachment_id)
        expect_passed(row["scan_status"])
        settings = ctx.runtime.settings
        ends_at_second = int(clock.now().timestamp()) + settings.storage.signed_url_seconds
        link = links.Link(ctx.organization_id, attachment_id, ends_at_second)
        token = link.sign(ctx.keys)
        url = f"{settings.server.base_url.rstrip('/')}/api/v1/files/{token}"
        return responses.AttachmentDownload(url=url, token=token, expires_at=link.expires_at)

    async def download_file(self, ctx: Context, link_token: str) -> Response:
        link = links.parse(link_token)
        await ctx.connection.execute(SET_ORGANIZATION, organization_id=str(link.organization_id))
        if await ctx.connection.row(queries.OPEN_ORGANIZATION, id=link.organization_id) is None:
            raise links.invalid()
        await ctx.sign_in(visitor(link.organization_id))
        link.expect_valid(ctx.keys)
        row = await ctx.row(queries.DELIVERED, id=link.file_id)
        if row is None:
            raise links.invalid()
        return Delivery(ctx.keys, row["id"], row["sha256"], file_types.named(_name(ctx, row), row["media_type"]))


async def _media_type(upload: Upload) -> str:
    """What an upload is. Unpacking takes its time, which others need not wait for."""
    try:
        return await asyncio.to_thread(file_types.expect_kept, upload.content, upload.name, upload.media_type)
    except FileRefused as refusal:
        raise refused(refusal, f"/{upload.field}") from None


async def _same(ctx: Context, candidate_id: UUID, application_id: UUID | None, sha256: bytes) -> Any:
    """The attachment of the same bytes, if there is one; until the end of the transaction nobody else makes one."""
    place = candidate_id.bytes + (application_id.bytes if application_id else b"") + sha256
    key = int.from_bytes(hashlib.sha256(place).digest()[:8], signed=True)
    await ctx.connection.execute(queries.ALONE, key=key)
    return await ctx.row(queries.SAME, candidate_id=candidate_id, application_id=application_id, sha256=sha256)


async def _first_parse(ctx: Context, file: models.File, candidate_id: UUID) -> dict[str, Any]:
    """A resume is read as soon as the worker comes to it, and a scanner has let it pass; how that stands, as `queries` shows it."""
    if file.kind != AttachmentKind.RESUME or not file.has_passed:
        return queries.UNREAD
    parse = await begin(ctx, file, candidate_id=candidate_id, application_id=file.application_id, job_id=file.job_id)
    return {"parse_id": parse.id, "parse_revision": parse.revision, "parse_status": parse.status}


async def _present(ctx: Context, attachment_id: UUID, *, lock: bool = False) -> tuple[Any, models.Candidate]:
    """The attachment as a row and its candidate, or 404 when the caller may not see it or the candidate is gone."""
    row = await ctx.row(queries.ONE_ATTACHMENT, id=attachment_id)
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    candidate = await ctx.load(models.Candidate, row["candidate_id"], lock=lock)
    if not candidate.is_present:
        raise NotFound("The candidate was deleted.")
    return row, candidate


def _name(ctx: Context, row: Any) -> str:
    return ctx.unseal(models.File, "name", row["id"], row["name_sealed"]).decode()


def _reference(row: Any) -> responses.ResumeParseReference | None:
    if row["parse_id"] is None:
        return None
    return responses.ResumeParseReference(
        id=row["parse_id"], revision=row["parse_revision"], status=row["parse_status"]
    )


def _attachment(ctx: Context, row: Any) -> responses.Attachment:
    uploader = row["uploaded_by_type"]
    return responses.Attachment(
        id=row["id"],
        candidate_id=row["candidate_id"],
        application_id=row["application_id"],
        job_id=row["job_id"],
        kind=row["kind"],
        source=AttachmentSource.UPLOAD if row["intake_id"] is None else AttachmentSource.INTAKE,
        intake_id=row["intake_id"],
        name=_name(ctx, row),
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"].hex(),
        scan_status=row["scan_status"],
        newest_parse=_reference(row),
        created_by=responses.Actor(type=ActorType(uploader), id=row["uploaded_by_id"]) if uploader else None,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )
