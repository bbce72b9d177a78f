"""A candidate's own page: what they sent, and how it stands in words that tell nothing of stages, reasons or people.

An intake that was added to an application the organization had already never tells of that one, nor ends it: whoever typed the
address need not be its owner. Nor does the page differ by whether there was one.
"""

from typing import Any, Final
from uuid import UUID

from generated import responses
from generated.enums import ApplicationStatus, IntakeStatus, PublicApplicationStatus
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import tokens
from impl.models.intake import ApplicationEnded
from impl.services.intakes import content, queries
from impl.services.intakes.processing import attached_files
from impl.services.intakes.tasks import withdraw_application

STANDING: Final = (PublicApplicationStatus.RECEIVED, PublicApplicationStatus.IN_REVIEW)
WORDS: Final = {
    IntakeStatus.RECEIVED: PublicApplicationStatus.RECEIVED,
    IntakeStatus.QUARANTINED: PublicApplicationStatus.RECEIVED,
    IntakeStatus.REJECTED: PublicApplicationStatus.RECEIVED,
    IntakeStatus.PROCESSED: PublicApplicationStatus.IN_REVIEW,
    IntakeStatus.WITHDRAWN: PublicApplicationStatus.WITHDRAWN,
    IntakeStatus.DISCARDED: PublicApplicationStatus.CLOSED,
}
ENDED: Final = {
    ApplicationStatus.ACTIVE: PublicApplicationStatus.IN_REVIEW,
    ApplicationStatus.REJECTED: PublicApplicationStatus.CLOSED,
    ApplicationStatus.WITHDRAWN: PublicApplicationStatus.WITHDRAWN,
    ApplicationStatus.HIRED: PublicApplicationStatus.HIRED,
}


async def shown(ctx: Context, organization: responses.PublicOrganization, token: str) -> responses.PublicApplication:
    """The page that a token opens, or 404."""
    row = await _proven(ctx, token)
    sent = content.opened(ctx, row["id"], row["content_sealed"])
    labels = {question["key"]: question["label"] for question in row["questions"]}
    return responses.PublicApplication(
        status=_status(row),
        organization=organization,
        job_title=row["title"],
        submitted_at=row["created_at"],
        withdrawn_at=row["withdrawn_at"],
        full_name=sent.full_name,
        email=sent.email,
        phone=sent.phone,
        answers=[
            responses.SubmittedAnswer(key=each.key, label=labels.get(each.key, each.key), values=each.values)
            for each in sent.answers
        ],
        files=await _files(ctx, row["id"]),
    )


async def withdraw(ctx: Context, token: str) -> None:
    """Take the application back. The worker ends what was made of it, so that all this does is the same whatever that was."""
    row = await _proven(ctx, token)
    intake = await ctx.load(models.Intake, row["id"], lock=True)
    row = await _proven(ctx, token)
    if _status(row) not in STANDING:
        raise ApplicationEnded("There is nothing left to withdraw.")
    before = intake.status
    intake.withdraw()
    await ctx.enqueue(withdraw_application, intake_id=intake.id)
    ctx.record("intake.withdrawn", intake, status=(before, intake.status))
    await ctx.connection.flush()


async def _proven(ctx: Context, token: str) -> Any:
    """The row of a token: the same work is done for one that is not well-formed, unknown, or right."""
    parsed = tokens.parse(token)
    is_tracking = parsed is not None and parsed.kind == "tracking"
    row = await ctx.row(queries.TRACKED, public_id=parsed.public_id if parsed and is_tracking else "")
    secret = parsed.secret if parsed else ""
    if not tokens.matches(secret, row["token_hash"] if row else None) or row is None:
        raise NotFound("Check the address that you were given.")
    return row


def _status(row: Any) -> PublicApplicationStatus:
    status = WORDS[row["status"]]
    if status == PublicApplicationStatus.IN_REVIEW and row["made_application"]:
        return ENDED[row["application_status"]]
    return status


async def _files(ctx: Context, intake_id: UUID) -> list[responses.SubmittedFile]:
    return [
        responses.SubmittedFile(
            field_=file.field,
            name=ctx.unseal(models.File, "name", file.id, file.name_sealed).decode(),
            media_type=file.media_type,
            size_bytes=file.size_bytes,
            refusal=file.refusal,
        )
        for file in await attached_files(ctx, intake_id)
    ]
