"""A task: work that is done in the background, after the transaction that asked for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import TaskStatus
from impl.lib import clock
from impl.models.base import Resource, choice, of_organization
from impl.models.states import TransitionRefused, next_status


class TaskTransitionRefused(TransitionRefused):
    code, title = "task_transition_refused", "The task's status does not allow this"


class Task(Resource):
    """One piece of work. `arguments` are ids only. `slot` is set on the run of a periodic task: one for each slot."""

    __tablename__ = "tasks"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "name", "slot"),
        Index("ix_tasks_status", "organization_id", "status", "run_at"),
        Index("ix_tasks_name", "organization_id", "name", "id"),
    )

    name: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    slot: Mapped[str | None]
    status: Mapped[TaskStatus] = mapped_column(choice(TaskStatus, "status"), default=TaskStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    attempts_max: Mapped[int]
    run_at: Mapped[datetime] = mapped_column(default=clock.now)
    lock: Mapped[str | None]
    error_code: Mapped[str | None]
    request_id: Mapped[str]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    def begin(self) -> datetime | None:
        """Take it up, at the moment that is returned; None when there is nothing to do: it is over, or its attempts are used up,
        which ends it."""
        if self.status not in (TaskStatus.QUEUED, TaskStatus.RUNNING):
            return None
        if self.attempts >= self.attempts_max:
            self.fail("worker_lost")
            return None
        self.status = TaskStatus.RUNNING
        self.attempts += 1
        self.started_at = clock.now()
        return self.started_at

    def succeed(self) -> None:
        self.status, self.error_code, self.finished_at = TaskStatus.SUCCEEDED, None, clock.now()

    def fail(self, error_code: str) -> None:
        """End it as a dead letter: it waits for a person."""
        self.status, self.error_code, self.finished_at = TaskStatus.FAILED, error_code, clock.now()

    def postpone(self, run_at: datetime, error_code: str | None) -> None:
        """Let it run again later."""
        self.status, self.run_at, self.error_code = TaskStatus.QUEUED, run_at, error_code

    def retry(self) -> None:
        """Give a dead letter a new set of attempts."""
        self.status = TaskStatus(next_status("task", "retry_task", self.status, TaskTransitionRefused))
        self.attempts, self.run_at, self.finished_at = 0, clock.now(), None

    def cancel(self) -> None:
        self.status = TaskStatus(next_status("task", "cancel_task", self.status, TaskTransitionRefused))
        self.finished_at = clock.now()
