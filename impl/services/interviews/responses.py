"""An interview as the API shows it, and its free texts, which are sealed as one document."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from generated import responses
from generated.enums import InterviewStatus
from impl import models
from impl.core.context import Context

TEXTS = ("title", "location", "video_url", "instructions")
PLAIN = [
    name
    for name in responses.Interview.__struct_fields__
    if name not in TEXTS and name not in ("cancellation", "interviewer_ids")
]
Details = dict[str, str | None]


def sealed(ctx: Context, interview_id: UUID, details: Mapping[str, str | None]) -> bytes:
    """The texts as the row holds them."""
    return ctx.seal(models.Interview, "details", interview_id, msgspec.json.encode(details))


def details_of(ctx: Context, interview_id: UUID, sealed_details: bytes) -> Details:
    """The texts, those without a value as None."""
    opened: Details = msgspec.json.decode(ctx.unseal(models.Interview, "details", interview_id, sealed_details))
    return dict.fromkeys((*TEXTS, "cancel_note")) | opened


def interview(ctx: Context, row: Mapping[str, Any]) -> responses.Interview:
    """One row of `queries`."""
    details = details_of(ctx, row["id"], row["details_sealed"])
    note = details.pop("cancel_note")
    cancellation = None
    if row["status"] == InterviewStatus.CANCELLED:
        cancellation = responses.InterviewCancellation(reason=row["cancel_reason"], note=note)
    texts: dict[str, Any] = details
    return responses.Interview(
        **{name: row[name] for name in PLAIN},
        **texts,
        interviewer_ids=row["interviewer_ids"],
        cancellation=cancellation,
    )
