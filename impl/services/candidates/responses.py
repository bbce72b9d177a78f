"""A candidate as the API shows it."""

from typing import Any

from generated import responses
from generated.enums import CandidateStatus
from impl import models
from impl.core.context import Context
from impl.services.candidates import profile, tagging
from impl.services.custom_fields.values import parts_of

# Of whom no profile is left; as the driver reads statuses.
FORGOTTEN = frozenset({CandidateStatus.ANONYMIZED.value, CandidateStatus.ERASED.value})


def candidate_of(ctx: Context, row: Any) -> responses.Candidate:
    """One row of `queries`."""
    is_forgotten = row["status"] in FORGOTTEN
    opened, fields = (
        (None, parts_of({})) if is_forgotten else profile.opened_whole(ctx, row["id"], row["profile_sealed"])
    )
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
        erased_at=row["erased_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


async def shown(ctx: Context, candidate: models.Candidate) -> responses.Candidate:
    """A row that a command has just changed."""
    return candidate_of(ctx, {**vars(candidate), "tag_ids": await tagging.tags(ctx, candidate.id)})
