"""The tags of a candidate: a set of links, changed one by one or as a whole under the candidate's lock."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, delete, func, insert, select

from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.grants import named
from impl.core.problems import ReferenceNotFound
from impl.db.query import Query
from impl.lib import clock, ids
from impl.lib.problems import FieldError
from impl.models import CandidateTag, Tag
from impl.models.tag import TAGS_MAX, TagArchived, TooManyTags

Changes = dict[str, tuple[Any, Any]]

_TAG_IDS = bindparam("tag_ids", type_=ARRAY(Uuid))
KNOWN = ScopedQuery(lambda visibility: mine(Tag, visibility, Tag.id, Tag.is_archived).where(Tag.id == any_(_TAG_IDS)))
HELD = ScopedQuery(
    lambda visibility: (
        mine(CandidateTag, visibility, CandidateTag.tag_id)
        .where(CandidateTag.candidate_id == bindparam("candidate_id"))
        .order_by(CandidateTag.tag_id)
    )
)
ADD = Query(insert(CandidateTag), columns=["organization_id", "id", "candidate_id", "tag_id", "created_at"])
REMOVE = Query(
    delete(CandidateTag).where(
        CandidateTag.organization_id == bindparam("organization_id"),
        CandidateTag.candidate_id == bindparam("candidate_id"),
        CandidateTag.tag_id == any_(_TAG_IDS),
    )
)


def tags_of(candidate: Any) -> ColumnElement[list[UUID]]:
    """The ids of a candidate's tags, in order, as one array column."""
    held = (
        select(CandidateTag.tag_id)
        .where(
            CandidateTag.organization_id == candidate.organization_id,
            CandidateTag.candidate_id == candidate.id,
        )
        .order_by(CandidateTag.tag_id)
        .correlate(candidate)
        .scalar_subquery()
    )
    return func.array(held, type_=ARRAY(Uuid))


async def tags(ctx: Context, candidate_id: UUID) -> list[UUID]:
    """The ids of the candidate's tags, in order."""
    return [row["tag_id"] for row in await ctx.rows(HELD, candidate_id=candidate_id)]


async def replace(ctx: Context, candidate_id: UUID, wanted: Sequence[UUID]) -> Changes:
    """Let the candidate, whose row is locked, have these tags and no others; what changed, for the event."""
    return await change(ctx, candidate_id, await tags(ctx, candidate_id), wanted)


async def change(ctx: Context, candidate_id: UUID, held: Sequence[UUID], wanted: Sequence[UUID]) -> Changes:
    """As `replace`, for a candidate whose tags are `held`."""
    added, removed = sorted(set(wanted) - set(held)), sorted(set(held) - set(wanted))
    if added:
        await _expect_usable(ctx, added, wanted)
        link = {"organization_id": ctx.organization_id, "candidate_id": candidate_id, "created_at": clock.now()}
        rows: list[dict[str, object]] = [{**link, "id": ids.new_id(), "tag_id": tag_id} for tag_id in added]
        await ctx.connection.execute_many(ADD, rows)
    if removed:
        await ctx.connection.execute(
            REMOVE, organization_id=ctx.organization_id, candidate_id=candidate_id, tag_ids=removed
        )
    return {"tag_ids": (_told(held), _told(sorted(set(wanted))))} if added or removed else {}


async def _expect_usable(ctx: Context, added: Collection[UUID], wanted: Sequence[UUID]) -> None:
    """Each tag that a candidate gets is there and in use."""
    known = {row["id"]: row["is_archived"] for row in await ctx.rows(KNOWN, tag_ids=list(added))}
    places = [(f"/tag_ids/{place}", tag_id) for place, tag_id in enumerate(wanted) if tag_id in set(added)]
    unknown = [pointer for pointer, tag_id in places if tag_id not in known]
    if unknown:
        message = "No such tag."
        raise ReferenceNotFound(errors=[FieldError(pointer, "reference_not_found", message) for pointer in unknown])
    archived = [pointer for pointer, tag_id in places if known[tag_id]]
    if archived:
        message = "The tag is archived."
        raise TagArchived(
            "Choose tags that are in use.",
            errors=[FieldError(pointer, "tag_archived", message) for pointer in archived],
        )
    if len(set(wanted)) > TAGS_MAX:
        raise TooManyTags(f"Take one from the candidate first; {TAGS_MAX} are allowed.")


def _told(tag_ids: Sequence[UUID]) -> str | None:
    return named(tag_ids, "tags") if tag_ids else None
