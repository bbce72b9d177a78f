"""Results: what a run found of an application, with the words that it went by, and what people say to it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from generated import requests, responses
from generated.enums import ActorType
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import ids
from impl.services.screening import queries
from impl.services.screening.tasks import Told, keep_words


async def show(ctx: Context, result_id: UUID) -> responses.ScreeningResult:
    row = await ctx.row(queries.ONE_RESULT, id=result_id)
    if row is None:
        raise NotFound
    return (await _shown(ctx, [row]))[0]


async def of_run(
    ctx: Context, run_id: UUID, query: requests.ListScreeningRunResultsQuery
) -> responses.ScreeningResultList:
    """What a run found, the best first."""
    if await ctx.row(queries.ONE_RUN, id=run_id) is None:
        raise NotFound
    rows, page = await ctx.page(queries.RESULTS_BY_RANK, query, run_id=run_id)
    return responses.ScreeningResultList(data=await _shown(ctx, rows), page=page)


async def of_application(
    ctx: Context, application_id: UUID, query: requests.ListApplicationScreeningResultsQuery
) -> responses.ScreeningResultList:
    """What every run found of an application, the newest first."""
    if await ctx.row(queries.ONE_APPLICATION, id=application_id) is None:
        raise NotFound
    rows, page = await ctx.page(queries.RESULTS, query, application_id=application_id)
    return responses.ScreeningResultList(data=await _shown(ctx, rows), page=page)


async def review(ctx: Context, result_id: UUID, body: requests.ScreeningReviewCreate) -> responses.ScreeningResult:
    """Add the word of a person."""
    result = await ctx.row(queries.ONE_RESULT, id=result_id)
    if result is None:
        raise NotFound
    application = await ctx.load(models.Application, result["application_id"])
    candidate = await ctx.load(models.Candidate, application.candidate_id)
    candidate.expect_active()
    review_id = ids.new_id()
    await ctx.insert(
        models.ScreeningReview,
        id=review_id,
        result_id=result_id,
        job_id=result["job_id"],
        decision=body.decision,
        author_type=ActorType(ctx.actor.recorded_type),
        author_id=ctx.actor.recorded_id,
    )
    about = {"id": application.id, "candidate_id": candidate.id}
    await keep_words(ctx, review_id, about, result["job_id"], {"decision": body.decision, "reason": body.reason})
    told = Told(result_id, result["job_id"], application.id, candidate.id)
    ctx.record("screening_result.reviewed", told, decision=(None, body.decision))
    return await show(ctx, result_id)


async def _shown(ctx: Context, rows: Sequence[Any]) -> list[responses.ScreeningResult]:
    said: dict[UUID, list[responses.ScreeningReview]] = {row["id"]: [] for row in rows}
    for each in await ctx.rows(queries.REVIEWS, result_ids=list(said)):
        said[each["result_id"]].append(_review(ctx, each))
    return [_result(ctx, row, said[row["id"]]) for row in rows]


def _result(ctx: Context, row: Any, reviews: list[responses.ScreeningReview]) -> responses.ScreeningResult:
    plain = ("id", "run_id", "job_id", "application_id", "rubric_revision", "scorer_version", "score_hundredths")
    words = _words(ctx, row)
    evidence = {each["key"]: each["evidence"] for each in words.get("answers", ())}
    return responses.ScreeningResult(
        **{name: row[name] for name in plain},
        band=row["band"],
        answers=[_answer(each, evidence.get(each["key"], [])) for each in row["answers"]],
        unknown_keys=[each["key"] for each in row["answers"] if each["is_unknown"]],
        flags=row["flags"],
        inputs=responses.ScreeningInputs(
            rubric_sha256=row["rubric_sha256"],
            resume_parse_id=row["resume_parse_id"],
            file_sha256=row["file_sha256"],
            reading_sha256=row["reading_sha256"],
        ),
        result_sha256=row["result_sha256"],
        reviews=reviews,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


def _answer(answer: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> responses.ScreeningAnswer:
    document = {name: value for name, value in answer.items() if name != "is_required"}
    importance = "required" if answer["is_required"] else "preferred"
    return msgspec.convert(document | {"importance": importance, "evidence": evidence}, responses.ScreeningAnswer)


def _review(ctx: Context, row: Any) -> responses.ScreeningReview:
    return responses.ScreeningReview(
        decision=row["decision"],
        reason=_words(ctx, row).get("reason"),
        author=responses.Actor(type=ActorType(row["author_type"]), id=row["author_id"]),
        created_at=row["created_at"],
    )


def _words(ctx: Context, row: Any) -> Mapping[str, Any]:
    """What the document of a row holds; nothing once the person is forgotten."""
    if row["content_sealed"] is None:
        return {}
    opened = ctx.unseal(models.ScreeningDocument, "content", row["id"], row["content_sealed"])
    words: Mapping[str, Any] = msgspec.json.decode(opened)
    return words
