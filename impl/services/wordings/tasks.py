"""What the worker does for similar wording: keep the vectors of what was just read or asked for, and once an hour of whatever lacks them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

from impl.core.context import Context
from impl.core.tasks import TaskRun, periodic, task
from impl.services.wordings import keeping, queries
from impl.services.wordings.chosen import model_of

BATCH = 50
_KEEP: Final[Mapping[str, Callable[[TaskRun, UUID], Awaitable[keeping.Outcome]]]] = {
    "rubric": keeping.keep_rubric,
    "resume": keeping.keep_resume,
}


@task("embed_resume")
async def embed_resume(run: TaskRun, parse_id: UUID) -> None:
    """Keep the vectors of a resume. When there are none to be had, `embed_missing` asks again."""
    await keeping.keep_resume(run, parse_id)


@task("embed_rubric")
async def embed_rubric(run: TaskRun, rubric_id: UUID) -> None:
    """Keep the vectors of a rubric, likewise."""
    await keeping.keep_rubric(run, rubric_id)


@periodic("embed_missing", cron="20 * * * *")
async def embed_missing(run: TaskRun) -> None:
    """Keep the vectors of all that has none of the model that the settings choose; remove them all where they are not wished."""
    async with run.step() as ctx:
        if not await keeping.is_wished(ctx, lock=True):
            for remove in queries.REMOVE:
                await ctx.connection.execute(remove, organization_id=run.organization_id)
            return
    for kind in _KEEP:
        if not await _kept(run, kind):
            # A server that is away is asked again in an hour, not once for each resume.
            return


async def ask(ctx: Context, *, parse_id: UUID | None = None, rubric_id: UUID | None = None) -> None:
    """Have the vectors of a reading, or of a rubric, made once this is committed; nothing where they are not wished."""
    if not await keeping.is_wished(ctx):
        return
    if parse_id is not None:
        await ctx.enqueue(embed_resume, parse_id=parse_id)
    if rubric_id is not None:
        await ctx.enqueue(embed_rubric, rubric_id=rubric_id)


async def _kept(run: TaskRun, kind: str) -> bool:
    """Go through everything of a kind that lacks its vectors; whether the encoder works."""
    after = UUID(int=0)
    while True:
        async with run.step() as ctx:
            model = model_of(run.runtime.settings)
            rows = await ctx.rows(queries.MISSING[kind], model=model, after=after, batch=BATCH)
        for row in rows:
            after = UUID(str(row["id"]))
            if await _KEEP[kind](run, after) == "failed":
                return False
        if len(rows) < BATCH:
            return True
