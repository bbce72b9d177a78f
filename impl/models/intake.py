"""What comes in from the public side: an intake, kept before anything is done with it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import IntakeFailure, IntakeStatus, IntakeSuspicion
from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import Resource, belongs_to, choice
from impl.models.states import TransitionRefused, next_status


class IntakeTransitionRefused(TransitionRefused):
    code, title = "intake_transition_refused", "The intake's status does not allow this"


class AnswersInvalid(Problem):
    status, code, title = 422, "answers_invalid", "The answers do not fit the form"


class ApplicationEnded(Problem):
    status, code, title = 409, "application_ended", "The application has ended"


class Intake(Resource):
    """One application from the public side. `content_sealed` is the JSON of who applied and what they answered, and `edition_id` is
    the edition of the post whose form that answers. `email_hash` is the blind index of the address; `sender_hash` that of the
    network address, which is forgotten after a day."""

    __tablename__ = "intakes"
    __table_args__ = (
        belongs_to("posts", "post_id"),
        belongs_to("post_editions", "edition_id"),
        belongs_to("jobs", "job_id"),
        belongs_to("sources", "source_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        UniqueConstraint("organization_id", "token_public_id"),
        # Two intakes never make the same application; others may belong to it.
        Index(
            "uq_intakes_made",
            "organization_id",
            "application_id",
            unique=True,
            postgresql_where=text("made_application"),
        ),
        Index("ix_intakes_job_id", "organization_id", "job_id", "id"),
        Index("ix_intakes_post_id", "organization_id", "post_id", "id"),
        Index("ix_intakes_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_intakes_application_id", "organization_id", "application_id", "id"),
        Index("ix_intakes_email_hash", "organization_id", "email_hash"),
        Index(
            "ix_intakes_sender_hash",
            "organization_id",
            "sender_hash",
            "created_at",
            postgresql_where=text("sender_hash IS NOT NULL"),
        ),
    )
    job_column: ClassVar[str | None] = "job_id"

    post_id: Mapped[UUID]
    edition_id: Mapped[UUID]
    job_id: Mapped[UUID]
    status: Mapped[IntakeStatus] = mapped_column(choice(IntakeStatus, "status"), default=IntakeStatus.RECEIVED)
    suspicion: Mapped[IntakeSuspicion | None] = mapped_column(choice(IntakeSuspicion, "suspicion"))
    failure: Mapped[IntakeFailure | None] = mapped_column(choice(IntakeFailure, "failure"))
    content_sealed: Mapped[bytes]
    email_hash: Mapped[bytes]
    sender_hash: Mapped[bytes | None]
    token_public_id: Mapped[str]
    token_hash: Mapped[bytes]
    source_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    made_application: Mapped[bool] = mapped_column(default=False)
    flagged_count: Mapped[int] = mapped_column(default=0)
    processed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    def become(self, candidate_id: UUID, application_id: UUID, *, is_new: bool) -> None:
        """Be an application from now on: a new one, or one that the candidate has for this job already."""
        self._expect_received()
        self.status, self.failure, self.processed_at = IntakeStatus.PROCESSED, None, clock.now()
        self.candidate_id, self.application_id, self.made_application = candidate_id, application_id, is_new

    def reject(self, failure: IntakeFailure) -> None:
        """It cannot become an application as things are."""
        self._expect_received()
        self.status, self.failure, self.processed_at = IntakeStatus.REJECTED, failure, clock.now()

    def reprocess(self) -> None:
        """Let the worker look again."""
        self.status = self._next("reprocess_intake")
        self.failure, self.processed_at = None, None

    def release(self) -> None:
        """It was no spam."""
        self.status = self._next("release_intake")

    def discard(self) -> None:
        self.status = self._next("discard_intake")

    def withdraw(self) -> None:
        """The candidate takes it back."""
        self.status = IntakeStatus(
            next_status("intake", "withdraw_public_application", self.status, IntakeTransitionRefused)
        )
        self.withdrawn_at = clock.now()

    def _next(self, command: str) -> IntakeStatus:
        return IntakeStatus(next_status("intake", command, self.status, IntakeTransitionRefused))

    def _expect_received(self) -> None:
        if self.status != IntakeStatus.RECEIVED:
            raise ValueError(f"an intake that is {self.status} is not for the worker")
