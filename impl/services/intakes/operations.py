"""Intakes, as the staff sees them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.intakes import IntakesOperations
from generated.enums import IntakeStatus
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.services.intakes import content, forms, queries
from impl.services.intakes.processing import attached_files
from impl.services.intakes.tasks import process_intake

UNSHOWN = ("content_sealed", "questions")


class Intakes(IntakesOperations[Context]):
    """Applications as they came in: looked at, and decided where the worker could not."""

    async def list_intakes(self, ctx: Context, query: requests.ListIntakesQuery) -> responses.IntakeList:
        rows, page = await ctx.page(queries.INTAKES, query)
        return responses.IntakeList(
            data=[responses.IntakeSummary(**_summary(row, _content(ctx, row))) for row in rows], page=page
        )

    async def get_intake(self, ctx: Context, intake_id: UUID) -> responses.Intake:
        return await _shown(ctx, intake_id)

    async def reprocess_intake(
        self, ctx: Context, intake_id: UUID, query: requests.ReprocessIntakeQuery
    ) -> responses.Intake:
        return await _decided(ctx, intake_id, models.Intake.reprocess, "intake.reprocessed")

    async def release_intake(
        self, ctx: Context, intake_id: UUID, query: requests.ReleaseIntakeQuery
    ) -> responses.Intake:
        return await _decided(ctx, intake_id, models.Intake.release, "intake.released")

    async def discard_intake(
        self, ctx: Context, intake_id: UUID, query: requests.DiscardIntakeQuery
    ) -> responses.Intake:
        return await _decided(ctx, intake_id, models.Intake.discard, "intake.discarded")


async def _decided(
    ctx: Context, intake_id: UUID, decide: Callable[[models.Intake], None], event: str
) -> responses.Intake:
    """The intake after a person's decision; the worker takes up again what is to be processed."""
    intake = await ctx.load(models.Intake, intake_id, lock=True)
    before = intake.status
    decide(intake)
    if intake.status == IntakeStatus.RECEIVED:
        await ctx.enqueue(process_intake, intake_id=intake.id)
    ctx.record(event, intake, status=(before, intake.status))
    return await _shown(ctx, intake_id)


async def _shown(ctx: Context, intake_id: UUID) -> responses.Intake:
    await ctx.connection.flush()
    row = await ctx.row(queries.ONE_INTAKE, id=intake_id)
    if row is None:
        raise NotFound
    sent = _content(ctx, row)
    return responses.Intake(
        **_summary(row, sent),
        answers=_answers(row["questions"], sent),
        files=[_file(ctx, file) for file in await attached_files(ctx, intake_id)],
    )


def _content(ctx: Context, row: Mapping[str, Any]) -> content.Content:
    return content.opened(ctx, row["id"], row["content_sealed"])


def _summary(row: Mapping[str, Any], sent: content.Content) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in UNSHOWN}
    return {**values, "full_name": sent.full_name, "email": sent.email, "phone": sent.phone}


def _answers(questions: list[dict[str, Any]], sent: content.Content) -> list[responses.IntakeAnswer]:
    asked = {question["key"]: question for question in questions}
    return [
        responses.IntakeAnswer(
            key=answer.key,
            label=asked[answer.key]["label"],
            kind=asked[answer.key]["kind"],
            values=answer.values,
            flagged_values=forms.flagged(asked[answer.key], answer.values),
        )
        for answer in sent.answers
        if answer.key in asked
    ]


def _file(ctx: Context, file: models.File) -> responses.IntakeFile:
    return responses.IntakeFile(
        id=file.id,
        field_=file.field,
        name=ctx.unseal(models.File, "name", file.id, file.name_sealed).decode(),
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256.hex(),
        refusal=file.refusal,
    )
