"""Having files scanned for viruses: what came in waits until a scanner has looked at it.

A scanner that is away is no failure of the task: the file goes on waiting, nobody gets its content, and every few minutes the worker
tries again with all that waits.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, literal_column

from generated.enums import AttachmentKind, AttachmentScanStatus, Visibility
from impl import models
from impl.core import files
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.tasks import TaskRun
from impl.db.errors import RETRY_AFTER, Conflict40
from impl.lib import logs
from impl.lib.virus_scanner import ScannerAway, Verdict, VirusScanner
from impl.services.resumes.queueing import begin
from impl.settings_sections import ScannerSettings

BATCH = 100

log = logs.get_logger()


def _pending(visibility: Visibility) -> Select[Any]:
    file = models.File
    waits = file.scan_status == literal_column(f"'{AttachmentScanStatus.PENDING}'")
    return mine(file, visibility, file.id, file.candidate_id, file.sha256).where(waits)


ONE = ScopedQuery(lambda visibility: _pending(visibility).where(models.File.id == bindparam("id")))
WAITING = ScopedQuery(
    lambda visibility: (
        _pending(visibility)
        .where(models.File.id > bindparam("after"))
        .order_by(models.File.organization_id, models.File.id)
        .limit(literal_column(str(BATCH)))
    )
)


def scanner_of(settings: ScannerSettings) -> VirusScanner | None:
    """The scanner that the settings name."""
    return VirusScanner(settings.address, settings.timeout_seconds) if settings.address is not None else None


async def scan_waiting(run: TaskRun) -> None:
    """Have everything scanned that waits, until the scanner is away."""
    scanner, after, count = scanner_of(run.runtime.settings.scanner), UUID(int=0), BATCH
    while scanner is not None and count == BATCH:
        async with run.step() as ctx:
            rows = await ctx.rows(WAITING, after=after)
        for row in rows:
            if not await scan(run, row["id"]):
                return
            after = row["id"]
        count = len(rows)


async def scan(run: TaskRun, file_id: UUID) -> bool:
    """Have a file scanned that waits for it; whether the scanner was there."""
    scanner = scanner_of(run.runtime.settings.scanner)
    async with run.step() as ctx:
        row, keys = await ctx.row(ONE, id=file_id), ctx.keys
    if row is None:
        return True
    try:
        content = await files.read(run.runtime.storage, keys, file_id, row["sha256"])
        verdict = await _asked(scanner, content)
    except files.FileDamaged:
        log.warning("file_damaged", file_id=str(file_id))
        return True
    except ScannerAway as away:
        run.runtime.work.file_scanned("away")
        log.warning("scanner_away", file_id=str(file_id), reason=str(away))
        return False
    run.runtime.work.file_scanned("infected" if verdict.finding else "clean")
    async with run.step() as ctx:
        await settle(ctx, file_id, verdict)
    return True


async def _asked(scanner: VirusScanner | None, content: bytes) -> Verdict:
    if scanner is None:
        raise ScannerAway("ATS_SCANNER__ADDRESS is not set for this worker")
    return await scanner.scan(content)


async def settle(ctx: Context, file_id: UUID, verdict: Verdict) -> None:
    """Keep what the scanner says, unless somebody has kept it before. Locked are the candidate, then the file."""
    row = await ctx.row(ONE, id=file_id)
    if row is None:
        return
    owner_id = row["candidate_id"]
    candidate = await ctx.load(models.Candidate, owner_id, lock=True) if owner_id is not None else None
    file = await ctx.load(models.File, file_id, lock=True)
    if file.candidate_id != owner_id:
        # It came to somebody in the meantime: the next attempt sees whose it is.
        raise Conflict40(headers=RETRY_AFTER)
    if file.scan_status != AttachmentScanStatus.PENDING:
        return
    before = file.scan_status
    file.be_scanned(is_infected=verdict.finding is not None)
    if verdict.finding is not None:
        log.warning("file_infected", file_id=str(file_id), finding=verdict.finding)
    if candidate is None or file.refusal is not None:
        return
    ctx.record("attachment.scanned", file, scan_status=(before, file.scan_status))
    if file.kind == AttachmentKind.RESUME and file.has_passed and candidate.is_present:
        application_id, job_id = file.application_id, file.job_id
        await begin(ctx, file, candidate_id=candidate.id, application_id=application_id, job_id=job_id)
