"""What the worker does for attachments."""

from uuid import UUID

from impl.core.tasks import TaskRun, periodic, task
from impl.services.attachments import scanning


@task("remove_object")
async def remove_object(run: TaskRun, object_id: UUID) -> None:
    """Delete the content of a file whose row is gone."""
    await run.runtime.storage.delete(run.organization_id, object_id)


@task("scan_file")
async def scan_file(run: TaskRun, file_id: UUID) -> None:
    """Have a file scanned that has just come in."""
    await scanning.scan(run, file_id)


@periodic("scan_waiting_files", cron="*/5 * * * *", wanted=lambda settings: settings.scanner.address is not None)
async def scan_waiting_files(run: TaskRun) -> None:
    """Have files scanned that the scanner was away for."""
    await scanning.scan_waiting(run)
