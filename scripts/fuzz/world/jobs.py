"""What is hired for: jobs with stages and openings, their posts, and what is written to candidates."""

from collections.abc import Iterator
from uuid import UUID

from generated.enums import (
    EmploymentType,
    JobStatus,
    MessageKind,
    PostStatus,
    Workplace,
)
from impl import models
from impl.lib import clock
from impl.models.base import Base
from scripts.fuzz.world.numbers import (
    MORE_JOBS,
    NUMBERS,
    PIPELINE,
    PUBLIC_POST,
    QUESTION,
    SPARES,
    WORKBENCH,
    slug_of,
    stage_of,
)
from scripts.fuzz.world.rows import Rows


class Jobs(Rows):
    """What is hired for: jobs with stages and openings, their posts, and what is written to candidates."""

    def jobs(self) -> Iterator[Base]:
        """Draft jobs, the open one that is worked on, their stages and openings."""
        for number in (*self._numbers("job", *MORE_JOBS), WORKBENCH):
            is_open = number == WORKBENCH or any(
                number in SPARES[kind] for kind in ("steady_job", "screened_job", "offer_job", "open_job")
            )
            status = JobStatus.OPEN if is_open else JobStatus.DRAFT
            [strict] = SPARES["strict_department"]
            department_id = self._tenant.id(strict) if number in SPARES["governed_job"] else None
            name = self._name("Job", number)
            yield models.Job(**self._of(number), title=name, status=status, department_id=department_id)
            for position, (name, kind) in enumerate(PIPELINE, 1):
                stage, job_id = self._of(stage_of(number, position)), self._tenant.id(number)
                yield models.Stage(**stage, job_id=job_id, name=name, kind=kind, position=position)
            yield models.Opening(**self._of(0x30000 + number), job_id=self._tenant.id(number))
        for number in self._numbers("opening"):
            job = NUMBERS["job"] if number == NUMBERS["opening"] else WORKBENCH
            yield models.Opening(**self._of(number), job_id=self._tenant.id(job))

    def _posts(self) -> list[int]:
        return [*self._numbers("post", "draft_post", "published_post", "public_post"), PUBLIC_POST]

    def _advertised(self, number: int) -> UUID:
        return self._tenant.id(NUMBERS["job"] if number == NUMBERS["post"] else WORKBENCH)

    def posts(self) -> Iterator[Base]:
        """Drafts, and published posts of the open job."""
        for number in self._posts():
            post = models.Post(**self._of(number), job_id=self._advertised(number), slug=slug_of(number))
            if number == PUBLIC_POST or number in (*SPARES["published_post"], *SPARES["public_post"]):
                post.status, post.published_at = PostStatus.PUBLISHED, clock.now()
            yield post

    def editions(self) -> Iterator[Base]:
        """Their words."""
        for number in self._posts():
            yield models.PostEdition(
                **self._of(0x40000 + number),
                post_id=self._tenant.id(number),
                job_id=self._advertised(number),
                title=self._name("Post", number),
                employment_type=EmploymentType.FULL_TIME,
                workplace=Workplace.ON_SITE,
                questions=[QUESTION],
            )

    def message_templates(self) -> Iterator[Base]:
        """The one of the examples, and others that need nothing; one of them is for rejections."""
        for number in self._numbers("message_template"):
            is_example = number == NUMBERS["message_template"]
            yield models.MessageTemplate(
                **self._of(number),
                name=self._name("Template", number),
                kind=MessageKind.GENERAL if is_example else MessageKind.APPLICATION_REJECTED,
                subject="Interview at {{ organization.name }}",
                body="Dear {{ candidate.full_name }}, {{ values.when }}" if is_example else "Thank you.",
                variables=["organization.name", "candidate.full_name"],
                values=["when"] if is_example else [],
            )
