"""The worker's side: the texts are read in one short step, encoded between them, and the vectors kept in another."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from generated.enums import ResumeParseStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.tasks import TaskRun
from impl.lib import logs
from impl.lib.embeddings import Encoded, Failed
from impl.lib.language_model import Spent
from impl.screening import Rubric, blinded
from impl.screening.wording import TEXTS_MAX, passages, texts_of
from impl.services.organization import model_budget
from impl.services.organization.model_budget import Cost, Reserved
from impl.services.resumes.profiles import Reading, of_parse
from impl.services.wordings import contents
from impl.services.wordings.chosen import encoder_of, model_of
from impl.services.wordings.contents import Meant, Place

Outcome = Literal["kept", "needless", "failed"]
#: What metrics call it.
USE: Final = "wording"

log = logs.get_logger()


@dataclass(frozen=True, slots=True, repr=False)
class _Vectors:
    """Vectors as they are kept, and how long they are."""

    packed: list[bytes]
    length: int


async def keep_resume(run: TaskRun, parse_id: UUID) -> Outcome:
    """Keep the vectors of what a resume says, without the person."""
    async with run.step() as ctx:
        parse = await _parse(ctx, parse_id)
        reading = of_parse(ctx, vars(parse)) if parse is not None else None
        version = parse.version if parse is not None else 0
    if reading is None:
        return "needless"
    found = await asyncio.to_thread(lambda: passages(_blinded(reading)))
    vectors = await _vectors(run, [each.said for each in found])
    if vectors is None:
        return "failed"
    places = [
        Place(each.start, each.end, each.text, vector) for each, vector in zip(found, vectors.packed, strict=True)
    ]
    async with run.step() as ctx:
        parse = await _parse(ctx, parse_id, lock=True)
        # Accepted with corrections in the meantime: a task of its own reads it again.
        if parse is None or parse.version != version:
            return "needless"
        parse.wordings_sealed = contents.sealed(ctx, parse_id, places)
        parse.wordings_model, parse.wordings_length = model_of(run.runtime.settings), vectors.length
    return "kept"


async def keep_rubric(run: TaskRun, rubric_id: UUID) -> Outcome:
    """Keep the vectors of what a rubric asks for."""
    async with run.step() as ctx:
        rubric = await _rubric(ctx, rubric_id)
        criteria = Rubric.of(rubric.criteria).criteria if rubric is not None else ()
    if rubric is None:
        return "needless"
    # The model knows words as they stand in sentences.
    texts = [(each.key, text.casefold()) for each in criteria for text in texts_of(each)[:TEXTS_MAX]]
    vectors = await _vectors(run, [text for _, text in texts])
    if vectors is None:
        return "failed"
    meant: dict[str, list[bytes]] = {}
    for (key, _), vector in zip(texts, vectors.packed, strict=True):
        meant.setdefault(key, []).append(vector)
    async with run.step() as ctx:
        if await is_wished(ctx, lock=True):
            await _keep_rubric(ctx, rubric, meant, vectors.length)
    return "kept"


async def _keep_rubric(
    ctx: Context, rubric: models.ScreeningRubric, meant: dict[str, list[bytes]], length: int
) -> None:
    """Instead of what another model has made. The organization is locked, so that no other worker does the same."""
    values = {
        "wordings": contents.encoded([Meant(key, vectors) for key, vectors in meant.items()]),
        "wordings_model": model_of(ctx.runtime.settings),
        "wordings_length": length,
    }
    wording = models.RubricWording
    found = await ctx.all(wording, wording.rubric_id == rubric.id)
    if not found:
        await ctx.insert(wording, rubric_id=rubric.id, job_id=rubric.job_id, **values)
    for each in found:
        patch.overwrite(each, values)


async def is_wished(ctx: Context, *, lock: bool = False) -> bool:
    """Whether the operator and the organization want it. Locked, it cannot change before what is written is committed."""
    if model_of(ctx.runtime.settings) is None:
        return False
    return (await ctx.load(models.Organization, ctx.organization_id, lock=lock)).similar_wording


async def _parse(ctx: Context, parse_id: UUID, *, lock: bool = False) -> models.ResumeParse | None:
    """The parse, when it has a profile and vectors of it are wanted."""
    if not await is_wished(ctx, lock=lock):
        return None
    parse = models.ResumeParse
    found = await ctx.all(parse, parse.id == parse_id, parse.status == ResumeParseStatus.PARSED, lock=lock)
    return found[0] if found else None


async def _rubric(ctx: Context, rubric_id: UUID) -> models.ScreeningRubric | None:
    if not await is_wished(ctx):
        return None
    found = await ctx.all(models.ScreeningRubric, models.ScreeningRubric.id == rubric_id)
    return found[0] if found else None


def _blinded(reading: Reading) -> str:
    return blinded(reading.profile, reading.evidence, reading.text, is_location_hidden=True).text


async def _vectors(run: TaskRun, texts: Sequence[str]) -> _Vectors | None:
    """The vectors of the texts; None when there are none to be had now."""
    if not texts:
        return _Vectors([], 0)
    found = await (_asked(run, texts) if encoder_of(run.runtime.settings).is_remote else _encoded(run, texts))
    outcome = "encoded" if isinstance(found, Encoded) else found
    log.info("wording_encoded", outcome=outcome, texts=len(texts))
    if not isinstance(found, Encoded):
        return None
    # It imports numpy, which comes with an extra.
    from impl.lib.embeddings.packing import packed  # noqa: PLC0415

    return _Vectors(await asyncio.to_thread(packed, found.vectors), found.dimension)


async def _encoded(run: TaskRun, texts: Sequence[str]) -> Encoded:
    return await encoder_of(run.runtime.settings).encode(texts)


async def _asked(run: TaskRun, texts: Sequence[str]) -> Encoded | str:
    """What a server answers, within the day's tokens; or why there is nothing."""
    cost = Cost(sum(len(text.encode()) // 3 + 1 for text in texts), 0)
    tries_max = run.runtime.settings.openai.tries_max
    async with run.step() as ctx:
        budget = (await ctx.load(models.Organization, ctx.organization_id)).daily_token_budget
        reserved, share = await model_budget.reserve(ctx, cost, tries_max=tries_max, budget=budget)
    run.runtime.work.budget_used(share, use=USE)
    if reserved is None:
        return "budget_exhausted"
    spent, outcome = Spent(unknown_tries=1), "failed"
    try:
        found = await _encoded(run, texts)
        spent, outcome = found.spent, "encoded"
        return found
    except Failed as failed:
        spent, outcome = failed.spent, failed.reason
        return failed.reason
    finally:
        # Also when the worker must stop in the middle: what was asked may be paid for.
        await asyncio.shield(_settled(run, reserved, spent, has_failed=outcome != "encoded"))
        run.runtime.work.model_asked(outcome, spent.tries, (spent.input_tokens, spent.output_tokens), use=USE)


async def _settled(run: TaskRun, reserved: Reserved, spent: Spent, *, has_failed: bool) -> None:
    async with run.step() as ctx:
        await model_budget.settle(ctx, reserved, spent, has_failed=has_failed)
