"""The worker's side of the outbox: one message at a time, in short transactions with the mail server between them.

A message is taken (`sending`) and committed before anything leaves, so that cancelling it and sending it exclude each other. When the
worker dies in between, the message is taken again after its lease, under the same Message-ID: delivery is at least once.
"""

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from generated.enums import CandidateStatus, MessageFailure, MessageStatus
from impl import models
from impl.core.context import Context
from impl.lib import email, logs
from impl.lib.email import Mail, Mailer
from impl.settings import Settings

#: Opens a short transaction as the system, with its events at the end.
Step = Callable[[], AbstractAsyncContextManager[Context]]

WAIT_FIRST: Final = timedelta(seconds=30)
WAIT_MAX: Final = timedelta(minutes=10)

log = logs.get_logger()


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message on its way, and which attempt this is."""

    attempt: int
    mail: Mail


def mailer_of(settings: Settings) -> Mailer:
    """The mail server of the settings; without one, the folder `mail` in the data directory."""
    chosen = settings.email
    if chosen.host is None:
        return email.FolderMailer(settings.data_dir / "mail", chosen.sender)
    password = chosen.password.get_secret_value() if chosen.password else None
    server = email.Server(chosen.host, chosen.port, chosen.security, chosen.username, password, chosen.timeout_seconds)
    return email.SmtpMailer(server, chosen.sender)


async def deliver(step: Step, mailer: Mailer, message_id: UUID) -> datetime | None:
    """Send one message if it is due. Gives when to look at it again; None when nothing is left to do."""
    async with step() as ctx:
        taken = await _take(ctx, message_id)
    if not isinstance(taken, _Taken):
        return taken
    try:
        await mailer.send(taken.mail)
    except email.Refused as refused:
        outcome: email.Refused | email.Postponed | None = refused
    except email.Postponed as postponed:
        outcome = postponed
    else:
        outcome = None
    async with step() as ctx:
        return await _settle(ctx, message_id, taken.attempt, outcome)


async def _take(ctx: Context, message_id: UUID) -> _Taken | datetime | None:
    message = await _locked(ctx, message_id)
    if message is None or not message.is_due:
        return None if message is None else message.due_at
    candidate = await ctx.load(models.Candidate, message.candidate_id)
    if candidate.status != CandidateStatus.ACTIVE:
        _end(ctx, message, MessageFailure.CANDIDATE_NOT_ACTIVE)
        return None
    organization = await ctx.load(models.Organization, ctx.organization_id)
    return _Taken(message.begin(), _mail(ctx, message, organization.name))


async def _settle(
    ctx: Context, message_id: UUID, attempt: int, outcome: email.Refused | email.Postponed | None
) -> datetime | None:
    message = await _locked(ctx, message_id)
    if message is None or not message.is_held_by(attempt):
        return None
    match outcome:
        case None:
            message.succeed()
            ctx.record("message.sent", message, status=(MessageStatus.SENDING, message.status))
        case email.Refused():
            _end(ctx, message, MessageFailure(outcome.reason))
        case email.Postponed():
            message.defer(_wait(attempt))
            log.info("message_deferred", message_id=str(message.id), attempt=attempt, code=outcome.code)
            event = "message.failed" if message.status == MessageStatus.FAILED else "message.deferred"
            ctx.record(event, message, status=(MessageStatus.SENDING, message.status))
    return message.due_at


def _end(ctx: Context, message: models.Message, failure: MessageFailure) -> None:
    before = message.status
    message.fail(failure)
    ctx.record("message.failed", message, status=(before, message.status), failure=(None, message.failure))


async def _locked(ctx: Context, message_id: UUID) -> models.Message | None:
    found = await ctx.all(models.Message, models.Message.id == message_id, lock=True)
    return found[0] if found else None


def _mail(ctx: Context, message: models.Message, organization_name: str) -> Mail:
    def opened(column: str, sealed: bytes) -> str:
        return ctx.unseal(models.Message, column, message.id, sealed).decode()

    return Mail(
        key=str(message.id),
        sender_name=organization_name,
        to_address=opened("to_address", message.to_address_sealed),
        subject=opened("subject", message.subject_sealed),
        text=opened("body", message.body_sealed),
    )


def _wait(attempt: int) -> timedelta:
    """How long to leave the mail server alone: twice as long each time, with full jitter, ten minutes at the most."""
    longest = min(WAIT_FIRST * 2 ** min(attempt - 1, 10), WAIT_MAX)
    return timedelta(seconds=random.uniform(1, longest.total_seconds()))  # noqa: S311  # jitter, not a secret
