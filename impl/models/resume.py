"""Resumes as they were read: each row is one reading of one attachment."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType, ResumeDegradation, ResumeParseFailure, ResumeParser, ResumeParseStatus
from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import Resource, belongs_to, choice
from impl.models.states import TransitionRefused, next_status


class ResumeParseNotParsed(TransitionRefused):
    code, title = "resume_parse_not_parsed", "There is no profile to accept"


class ResumeParsePending(Problem):
    status, code, title = 409, "resume_parse_pending", "The attachment is waiting to be read"


class PointerUnknown(Problem):
    status, code, title = 422, "pointer_unknown", "The parse has no such field"


class ResumeParse(Resource):
    """One reading of one attachment. `text_sealed` is the text that was read, `reading_sealed` the JSON of the profile, of its
    evidence and of the text that a person does not see, `review_sealed` that of what somebody made of the profile, `wordings_sealed`
    that of the places of its blinded text with vectors of a model. All are empty until there is something. It goes with its
    attachment."""

    __tablename__ = "resume_parses"
    __table_args__ = (
        belongs_to("files", "attachment_id", ondelete="CASCADE"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        UniqueConstraint("organization_id", "attachment_id", "revision"),
        CheckConstraint("(status = 'failed') = (reason IS NOT NULL)", name="failed_with_reason"),
        Index("ix_resume_parses_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_resume_parses_application_id", "organization_id", "application_id", "id"),
        Index("ix_resume_parses_job_id", "organization_id", "job_id", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    attachment_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    revision: Mapped[int]
    status: Mapped[ResumeParseStatus] = mapped_column(
        choice(ResumeParseStatus, "status"), default=ResumeParseStatus.QUEUED
    )
    reason: Mapped[ResumeParseFailure | None] = mapped_column(choice(ResumeParseFailure, "reason"))
    parsed_by: Mapped[ResumeParser | None] = mapped_column(choice(ResumeParser, "parsed_by"))
    is_degraded: Mapped[bool] = mapped_column(default=False)
    degraded_reason: Mapped[ResumeDegradation | None] = mapped_column(choice(ResumeDegradation, "degraded_reason"))
    parser_version: Mapped[str | None]
    model_digest: Mapped[bytes | None] = mapped_column(BYTEA)
    input_sha256: Mapped[bytes] = mapped_column(BYTEA)
    media_type: Mapped[str | None]
    pages_count: Mapped[int | None]
    language: Mapped[str | None]
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    text_sealed: Mapped[bytes | None]
    reading_sealed: Mapped[bytes | None]
    review_sealed: Mapped[bytes | None]
    wordings_sealed: Mapped[bytes | None]
    wordings_model: Mapped[str | None]
    wordings_length: Mapped[int | None]
    finished_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_type: Mapped[ActorType | None] = mapped_column(choice(ActorType, "accepted_by_type"))
    accepted_by_id: Mapped[UUID | None]

    def succeed(self) -> None:
        """There is a profile."""
        self._finish(ResumeParseStatus.PARSED)

    def need_ocr(self) -> None:
        """There is nothing but pictures of text."""
        self._finish(ResumeParseStatus.NEEDS_OCR)

    def fail(self, reason: ResumeParseFailure) -> None:
        """It cannot be read."""
        self._finish(ResumeParseStatus.FAILED)
        self.reason = reason

    def accept(self, actor_type: ActorType, actor_id: UUID | None) -> None:
        """Somebody has reviewed the profile."""
        self.status = ResumeParseStatus(
            next_status("resume_parse", "accept_resume_parse", self.status, ResumeParseNotParsed)
        )
        self.accepted_at, self.accepted_by_type, self.accepted_by_id = clock.now(), actor_type, actor_id
        # They were of the profile without the corrections.
        self.wordings_sealed = self.wordings_model = self.wordings_length = None

    def _finish(self, status: ResumeParseStatus) -> None:
        if self.status != ResumeParseStatus.QUEUED:
            raise ValueError(f"a parse that is {self.status} is not for the worker")
        self.status, self.finished_at = status, clock.now()
