"""A job, the stages of its pipeline, and its openings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import (
    EmploymentType,
    HiringTeamRole,
    JobCloseReason,
    JobStatus,
    OpeningStatus,
    StageKind,
    Workplace,
)
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import ExternalIdTaken, Resource, TenantRow, belongs_to, choice, of_organization
from impl.models.states import TransitionRefused, next_status


class JobTransitionRefused(TransitionRefused):
    code, title = "job_transition_refused", "The job's status does not allow this"


class JobHasNoOpenOpening(Problem):
    status, code, title = 409, "job_has_no_open_opening", "The job has no open opening"


class JobNotOpen(Problem):
    status, code, title = 409, "job_not_open", "The job takes no applications"


class OpeningNotOpen(TransitionRefused):
    code, title = "opening_not_open", "The opening is not open"


class StageRetired(Problem):
    status, code, title = 409, "stage_retired", "The stage is retired"


class SalaryRangeInvalid(Problem):
    status, code, title = 422, "salary_range_invalid", "The salary range is not one"

    @classmethod
    def at(cls, pointer: str, message: str) -> "SalaryRangeInvalid":
        """What is wrong with the body's field at `pointer`."""
        return cls(errors=[FieldError(pointer, cls.code, message)])


COPIED = (
    "department_id",
    "office_id",
    "employment_type",
    "workplace",
    "description",
    "salary",
    "auto_close",
    "requires_opening",
    "requires_offer",
)


class Job(Resource):
    """A requisition: what is to be filled, where, and on which terms."""

    __tablename__ = "jobs"
    __table_args__ = (
        of_organization(),
        belongs_to("departments", "department_id"),
        belongs_to("offices", "office_id"),
        UniqueConstraint("organization_id", "external_id"),
        Index("ix_jobs_title", "organization_id", "title", "id"),
        Index("ix_jobs_department_id", "organization_id", "department_id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_jobs_organization_id_external_id": ExternalIdTaken}
    job_column: ClassVar[str | None] = "id"

    title: Mapped[str]
    status: Mapped[JobStatus] = mapped_column(choice(JobStatus, "status"), default=JobStatus.DRAFT)
    is_archived: Mapped[bool] = mapped_column(default=False)
    department_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    employment_type: Mapped[EmploymentType] = mapped_column(
        choice(EmploymentType, "employment_type"), default=EmploymentType.FULL_TIME
    )
    workplace: Mapped[Workplace] = mapped_column(choice(Workplace, "workplace"), default=Workplace.ON_SITE)
    description: Mapped[str | None]
    salary: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    external_id: Mapped[str | None]
    auto_close: Mapped[bool | None]
    requires_opening: Mapped[bool] = mapped_column(default=True)
    # The database's own default is for the release before, which does not know the column.
    requires_offer: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    custom_fields_sealed: Mapped[bytes | None]
    close_reason: Mapped[JobCloseReason | None] = mapped_column(choice(JobCloseReason, "close_reason"))

    def copied(self) -> dict[str, Any]:
        """What a copy of this job starts with. Its identity (title, external id) and its life so far stay behind."""
        return {name: getattr(self, name) for name in COPIED}

    def open(self, openings: Sequence["Opening"]) -> None:
        """Take applications from now on."""
        self._begin(JobStatus(next_status("job", "open_job", self.status, JobTransitionRefused)), openings)

    def close(self, reason: JobCloseReason) -> None:
        """Take no more applications."""
        self.status = JobStatus(next_status("job", "close_job", self.status, JobTransitionRefused))
        self.closed_at, self.close_reason = clock.now(), reason

    def reopen(self, openings: Sequence["Opening"]) -> None:
        """Take applications again because one that had ended goes on."""
        self._begin(JobStatus(next_status("job", "reopen_application", self.status, JobTransitionRefused)), openings)

    def expect_accepting(self) -> None:
        """Staff may put candidates on a job that is open or still a draft."""
        if self.status == JobStatus.CLOSED:
            raise JobNotOpen("The job is closed.", current_status=self.status, allowed=["open_job"])

    def _begin(self, status: JobStatus, openings: Sequence["Opening"]) -> None:
        if not any(opening.status == OpeningStatus.OPEN for opening in openings):
            raise JobHasNoOpenOpening("Create an opening first.", allowed=["create_job_opening"])
        self.status, self.opened_at = status, clock.now()
        self.closed_at = self.close_reason = None


class Stage(Resource):
    """A step of one job's pipeline. A stage that applications have been in is retired, never deleted."""

    __tablename__ = "stages"
    __table_args__ = (
        belongs_to("jobs", "job_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "job_id", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    name: Mapped[str]
    kind: Mapped[StageKind] = mapped_column(choice(StageKind, "kind"))
    position: Mapped[int]
    is_retired: Mapped[bool] = mapped_column(default=False)

    def place(self, name: str, kind: StageKind, position: int) -> None:
        """Stand at `position` (from 1) of the pipeline; a retired stage comes back into use."""
        self.name, self.kind, self.position, self.is_retired = name, kind, position, False

    def retire(self) -> None:
        """Take no more applications. Those that stand here stay, and the history keeps its stage."""
        self.is_retired = True

    def expect_usable(self) -> None:
        if self.is_retired:
            raise StageRetired("No application can enter a retired stage.")


class HiringTeamMember(TenantRow):
    """Who works on a job, and as what. It grants nothing: what a user sees is decided by the user's job grants."""

    __tablename__ = "hiring_team_members"
    __table_args__ = (
        belongs_to("jobs", "job_id", ondelete="CASCADE"),
        belongs_to("users", "user_id"),
        UniqueConstraint("organization_id", "job_id", "user_id", "role"),
    )
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    user_id: Mapped[UUID]
    role: Mapped[HiringTeamRole] = mapped_column(choice(HiringTeamRole, "role"))


class Opening(Resource):
    """One seat of a job."""

    __tablename__ = "openings"
    __table_args__ = (
        belongs_to("jobs", "job_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "job_id", "id"),
        UniqueConstraint("organization_id", "external_id"),
        Index(
            "uq_openings_application_id",
            "organization_id",
            "application_id",
            unique=True,
            postgresql_where=text("application_id IS NOT NULL"),
        ),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_openings_organization_id_external_id": ExternalIdTaken}
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    status: Mapped[OpeningStatus] = mapped_column(choice(OpeningStatus, "status"), default=OpeningStatus.OPEN)
    external_id: Mapped[str | None]
    target_start_on: Mapped[date | None]
    application_id: Mapped[UUID | None]
    filled_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    def fill(self, application_id: UUID) -> None:
        """Give the seat to the hired application."""
        self.status = OpeningStatus(next_status("opening", "hire_application", self.status, OpeningNotOpen))
        self.application_id, self.filled_at = application_id, clock.now()

    def vacate(self) -> None:
        """Be open again, because the hire that filled it fell through."""
        self.status = OpeningStatus(next_status("opening", "reopen_application", self.status, OpeningNotOpen))
        self.application_id = self.filled_at = None

    def cancel(self, command: str = "cancel_opening") -> None:
        """Give the seat up, by its own command or by the one that closes the job."""
        self.status = OpeningStatus(next_status("opening", command, self.status, OpeningNotOpen))
        self.cancelled_at = clock.now()


def expect_salary_range(salary: Mapping[str, Any] | None) -> None:
    """Refuse a range (as the contract's SalaryRange) without an end, in two currencies, or that ends before it begins."""
    if salary is None:
        return
    minimum, maximum = salary["minimum"], salary["maximum"]
    if minimum is None and maximum is None:
        raise SalaryRangeInvalid.at("/salary", "At least one end.")
    if minimum is None or maximum is None:
        return
    if minimum["currency"] != maximum["currency"]:
        raise SalaryRangeInvalid.at("/salary/maximum/currency", "The currency of the minimum.")
    if maximum["amount_minor"] < minimum["amount_minor"]:
        raise SalaryRangeInvalid.at("/salary/maximum", "Not below the minimum.")
