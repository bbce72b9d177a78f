"""What the worker does for resumes."""

from uuid import UUID

from impl.core.tasks import TaskRun, task


@task("parse_resume")
async def parse_resume(run: TaskRun, parse_id: UUID) -> None:
    """Read one attachment."""
    # The sandbox and the readers of files: the web process queues this task and needs neither.
    from impl.services.resumes import parsing  # noqa: PLC0415

    await parsing.parse(run, parse_id)
