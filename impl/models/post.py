"""A post: the advert of a job, whose published words and form stay as they were."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import EmploymentType, JobStatus, PostStatus, QuestionKind, Workplace
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import Resource, TenantRow, belongs_to, choice
from impl.models.job import Job, JobNotOpen
from impl.models.states import TransitionRefused, next_status

CONTENT = (
    "title",
    "description",
    "location",
    "employment_type",
    "workplace",
    "is_salary_shown",
    "language",
    "questions",
)
WITH_OPTIONS = (QuestionKind.SINGLE_SELECT, QuestionKind.MULTI_SELECT)
CHECKBOX_ANSWERS = ("true", "false")


class PostTransitionRefused(TransitionRefused):
    code, title = "post_transition_refused", "The post's status does not allow this"


class SlugTaken(Problem):
    status, code, title = 409, "slug_taken", "Another post has this slug"


class FormInvalid(Problem):
    status, code, title = 422, "form_invalid", "The form is not one"


class Post(Resource):
    """An advert of a job. `edition` is the number of the edition that it shows, or will show once it is published."""

    __tablename__ = "posts"
    __table_args__ = (
        belongs_to("jobs", "job_id"),
        UniqueConstraint("organization_id", "slug"),
        Index("ix_posts_job_id", "organization_id", "job_id", "id"),
        Index("ix_posts_published_at", "organization_id", "published_at", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_posts_organization_id_slug": SlugTaken}
    job_column: ClassVar[str | None] = "job_id"

    job_id: Mapped[UUID]
    slug: Mapped[str]
    status: Mapped[PostStatus] = mapped_column(choice(PostStatus, "status"), default=PostStatus.DRAFT)
    edition: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None]
    unpublished_at: Mapped[datetime | None]

    def publish(self, job: Job) -> None:
        """Be on the public side from now on."""
        status = PostStatus(next_status("post", "publish_post", self.status, PostTransitionRefused))
        if job.status != JobStatus.OPEN:
            raise JobNotOpen("Open the job first.", current_status=job.status, allowed=["open_job"])
        self.status, self.published_at, self.unpublished_at = status, clock.now(), None

    def unpublish(self, command: str = "unpublish_post") -> None:
        """Leave the public side, by its own command or by the one that closes the job."""
        self.status = PostStatus(next_status("post", command, self.status, PostTransitionRefused))
        self.unpublished_at = clock.now()


class PostEdition(TenantRow):
    """The words and the form of a post. Once published (`published_at`), an edition never changes."""

    __tablename__ = "post_editions"
    __table_args__ = (
        belongs_to("posts", "post_id", ondelete="CASCADE"),
        UniqueConstraint("organization_id", "post_id", "number"),
    )
    job_column: ClassVar[str | None] = "job_id"

    post_id: Mapped[UUID]
    job_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    description: Mapped[str | None]
    location: Mapped[str | None]
    employment_type: Mapped[EmploymentType] = mapped_column(choice(EmploymentType, "employment_type"))
    workplace: Mapped[Workplace] = mapped_column(choice(Workplace, "workplace"))
    is_salary_shown: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en")
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    def content(self) -> dict[str, Any]:
        """Everything that the next edition starts with."""
        return {name: getattr(self, name) for name in CONTENT}


def expect_form(questions: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a form (as the contract's questions) with a key twice, options where none belong, or a flag that no answer can raise."""
    errors = [error for place, question in enumerate(questions) for error in _errors(place, question)]
    keys = [question["key"] for question in questions]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            errors.append(_error(place, "key", f"The same as that of question {keys.index(key)}."))
    if errors:
        raise FormInvalid(errors=errors[:50])


def _errors(place: int, question: Mapping[str, Any]) -> list[FieldError]:
    options, flagged = question["options"], question["flagged_answers"]
    errors = []
    if question["kind"] in WITH_OPTIONS:
        possible = options
        if not options:
            errors.append(_error(place, "options", "A question of this kind needs options."))
    else:
        possible = CHECKBOX_ANSWERS if question["kind"] == QuestionKind.CHECKBOX else ()
        if options:
            errors.append(_error(place, "options", "Only single_select and multi_select have options."))
    if len(set(options)) < len(options):
        errors.append(_error(place, "options", "Each option once."))
    if not set(flagged) <= set(possible):
        errors.append(_error(place, "flagged_answers", "Only what can be chosen can be flagged."))
    return errors


def _error(place: int, field: str, message: str) -> FieldError:
    return FieldError(f"/questions/{place}/{field}", FormInvalid.code, message)
