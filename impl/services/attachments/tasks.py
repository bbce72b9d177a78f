"""What the worker does for attachments."""

from uuid import UUID

from impl.core.tasks import TaskRun, task


@task("remove_object")
async def remove_object(run: TaskRun, object_id: UUID) -> None:
    """Delete the content of a file whose row is gone."""
    await run.runtime.storage.delete(run.organization_id, object_id)
