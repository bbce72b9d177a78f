"""An application: one candidacy, and the history of its stages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ApplicationStatus, StayOutcome
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import ExternalIdTaken, InstantOutOfRange, Resource, TenantRow, belongs_to, choice
from impl.models.job import Opening, Stage
from impl.models.offer import Offer
from impl.models.states import TransitionRefused, next_status


class ApplicationNotActive(TransitionRefused):
    code, title = "application_not_active", "The application is not active"


class ApplicationAlreadyActive(TransitionRefused):
    code, title = "application_already_active", "The application is active"


class DuplicateApplication(Problem):
    status, code, title = 409, "duplicate_application", "The candidate already has an active application for this job"


class StageOfOtherJob(Problem):
    status, code, title = 409, "stage_of_other_job", "The stage belongs to another job"


class AlreadyInStage(Problem):
    status, code, title = 409, "already_in_stage", "The application is in this stage already"


class NoNextStage(Problem):
    status, code, title = 409, "no_next_stage", "There is no stage after this one"


class OpeningRequired(Problem):
    status, code, title = 409, "opening_required", "The job demands an opening for each hire"


class OpeningOfOtherJob(Problem):
    status, code, title = 409, "opening_of_other_job", "The opening belongs to another job"


class ApplicationOfOtherCandidate(Problem):
    status, code, title = 409, "application_of_other_candidate", "The application belongs to another candidate"


class ApplicationRequired(Problem):
    status, code, title = 409, "application_required", "An application must be named"


class Application(Resource):
    """One candidacy: a candidate on a job. Its status is its life-cycle, its stage a separate axis."""

    __tablename__ = "applications"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        belongs_to("jobs", "job_id"),
        belongs_to("stages", "job_id", "stage_id", target=("job_id", "id")),
        belongs_to("sources", "source_id"),
        belongs_to("rejection_reasons", "reason_id"),
        UniqueConstraint("organization_id", "external_id"),
        Index(
            "uq_applications_active",
            "organization_id",
            "candidate_id",
            "job_id",
            unique=True,
            postgresql_where=text("status = 'active'"),
        ),
        Index("ix_applications_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_applications_job_id", "organization_id", "job_id", "id"),
        Index("ix_applications_updated_at", "organization_id", "updated_at", "id"),
        Index("ix_applications_applied_at", "organization_id", "applied_at", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {
        "uq_applications_organization_id_external_id": ExternalIdTaken,
        "uq_applications_active": DuplicateApplication,
    }
    job_column: ClassVar[str | None] = "job_id"
    unsaid: ClassVar[frozenset[str]] = frozenset({"external_id"})

    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    stage_id: Mapped[UUID]
    status: Mapped[ApplicationStatus] = mapped_column(
        choice(ApplicationStatus, "status"), default=ApplicationStatus.ACTIVE
    )
    source_id: Mapped[UUID | None]
    external_id: Mapped[str | None]
    applied_at: Mapped[datetime]
    stage_entered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason_id: Mapped[UUID | None]
    custom_fields_sealed: Mapped[bytes | None]
    note_sealed: Mapped[bytes | None]
    opening_id: Mapped[UUID | None]
    offer_id: Mapped[UUID | None]
    starts_on: Mapped[date | None]

    def move_to(self, stage: Stage, at: datetime) -> None:
        """Enter another stage, of this job or (with the stage) of another one."""
        self.status = self._next("move_application", ApplicationNotActive)
        if stage.id == self.stage_id:
            raise AlreadyInStage(
                f"The application has been in this stage since {self.stage_entered_at:%Y-%m-%dT%H:%M:%SZ}."
            )
        stage.expect_usable()
        if not self.stage_entered_at <= at <= clock.now():
            since = f"{self.stage_entered_at:%Y-%m-%dT%H:%M:%SZ}"
            message = f"Must lie between {since}, when the stage began, and now."
            raise InstantOutOfRange(errors=[FieldError("/occurred_at", "instant_out_of_range", message)])
        self.job_id, self.stage_id, self.stage_entered_at = stage.job_id, stage.id, at

    def reject(self, reason_id: UUID, note_sealed: bytes | None) -> None:
        self.status = self._next("reject_application", ApplicationNotActive)
        self.ended_at, self.reason_id, self.note_sealed = clock.now(), reason_id, note_sealed

    def withdraw(self, reason_id: UUID | None) -> None:
        self.status = self._next("withdraw_application", ApplicationNotActive)
        self.ended_at, self.reason_id = clock.now(), reason_id

    def hire(self, opening: Opening | None, starts_on: date | None, offer: Offer | None = None) -> None:
        """Take the candidate on, in `opening` and by the accepted `offer` when there are any."""
        self.status = self._next("hire_application", ApplicationNotActive)
        if opening is not None:
            opening.fill(self.id)
            self.opening_id = opening.id
        self.offer_id = None if offer is None else offer.id
        self.ended_at, self.starts_on = clock.now(), starts_on

    def reopen(self, stage: Stage) -> None:
        """Go on where the application ended, or in `stage`."""
        self.status = self._next("reopen_application", ApplicationAlreadyActive)
        stage.expect_usable()
        if stage.job_id != self.job_id:
            raise StageOfOtherJob("Choose a stage of the application's own job.")
        self.ended_at = self.reason_id = self.note_sealed = None
        self.opening_id = self.offer_id = self.starts_on = None
        self.stage_id, self.stage_entered_at = stage.id, clock.now()

    def expect_active(self, command: str) -> None:
        self._next(command, ApplicationNotActive)

    def expect_going_on(self) -> None:
        """For what is planned with the candidate: an ended application plans nothing."""
        if self.status != ApplicationStatus.ACTIVE:
            raise ApplicationNotActive(
                f"The application is {self.status}.", current_status=self.status, allowed=["reopen_application"]
            )

    def expect_ended(self) -> None:
        self._next("reopen_application", ApplicationAlreadyActive)

    def _next(self, command: str, refusal: type[TransitionRefused]) -> ApplicationStatus:
        return ApplicationStatus(next_status("application", command, self.status, refusal))


class StageHistory(TenantRow):
    """One stay of an application in a stage: the fact table of every funnel. `left_at` is null while it is there."""

    __tablename__ = "stage_history"
    __table_args__ = (
        belongs_to("applications", "application_id", ondelete="CASCADE"),
        belongs_to("stages", "job_id", "stage_id", target=("job_id", "id")),
        Index(
            "uq_stage_history_current",
            "organization_id",
            "application_id",
            unique=True,
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_stage_history_application_id", "organization_id", "application_id", "id"),
        Index("ix_stage_history_job_id", "organization_id", "job_id", "entered_at", "id"),
        Index("ix_stage_history_entered_at", "organization_id", "entered_at", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    application_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    stage_id: Mapped[UUID]
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    outcome: Mapped[StayOutcome | None] = mapped_column(choice(StayOutcome, "outcome"))

    def end(self, at: datetime, status: ApplicationStatus) -> None:
        """Be left for another stage by an application that goes on, or with the application that ended as `status`."""
        self.left_at = at
        self.outcome = StayOutcome.MOVED if status == ApplicationStatus.ACTIVE else StayOutcome(status)
