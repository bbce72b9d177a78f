"""The search index of all profiles of an organization, removed or built again when its setting changes."""

from uuid import UUID

from sqlalchemy import bindparam, text, update

from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.db.query import Query
from impl.models import Candidate
from impl.services.candidates import profile

BATCH = 500

REMOVE = Query(
    update(Candidate)
    .where(Candidate.organization_id == bindparam("owner_id"), Candidate.words.is_not(None))
    .values(words=None)
)
NEXT = ScopedQuery(
    lambda visibility: (
        mine(Candidate, visibility, Candidate.id, Candidate.profile_sealed)
        .where(Candidate.id > bindparam("after"))
        .order_by(Candidate.id)
        .limit(BATCH)
        .with_for_update(key_share=True)
    )
)
KEEP = Query(
    text(
        """
        UPDATE candidates SET words = CAST(given.words AS tsvector)
        FROM unnest(CAST(:ids AS uuid[]), CAST(:words AS text[])) AS given (id, words)
        WHERE candidates.organization_id = CAST(:organization_id AS uuid) AND candidates.id = given.id
        """
    )
)


async def index(ctx: Context, is_searchable: bool) -> None:
    """Write the keyed words of every profile, or remove them all."""
    if not is_searchable:
        await ctx.connection.execute(REMOVE, owner_id=ctx.organization_id)
        return
    after = UUID(int=0)
    while rows := await ctx.rows(NEXT, after=after):
        words = [profile.words(ctx, profile.opened_plain(ctx, row["id"], row["profile_sealed"])) for row in rows]
        ids = [row["id"] for row in rows]
        await ctx.connection.execute(KEEP, organization_id=ctx.organization_id, ids=ids, words=words)
        after = ids[-1]
