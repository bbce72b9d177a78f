"""What people write about candidates."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.notes import NotesOperations
from generated.enums import ActorType
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import ids
from impl.services.candidates.belonging import application_of
from impl.services.notes import queries

READS_ALL = "notes:admin"


class Notes(NotesOperations[Context]):
    """Notes: public ones, private ones, and those for administrators."""

    async def list_candidate_notes(
        self, ctx: Context, candidate_id: UUID, query: requests.ListCandidateNotesQuery
    ) -> responses.NoteList:
        await _present(ctx, candidate_id)
        rows, page = await ctx.page(queries.NOTES, query, candidate_id=candidate_id, **_reader(ctx))
        return responses.NoteList(data=[_note(ctx, row) for row in rows], page=page)

    async def create_candidate_note(
        self, ctx: Context, candidate_id: UUID, body: requests.NoteCreate
    ) -> responses.Note:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_open()
        application = await application_of(ctx, candidate_id, patch.given(body).get("application_id"))
        note_id = ids.new_id()
        note = await ctx.insert(
            models.Note,
            id=note_id,
            candidate_id=candidate_id,
            application_id=application.id if application else None,
            job_id=application.job_id if application else None,
            author_type=ActorType(ctx.actor.type),
            author_id=ctx.actor.recorded_id,
            visibility=body.visibility,
            body_sealed=ctx.seal(models.Note, "body", note_id, body.body.encode()),
        )
        ctx.record("note.created", note, visibility=(None, note.visibility))
        return _note(ctx, vars(note))

    async def get_note(self, ctx: Context, note_id: UUID) -> responses.Note:
        return _note(ctx, await _readable(ctx, note_id))

    async def update_note(self, ctx: Context, note_id: UUID, body: requests.NoteUpdate) -> responses.Note:
        note = await _locked(ctx, note_id)
        note.expect_author(ctx.actor.recorded_id)
        values = patch.given(body)
        text = values.pop("body", None)
        changes = patch.apply(note, values)
        is_new = text is not None and text != _text(ctx, note.id, note.body_sealed)
        if is_new:
            note.body_sealed = ctx.seal(models.Note, "body", note.id, text.encode())
        if changes or is_new:
            ctx.record("note.updated", note, **changes)
        return _note(ctx, vars(note))

    async def delete_note(self, ctx: Context, note_id: UUID) -> None:
        note = await _locked(ctx, note_id)
        if not ctx.holds(READS_ALL):
            note.expect_author(ctx.actor.recorded_id)
        ctx.record("note.deleted", note)
        await ctx.connection.session.delete(note)


async def _present(ctx: Context, candidate_id: UUID) -> None:
    candidate = await ctx.load(models.Candidate, candidate_id)
    candidate.expect_present()


def _reader(ctx: Context) -> dict[str, Any]:
    return {"reader_id": ctx.actor.recorded_id, "reads_all": ctx.holds(READS_ALL)}


async def _readable(ctx: Context, note_id: UUID) -> Any:
    """The note as a row, or 404 when the caller may not read it or the candidate is gone."""
    row = await ctx.row(queries.ONE_NOTE, id=note_id, **_reader(ctx))
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    candidate = await ctx.load(models.Candidate, row["candidate_id"])
    if not candidate.is_present:
        raise NotFound("The candidate was deleted.")
    return row


async def _locked(ctx: Context, note_id: UUID) -> models.Note:
    await _readable(ctx, note_id)
    return await ctx.load(models.Note, note_id, lock=True)


def _text(ctx: Context, note_id: UUID, sealed: bytes) -> str:
    return ctx.unseal(models.Note, "body", note_id, sealed).decode()


def _note(ctx: Context, row: Any) -> responses.Note:
    return responses.Note(
        id=row["id"],
        candidate_id=row["candidate_id"],
        application_id=row["application_id"],
        job_id=row["job_id"],
        author=responses.Actor(type=ActorType(row["author_type"]), id=row["author_id"]),
        visibility=row["visibility"],
        body=_text(ctx, row["id"], row["body_sealed"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )
