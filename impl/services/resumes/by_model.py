"""What a language model makes of a resume after the parser, where the organization wishes it.

Nothing is asked twice: the answer is kept with the parse that it was for, under a digest of all that the question said. Nothing is asked
beyond the day's budget. Whatever fails, the parser's reading stands.
"""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam

from generated.enums import ResumeDegradation, ResumeReadingModel
from impl import models
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.tasks import TaskRun
from impl.lib import logs
from impl.lib.language_model import Spent
from impl.lib.language_model.asking import LanguageModel
from impl.lib.work_metrics import WorkMetrics
from impl.resumes.model import questions
from impl.resumes.model.answers import ResumeAnswer
from impl.resumes.model.chosen import model_of
from impl.resumes.model.reading import Degraded, Read, believed, read
from impl.resumes.model.text import Sent, prepared
from impl.resumes.understood import Understood
from impl.services.organization import model_budget
from impl.services.organization.model_budget import Cost, Reserved
from impl.services.resumes import contents
from impl.settings_sections import OpenAISettings

KEPT = ScopedQuery(
    lambda visibility: (
        mine(models.ResumeParse, visibility, models.ResumeParse.id, models.ResumeParse.reading_sealed)
        .where(
            models.ResumeParse.candidate_id == bindparam("candidate_id"),
            models.ResumeParse.model_digest == bindparam("digest"),
            models.ResumeParse.reading_sealed.is_not(None),
        )
        .order_by(models.ResumeParse.id.desc())
        .limit(1)
    )
)

log = logs.get_logger()


@dataclass(frozen=True, slots=True, repr=False)
class ByModel:
    """What a model has read: the profile with its evidence, the answer that they come from, and what that is found under again."""

    profile: dict[str, Any]
    evidence: dict[str, Any]
    answer: dict[str, Any] | None
    digest: bytes
    version: str


@dataclass(frozen=True, slots=True, repr=False)
class NotByModel:
    """Why the parser's profile stands; with the answer, and what it is found under, when there was one that says nothing."""

    reason: ResumeDegradation
    answer: dict[str, Any] | None
    digest: bytes | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """A question that is to be asked, for tokens that are held back; or an answer that is there already."""

    sent: Sent
    digest: bytes
    reserved: Reserved | None = None
    kept: ResumeAnswer | None = None
    # How much of the day's budget is used and held now, of 1; without a reservation, how much there would be.
    share: float | None = None


async def read_further(run: TaskRun, candidate_id: UUID, offline: Understood) -> ByModel | NotByModel | None:
    """What a model reads in a text, or why it cannot; None where none is to read it."""
    settings = run.runtime.settings.openai
    if not offline.text.strip():
        return None
    async with run.step() as ctx:
        wish = await ctx.load(models.Organization, ctx.organization_id)
    if wish.resume_model == ResumeReadingModel.OFF:
        return None
    most = settings.input_characters_max
    sent = await asyncio.to_thread(prepared, offline, redacts=wish.redact_contacts, characters_max=most)
    async with run.step() as ctx:
        plan = await _planned(ctx, settings, candidate_id, sent, wish.daily_token_budget)
    found = await _found(run, settings, plan, offline)
    outcome = found.reason if isinstance(found, Degraded) else "kept" if plan.kept else "read"
    model = model_of(settings)
    log.info("resume_read_by_model", outcome=outcome, tries=found.spent.tries, circuit=model.circuit if model else None)
    _count(run.runtime.work, plan, outcome, found.spent, model)
    answer = found.answer.model_dump(mode="json") if found.answer is not None else None
    if isinstance(found, Degraded):
        return NotByModel(ResumeDegradation(found.reason), answer, plan.digest if answer is not None else None)
    version = f"model-{questions.VERSION} {settings.model}"
    return ByModel(found.filled.profile, found.filled.evidence, answer, plan.digest, version)


def _count(work: WorkMetrics, plan: _Plan, outcome: str, spent: Spent, model: LanguageModel | None) -> None:
    word = "kept" if plan.kept else outcome
    work.model_asked(word, spent.tries, (spent.input_tokens, spent.output_tokens))
    if plan.share is not None:
        work.budget_used(plan.share)
    if model is not None:
        work.watch_circuit(lambda: model.circuit)


async def _planned(ctx: Context, settings: OpenAISettings, candidate_id: UUID, sent: Sent, budget: int) -> _Plan:
    digest = questions.fingerprint(sent, f"{settings.base_url} {settings.model}")
    kept = await _kept(ctx, candidate_id, digest)
    if kept is not None:
        await model_budget.count_hit(ctx)
        return _Plan(sent, digest, kept=kept)
    cost = Cost(questions.tokens_of(sent), settings.output_tokens_max)
    reserved, share = await model_budget.reserve(ctx, cost, tries_max=settings.tries_max, budget=budget)
    return _Plan(sent, digest, reserved, share=share)


async def _kept(ctx: Context, candidate_id: UUID, digest: bytes) -> ResumeAnswer | None:
    row = await ctx.row(KEPT, candidate_id=candidate_id, digest=digest)
    answer = contents.answer(ctx, row) if row is not None else None
    return ResumeAnswer.model_validate_json(msgspec.json.encode(answer)) if answer is not None else None


async def _found(run: TaskRun, settings: OpenAISettings, plan: _Plan, offline: Understood) -> Read | Degraded:
    if plan.kept is not None:
        return await asyncio.to_thread(believed, plan.kept, plan.sent, offline, Spent())
    if plan.reserved is None:
        return Degraded("budget_exhausted", Spent())
    return await _asked(run, settings, plan.sent, plan.reserved, offline)


async def _asked(
    run: TaskRun, settings: OpenAISettings, sent: Sent, reserved: Reserved, offline: Understood
) -> Read | Degraded:
    spent, has_failed = Spent(unknown_tries=1), True
    try:
        model = model_of(settings)
        assert model is not None  # noqa: S101 - there is a key  # nosec B101
        found = await read(model, sent, offline)
        spent, has_failed = found.spent, isinstance(found, Degraded)
        return found
    finally:
        # Also when the worker must stop in the middle: what was asked may be paid for.
        await asyncio.shield(_settled(run, reserved, spent, has_failed=has_failed))


async def _settled(run: TaskRun, reserved: Reserved, spent: Spent, *, has_failed: bool) -> None:
    async with run.step() as ctx:
        await model_budget.settle(ctx, reserved, spent, has_failed=has_failed)
