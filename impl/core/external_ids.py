"""Ids that rows have in systems of the organization's own."""

from uuid import UUID

from impl.core.context import Context
from impl.models import Application, Candidate, Job, Opening
from impl.models.base import ExternalIdTaken


async def expect_free(
    ctx: Context,
    model: type[Application | Candidate | Job | Opening],
    external_id: str | None,
    own_id: UUID | None = None,
) -> None:
    """Refuse an external id that another row has, naming the row; the unique constraint decides between concurrent calls."""
    if external_id is None:
        return
    for other in await ctx.all(model, model.external_id == external_id):
        if other.id != own_id:
            raise ExternalIdTaken("Another one has this external_id.", conflicting_id=other.id)
