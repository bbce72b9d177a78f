"""What the worker does for candidates: the search index of all profiles and resumes, written or removed when the organization's setting changes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text

from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.tasks import TaskRun, task
from impl.db.query import Query
from impl.models import Candidate, Organization
from impl.services.candidates import index, profile

BATCH = 100

NEXT = ScopedQuery(
    lambda visibility: (
        mine(Candidate, visibility, Candidate.id, Candidate.profile_sealed)
        .where(Candidate.id > bindparam("after"))
        .order_by(Candidate.id)
        .limit(bindparam("batch"))
        .with_for_update(key_share=True)
    )
)
KEEP = Query(
    text(
        """
        UPDATE candidates SET words = CAST(given.words AS tsvector)
        FROM unnest(CAST(:ids AS uuid[]), CAST(:words AS text[])) AS given (id, words)
        WHERE candidates.organization_id = CAST(:organization_id AS uuid) AND candidates.id = given.id
          AND candidates.words IS DISTINCT FROM CAST(given.words AS tsvector)
        """
    )
)


@task("index_profiles")
async def index_profiles(run: TaskRun) -> None:
    """Write the keyed words of every profile, or remove them all, as the organization's setting says at that moment. Batch by
    batch: what is made or changed meanwhile follows the setting by itself, and a second run finds nothing to do."""
    after: UUID | None = UUID(int=0)
    while after is not None:
        async with run.step() as ctx:
            after = await _index_batch(ctx, after)


async def _index_batch(ctx: Context, after: UUID) -> UUID | None:
    """Index the candidates behind `after`; the last one's id, or None at the end."""
    # Held until the end of the step: the setting cannot change between looking and writing.
    organization = await ctx.load(Organization, ctx.organization_id, lock=True)
    rows = await ctx.rows(NEXT, after=after, batch=BATCH)
    if not rows:
        return None
    ids = [row["id"] for row in rows]
    words = await _words(ctx, rows) if organization.full_text_search else [None] * len(rows)
    await ctx.connection.execute(KEEP, organization_id=ctx.organization_id, ids=ids, words=words)
    return UUID(str(ids[-1]))


async def _words(ctx: Context, rows: Sequence[Any]) -> list[str | None]:
    """The words of each; none of who is forgotten."""
    documents = {
        row["id"]: profile.opened_plain(ctx, row["id"], row["profile_sealed"]) for row in rows if row["profile_sealed"]
    }
    resumes = await index.resumes_of(ctx, documents)
    words = {
        candidate_id: profile.words(ctx, document, resumes.get(candidate_id, profile.NO_RESUME))
        for candidate_id, document in documents.items()
    }
    return [words.get(row["id"]) for row in rows]
