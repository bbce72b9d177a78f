"""What the worker does for resumes."""

from uuid import UUID

from impl.core.tasks import TaskRun, task
from impl.services.resumes import parsing


@task("parse_resume")
async def parse_resume(run: TaskRun, parse_id: UUID) -> None:
    """Read one attachment."""
    await parsing.parse(run, parse_id)
