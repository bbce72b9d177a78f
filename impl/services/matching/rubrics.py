"""How jobs are screened: what matching has to know of a job's rubric."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from impl.core.context import Context
from impl.screening import Rubric
from impl.services.matching import queries


@dataclass(frozen=True, slots=True)
class Standing:
    """A job's rubric, none where nothing is asked for; `revision` is its version."""

    id: UUID | None = None
    revision: int = 0
    rubric: Rubric | None = None
    is_enabled: bool = True
    is_blind: bool = False


#: What holds for a job for which nobody has written a rubric.
UNSAID: Final = Standing()


async def of_jobs(ctx: Context, job_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """The newest version of each job that has one."""
    rows = await ctx.rows(queries.RUBRICS, job_ids=list(job_ids))
    return {
        row["job_id"]: Standing(
            id=row["id"],
            revision=row["revision"],
            rubric=Rubric.of(row["criteria"]) if row["criteria"] else None,
            is_enabled=row["is_enabled"],
            is_blind=row["is_blind"],
        )
        for row in rows
    }
