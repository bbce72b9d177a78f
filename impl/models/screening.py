"""Screening: what resumes are held against, what was found, and what people said to it. Rows are added and never changed."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType, ScreeningBand, ScreeningDecision
from impl.lib.problems import Problem
from impl.models.base import Resource, TenantRow, belongs_to, choice


class RubricInvalid(Problem):
    status, code, title = 422, "rubric_invalid", "The rubric does not hold together"


class ScreeningOff(Problem):
    status, code, title = 409, "screening_off", "The job is not screened"


class RubricEmpty(Problem):
    status, code, title = 409, "rubric_empty", "The rubric has no criteria"


class ApplicationOfOtherJob(Problem):
    status, code, title = 409, "application_of_other_job", "The application belongs to another job"


class ScreeningRubric(Resource):
    """A version of a job's rubric, `revision` 1 the first; the newest one counts."""

    __tablename__ = "screening_rubrics"
    __table_args__ = (belongs_to("jobs", "job_id"), UniqueConstraint("organization_id", "job_id", "revision"))
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    revision: Mapped[int]
    is_enabled: Mapped[bool]
    is_blind: Mapped[bool]
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    sha256: Mapped[str]
    made_by_type: Mapped[ActorType] = mapped_column(choice(ActorType, "made_by_type"))
    made_by_id: Mapped[UUID | None]


class RubricWording(TenantRow):
    """Vectors of what a version of a rubric asks for, made of its criteria by a model, and made anew by another one."""

    __tablename__ = "rubric_wordings"
    __table_args__ = (
        belongs_to("screening_rubrics", "rubric_id"),
        belongs_to("jobs", "job_id"),
        UniqueConstraint("organization_id", "rubric_id"),
        Index("ix_rubric_wordings_job_id", "organization_id", "job_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    rubric_id: Mapped[UUID]
    job_id: Mapped[UUID]
    wordings: Mapped[bytes]
    wordings_model: Mapped[str]
    wordings_length: Mapped[int]


class ScreeningRun(Resource):
    """One screening of applications: who asked for it, by which version of the rubric and of the scorer, as of which day. It is over
    once each of its applications has a result."""

    __tablename__ = "screening_runs"
    __table_args__ = (
        belongs_to("jobs", "job_id"),
        belongs_to("screening_rubrics", "rubric_id"),
        Index("ix_screening_runs_job_id", "organization_id", "job_id", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    rubric_id: Mapped[UUID]
    scorer_version: Mapped[str]
    as_of: Mapped[date]
    application_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    started_by_type: Mapped[ActorType] = mapped_column(choice(ActorType, "started_by_type"))
    started_by_id: Mapped[UUID | None]


class ScreeningResult(Resource):
    """What a run found of an application: numbers, rules and hashes of what was read. The words that were found lie in the document of
    the same id. `rank_points` is what results are ordered by: one more than the score, 0 without a resume."""

    __tablename__ = "screening_results"
    __table_args__ = (
        belongs_to("screening_runs", "run_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        UniqueConstraint("organization_id", "run_id", "application_id"),
        Index("ix_screening_results_run_id", "organization_id", "run_id", "rank_points", "id"),
        Index("ix_screening_results_rank_points", "organization_id", "rank_points", "id"),
        Index("ix_screening_results_application_id", "organization_id", "application_id", "id"),
        Index("ix_screening_results_job_id", "organization_id", "job_id", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    run_id: Mapped[UUID]
    application_id: Mapped[UUID]
    job_id: Mapped[UUID]
    scorer_version: Mapped[str]
    score_hundredths: Mapped[int | None]
    rank_points: Mapped[int]
    band: Mapped[ScreeningBand] = mapped_column(choice(ScreeningBand, "band"))
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    resume_parse_id: Mapped[UUID | None]
    file_sha256: Mapped[str | None]
    reading_sha256: Mapped[str | None]
    result_sha256: Mapped[str]


class ScreeningReview(Resource):
    """What a person said to a result; the reason lies in the document of the same id."""

    __tablename__ = "screening_reviews"
    __table_args__ = (
        belongs_to("screening_results", "result_id"),
        belongs_to("jobs", "job_id"),
        Index("ix_screening_reviews_result_id", "organization_id", "result_id", "id"),
        Index("ix_screening_reviews_job_id", "organization_id", "job_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    result_id: Mapped[UUID]
    job_id: Mapped[UUID]
    decision: Mapped[ScreeningDecision] = mapped_column(choice(ScreeningDecision, "decision"))
    author_type: Mapped[ActorType] = mapped_column(choice(ActorType, "author_type"))
    author_id: Mapped[UUID | None]


class ScreeningDocument(TenantRow):
    """The words of a result (its answers with what was found) or of a review (its reason), which go with the person."""

    __tablename__ = "screening_documents"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        Index("ix_screening_documents_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_screening_documents_application_id", "organization_id", "application_id"),
        Index("ix_screening_documents_job_id", "organization_id", "job_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    candidate_id: Mapped[UUID]
    application_id: Mapped[UUID]
    job_id: Mapped[UUID]
    content_sealed: Mapped[bytes]


class SelfIdentification(TenantRow):
    """What somebody who applied says about themselves, for the adverse-impact report alone; sealed, and apart from the application."""

    __tablename__ = "self_identifications"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        UniqueConstraint("organization_id", "application_id"),
        Index("ix_self_identifications_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_self_identifications_job_id", "organization_id", "job_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    candidate_id: Mapped[UUID]
    application_id: Mapped[UUID]
    job_id: Mapped[UUID]
    content_sealed: Mapped[bytes]
    said_at: Mapped[datetime]
