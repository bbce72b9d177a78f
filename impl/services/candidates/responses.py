"""A candidate as the API shows it."""

from typing import Any

from generated import responses
from impl import models
from impl.core.context import Context
from impl.services.candidates import profile, tagging


def candidate_of(ctx: Context, row: Any) -> responses.Candidate:
    """One row of `queries`."""
    opened, fields = profile.opened_whole(ctx, row["id"], row["profile_sealed"])
    return responses.Candidate(
        id=row["id"],
        status=row["status"],
        profile=opened,
        source_id=row["source_id"],
        external_id=row["external_id"],
        tag_ids=row["tag_ids"],
        purge_at=row["purge_at"],
        merged_into_id=row["merged_into_id"],
        **fields,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


async def shown(ctx: Context, candidate: models.Candidate) -> responses.Candidate:
    """A row that a command has just changed."""
    return candidate_of(ctx, {**vars(candidate), "tag_ids": await tagging.tags(ctx, candidate.id)})
