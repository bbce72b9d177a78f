"""An interview with its interviewers, and the scorecard that each of them fills in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import InterviewCancelReason, InterviewKind, InterviewStatus, Recommendation, ScorecardStatus
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import InstantOutOfRange, Resource, TenantRow, belongs_to, choice
from impl.models.states import TransitionRefused, next_status

LONGEST = timedelta(hours=24)


class InterviewTransitionRefused(TransitionRefused):
    code, title = "interview_transition_refused", "The interview's status does not allow this"


class InterviewerNotEligible(Problem):
    status, code, title = 409, "interviewer_not_eligible", "An interviewer may not hold this interview"


class NotTheInterviewer(Problem):
    status, code, title = 409, "not_the_interviewer", "The scorecard is somebody else's"


class ScorecardSubmitted(TransitionRefused):
    code, title = "scorecard_submitted", "The scorecard is submitted"


class ScorecardIncomplete(Problem):
    status, code, title = 409, "scorecard_incomplete", "The scorecard is not complete"


class AttributeNotInForm(Problem):
    status, code, title = 409, "attribute_not_in_form", "The job's form has no such attribute"


class Interview(Resource):
    """A conversation with the candidate of an application. `details_sealed` is the JSON of its free texts; `concluded_at` is when
    it stopped being scheduled."""

    __tablename__ = "interviews"
    __table_args__ = (
        belongs_to("applications", "application_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("jobs", "job_id"),
        Index("ix_interviews_application_id", "organization_id", "application_id", "id"),
        Index("ix_interviews_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_interviews_job_id", "organization_id", "job_id", "id"),
        Index("ix_interviews_starts_at", "organization_id", "starts_at", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    application_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    kind: Mapped[InterviewKind] = mapped_column(choice(InterviewKind, "kind"))
    status: Mapped[InterviewStatus] = mapped_column(
        choice(InterviewStatus, "status"), default=InterviewStatus.SCHEDULED
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str]
    details_sealed: Mapped[bytes]
    requires_scorecards: Mapped[bool] = mapped_column(default=True)
    cancel_reason: Mapped[InterviewCancelReason | None] = mapped_column(choice(InterviewCancelReason, "cancel_reason"))
    concluded_at: Mapped[datetime | None]

    @staticmethod
    def expect_times(starts_at: datetime, ends_at: datetime) -> None:
        """It ends after it starts, within a day."""
        if not starts_at < ends_at <= starts_at + LONGEST:
            message = "Must lie after starts_at, at the most 24 hours."
            raise InstantOutOfRange(errors=[FieldError("/ends_at", "instant_out_of_range", message)])

    def reschedule(self, starts_at: datetime, ends_at: datetime, time_zone: str) -> None:
        """Take place at another time; one that was called off is on again."""
        self.expect_times(starts_at, ends_at)
        self.status = self._next("reschedule_interview")
        self.starts_at, self.ends_at, self.time_zone = starts_at, ends_at, time_zone
        self.cancel_reason = self.concluded_at = None

    def complete(self) -> None:
        """It took place."""
        self._conclude("complete_interview")

    def miss(self) -> None:
        """The candidate did not come."""
        self._conclude("mark_interview_no_show")

    def cancel(self, reason: InterviewCancelReason, command: str = "cancel_interview") -> None:
        """Call it off, by its own command or by the one that ends the application."""
        self._conclude(command)
        self.cancel_reason = reason

    def expect_reschedulable(self) -> None:
        self._next("reschedule_interview")

    def _conclude(self, command: str) -> None:
        self.status, self.concluded_at = self._next(command), clock.now()

    def _next(self, command: str) -> InterviewStatus:
        return InterviewStatus(next_status("interview", command, self.status, InterviewTransitionRefused))


class Interviewer(TenantRow):
    """Who holds an interview."""

    __tablename__ = "interviewers"
    __table_args__ = (
        belongs_to("interviews", "interview_id", ondelete="CASCADE"),
        belongs_to("users", "user_id"),
        UniqueConstraint("organization_id", "interview_id", "user_id"),
        Index("ix_interviewers_user_id", "organization_id", "user_id", "interview_id"),
    )

    interview_id: Mapped[UUID]
    user_id: Mapped[UUID]


class Scorecard(Resource):
    """What one interviewer thinks, a draft until it is submitted. `content_sealed` is the JSON of ratings and notes; null while
    nothing was written."""

    __tablename__ = "scorecards"
    __table_args__ = (
        belongs_to("interviews", "interview_id", ondelete="CASCADE"),
        belongs_to("applications", "application_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("jobs", "job_id"),
        belongs_to("users", "interviewer_id"),
        UniqueConstraint("organization_id", "interview_id", "interviewer_id"),
        Index("ix_scorecards_application_id", "organization_id", "application_id", "id"),
        Index("ix_scorecards_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_scorecards_job_id", "organization_id", "job_id", "id"),
        Index("ix_scorecards_interviewer_id", "organization_id", "interviewer_id", "id"),
        Index("ix_scorecards_draft", "organization_id", "id", postgresql_where=text("status = 'draft'")),
    )
    job_column: ClassVar[str | None] = "job_id"

    interview_id: Mapped[UUID]
    application_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    interviewer_id: Mapped[UUID]
    status: Mapped[ScorecardStatus] = mapped_column(choice(ScorecardStatus, "status"), default=ScorecardStatus.DRAFT)
    recommendation: Mapped[Recommendation | None] = mapped_column(choice(Recommendation, "recommendation"))
    content_sealed: Mapped[bytes | None]
    submitted_at: Mapped[datetime | None]

    def expect_interviewer(self, user_id: UUID | None) -> None:
        """Only who holds the interview writes it."""
        if user_id is None or self.interviewer_id != user_id:
            raise NotTheInterviewer("Only its interviewer writes it.")

    def expect_draft(self) -> None:
        self._next()

    def submit(self, unrated: Sequence[str]) -> None:
        """Be handed in, for good, once nothing is `unrated` of what must be rated."""
        status = self._next()
        errors = [FieldError("/ratings", "scorecard_incomplete", f"Rate {name}.") for name in unrated]
        if self.recommendation is None:
            errors.insert(0, FieldError("/recommendation", "scorecard_incomplete", "Choose one."))
        if errors:
            raise ScorecardIncomplete("Write the rest first.", errors=errors)
        self.status, self.submitted_at = status, clock.now()

    def _next(self) -> ScorecardStatus:
        return ScorecardStatus(next_status("scorecard", "submit_scorecard", self.status, ScorecardSubmitted))


class ScorecardAttribute(TenantRow):
    """Something that interviewers for a job rate, at its place (from 1) of the job's form."""

    __tablename__ = "scorecard_attributes"
    __table_args__ = (
        belongs_to("jobs", "job_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "job_id", "position"),
    )
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str | None]
    is_required: Mapped[bool]
