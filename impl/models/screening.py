"""Screening: what resumes are held against, what was found, and what people said to it. Rows are added and never changed."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType
from impl.lib.problems import Problem
from impl.models.base import Resource, belongs_to, choice


class RubricInvalid(Problem):
    status, code, title = 422, "rubric_invalid", "The rubric does not hold together"


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
