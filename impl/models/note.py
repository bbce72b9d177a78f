"""A note: what somebody wrote about a candidate."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType, NoteVisibility
from impl.lib.problems import Problem
from impl.models.base import Resource, belongs_to, choice


class NotTheAuthor(Problem):
    status, code, title = 409, "not_the_author", "Somebody else wrote this"


class Note(Resource):
    """A note on a candidate, or on one of the candidate's applications; the text is sealed."""

    __tablename__ = "notes"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        belongs_to("applications", "application_id"),
        belongs_to("jobs", "job_id"),
        Index("ix_notes_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_notes_application_id", "organization_id", "application_id"),
        Index("ix_notes_job_id", "organization_id", "job_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    candidate_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    author_type: Mapped[ActorType] = mapped_column(choice(ActorType, "author_type"))
    author_id: Mapped[UUID | None]
    visibility: Mapped[NoteVisibility] = mapped_column(choice(NoteVisibility, "visibility"))
    body_sealed: Mapped[bytes]

    def expect_author(self, author_id: UUID | None) -> None:
        """Only who wrote it changes it."""
        if author_id is None or self.author_id != author_id:
            raise NotTheAuthor("Write a note of your own.")
