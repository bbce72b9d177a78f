"""Putting messages into the outbox, in the transaction of what they are about. Nothing else ever sends anything to a candidate."""

from datetime import datetime
from uuid import UUID

from generated.enums import MessageKind
from impl import models
from impl.core.context import Context
from impl.lib import clock, ids
from impl.lib.problems import Problem
from impl.services.candidates import profile
from impl.services.messages.tasks import deliver_message
from impl.services.messages.texts import NOTIFY_AT, Recipient, Text, Writer


class CandidateHasNoEmail(Problem):
    status, code, title = 409, "candidate_has_no_email", "The candidate has no e-mail address"


class TemplateMissing(Problem):
    status, code, title = 409, "template_missing", "There is no template for this"


def address_of(ctx: Context, candidate: models.Candidate) -> str:
    """The first e-mail address of an active candidate; raises `candidate_not_active` or `candidate_has_no_email`."""
    candidate.expect_active()
    emails = profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)["emails"]
    if not emails:
        raise CandidateHasNoEmail(
            "Add an address to the profile, or do without the message.", conflicting_id=candidate.id
        )
    address: str = emails[0]["address"]
    return address


async def put(
    ctx: Context,
    recipient: Recipient,
    text: Text,
    *,
    template_id: UUID | None = None,
    send_at: datetime | None = None,
) -> models.Message:
    """Queue a message. It is sent by the worker once this transaction is committed, and not before `send_at`."""
    message_id, application = ids.new_id(), recipient.application
    sealed = {
        "to_address_sealed": address_of(ctx, recipient.candidate),
        "subject_sealed": text.subject,
        "body_sealed": text.body,
    }
    message = await ctx.insert(
        models.Message,
        id=message_id,
        candidate_id=recipient.candidate.id,
        application_id=application.id if application else None,
        job_id=application.job_id if application else None,
        template_id=template_id,
        send_at=send_at,
        due_at=send_at or clock.now(),
        **{
            column: ctx.seal(models.Message, column.removesuffix("_sealed"), message_id, value.encode())
            for column, value in sealed.items()
        },
    )
    await ctx.enqueue(deliver_message, run_at=send_at, lock=f"message:{message_id}", message_id=message_id)
    ctx.record("message.queued", message, status=(None, message.status))
    return message


class Notifier:
    """Tells candidates what a command did to their applications, by the organization's template for it."""

    def __init__(self, ctx: Context, kind: MessageKind) -> None:
        self._ctx = ctx
        self._kind = kind
        self._writer = Writer(ctx)
        self._template: models.MessageTemplate | None = None

    async def tell(self, application: models.Application) -> None:
        """Queue the message to the candidate of one application; raises rather than leave it out."""
        template = await self._found()
        candidate = await self._ctx.load(models.Candidate, application.candidate_id)
        recipient = Recipient(candidate, application)
        address_of(self._ctx, candidate)
        text = await self._writer.write(template, recipient, {}, pointer=NOTIFY_AT)
        await put(self._ctx, recipient, text, template_id=template.id)

    async def _found(self) -> models.MessageTemplate:
        if self._template is None:
            template = models.MessageTemplate
            found = await self._ctx.all(template, template.kind == self._kind, template.is_archived.is_(False))
            if not found:
                raise TemplateMissing(f"Make a template of the kind {self._kind}, or leave `notify` out.")
            self._template = found[0]
        return self._template
