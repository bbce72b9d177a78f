"""Messages to candidates: templates, and the outbox with the life of each message."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import MessageFailure, MessageKind, MessageStatus
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import InstantOutOfRange, NameTaken, Resource, belongs_to, choice, of_organization
from impl.models.states import TransitionRefused, next_status

#: How far ahead a message may be planned.
AHEAD_MAX = timedelta(days=366)
#: For how long the mail server may refuse to take a message before it is given up.
PATIENCE = timedelta(days=5)
#: After this time whoever was sending a message is thought to be dead, and the message is taken again.
LEASE = timedelta(minutes=3)


class MessageNotQueued(TransitionRefused):
    code, title = "message_not_queued", "The message is not queued"


class TemplateArchived(Problem):
    status, code, title = 409, "template_archived", "The template is archived"


class MessageTemplate(Resource):
    """A text that messages are made from; `variables` and `values` are what it may use."""

    __tablename__ = "message_templates"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "name"),
        Index("ix_message_templates_kind", "organization_id", "kind", "id"),
        Index("ix_message_templates_name", "organization_id", "name", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_message_templates_organization_id_name": NameTaken}

    name: Mapped[str]
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind, "kind"))
    subject: Mapped[str]
    body: Mapped[str]
    variables: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    values: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    is_archived: Mapped[bool] = mapped_column(default=False)

    def expect_usable(self) -> None:
        if self.is_archived:
            raise TemplateArchived("Choose a template that is not archived.")


class Message(Resource):
    """One e-mail to a candidate. `due_at` is when the worker may take it: to send it, or, while it is being sent, to take it over
    from somebody who died. It is null when nothing is left to do."""

    __tablename__ = "messages"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        belongs_to("message_templates", "template_id"),
        Index("ix_messages_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_messages_application_id", "organization_id", "application_id", "id"),
        Index("ix_messages_job_id", "organization_id", "job_id", "id"),
        Index("ix_messages_due_at", "organization_id", "due_at", "id", postgresql_where=text("due_at IS NOT NULL")),
    )
    job_column: ClassVar[str | None] = "job_id"

    candidate_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    status: Mapped[MessageStatus] = mapped_column(choice(MessageStatus, "status"), default=MessageStatus.QUEUED)
    to_address_sealed: Mapped[bytes]
    subject_sealed: Mapped[bytes]
    body_sealed: Mapped[bytes]
    send_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts_count: Mapped[int] = mapped_column(default=0)
    failure: Mapped[MessageFailure | None] = mapped_column(choice(MessageFailure, "failure"))
    sent_at: Mapped[datetime | None]

    @staticmethod
    def expect_send_at(send_at: datetime | None) -> None:
        if send_at is not None and not clock.now() < send_at <= clock.now() + AHEAD_MAX:
            message = "Must lie in the future, at the most a year ahead."
            raise InstantOutOfRange(errors=[FieldError("/send_at", "instant_out_of_range", message)])

    def cancel(self) -> None:
        """Take a queued message back."""
        self.status = MessageStatus(next_status("message", "cancel_message", self.status, MessageNotQueued))
        self.due_at = None

    @property
    def is_due(self) -> bool:
        """Whether the worker may take it now."""
        return self.due_at is not None and self.due_at <= clock.now()

    def begin(self) -> int:
        """Be sent from now on, by whoever was given this number of the attempt."""
        self._expect(MessageStatus.QUEUED, MessageStatus.SENDING)
        self.status, self.due_at = MessageStatus.SENDING, clock.now() + LEASE
        self.attempts_count += 1
        return self.attempts_count

    def is_held_by(self, attempt: int) -> bool:
        """Whether nobody else has taken it since `begin` gave this number."""
        return self.status == MessageStatus.SENDING and self.attempts_count == attempt

    def succeed(self) -> None:
        """The mail server has taken it."""
        self._expect(MessageStatus.SENDING)
        self.status, self.sent_at, self.due_at = MessageStatus.SENT, clock.now(), None

    def fail(self, failure: MessageFailure) -> None:
        """It will never be taken."""
        self._expect(MessageStatus.QUEUED, MessageStatus.SENDING)
        self.status, self.failure, self.due_at = MessageStatus.FAILED, failure, None

    def defer(self, by: timedelta) -> None:
        """The mail server could not take it this time: it is queued again, or given up when that goes on for too long."""
        self._expect(MessageStatus.SENDING)
        if clock.now() - (self.send_at or self.created_at) > PATIENCE:
            self.fail(MessageFailure.EXPIRED)
        else:
            self.status, self.due_at = MessageStatus.QUEUED, clock.now() + by

    def _expect(self, *allowed: MessageStatus) -> None:
        if self.status not in allowed:
            raise ValueError(f"a message that is {self.status} is not for the worker")
