"""What the worker does for screening: score the applications of a run, a few in each step."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from generated.enums import CandidateStatus, ScreeningBand
from impl import models
from impl.core.context import Context
from impl.core.tasks import TaskRun, task
from impl.screening import Result, Rubric, score
from impl.services.screening import queries
from impl.services.screening.inputs import Input, latest

BATCH = 20


class Told(NamedTuple):
    """All that an event tells of a row that never changes."""

    id: UUID
    job_id: UUID
    application_id: UUID | None = None
    candidate_id: UUID | None = None


@task("screen_applications")
async def screen_applications(run: TaskRun, screening_run_id: UUID) -> None:
    """Give each application of a run its result. A run that is cut short goes on where it was."""
    is_over = False
    while not is_over:
        async with run.step() as ctx:
            is_over = await step(ctx, screening_run_id)


async def step(ctx: Context, run_id: UUID) -> bool:
    """Score the next applications; whether those were the last, which is said once."""
    pinned = await ctx.row(queries.PINNED, run_id=run_id)
    rows = await ctx.rows(queries.WAITING, run_id=run_id, batch=BATCH + 1)
    known = [UUID(str(row["candidate_id"])) for row in rows[:BATCH] if row["status"] == CandidateStatus.ACTIVE]
    inputs = await latest(ctx, known, is_location_hidden=pinned["is_blind"])
    # The arithmetic has a thread of its own, so that the other tasks of this worker go on.
    results = await asyncio.to_thread(_scored, pinned["criteria"], pinned["as_of"], inputs)
    for row in rows[:BATCH]:
        candidate_id = UUID(str(row["candidate_id"]))
        found = results.get(candidate_id, results[None])
        await _keep(ctx, pinned, row, found, inputs.get(candidate_id))
    is_over = len(rows) <= BATCH
    if is_over and rows:
        ctx.record("screening_run.finished", Told(pinned["id"], pinned["job_id"]))
    return is_over


def _scored(criteria: list[Mapping[str, Any]], as_of: date, inputs: Mapping[UUID, Input]) -> dict[UUID | None, Result]:
    """By candidate; under None what everybody without a resume gets."""
    rubric = Rubric.of(criteria)
    found: dict[UUID | None, Result] = {None: score(rubric, None, as_of=as_of)}
    return found | {each: score(rubric, said.reading, as_of=as_of) for each, said in inputs.items()}


async def _keep(ctx: Context, pinned: Any, row: Any, result: Result, said: Input | None) -> None:
    plain = result.plain()
    answers = [{name: value for name, value in each.items() if name != "evidence"} for each in plain["answers"]]
    stored = await ctx.insert(
        models.ScreeningResult,
        run_id=pinned["id"],
        application_id=row["id"],
        job_id=pinned["job_id"],
        scorer_version=result.scorer_version,
        score_hundredths=result.hundredths if said else None,
        rank_points=result.hundredths + 1 if said else 0,
        band=ScreeningBand(result.band.value),
        answers=answers,
        flags=list(said.flags) if said else [],
        resume_parse_id=said.resume_parse_id if said else None,
        file_sha256=said.file_sha256 if said else None,
        reading_sha256=said.reading.sha256() if said else None,
        result_sha256=result.sha256(),
    )
    if said is not None:
        await keep_words(ctx, stored.id, row, pinned["job_id"], plain)


async def keep_words(ctx: Context, row_id: UUID, application: Any, job_id: UUID, words: Mapping[str, Any]) -> None:
    """Keep, sealed, the words of a result or of a review; `application` has its `id` and `candidate_id`."""
    await ctx.insert(
        models.ScreeningDocument,
        id=row_id,
        candidate_id=application["candidate_id"],
        application_id=application["id"],
        job_id=job_id,
        content_sealed=ctx.seal(models.ScreeningDocument, "content", row_id, msgspec.json.encode(words)),
    )
