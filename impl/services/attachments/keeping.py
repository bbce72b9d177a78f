"""Keeping a file that came in: its bytes go to the storage, what is known of it into its row."""

import hashlib
from typing import Any

from generated.contract import Upload
from generated.enums import AttachmentScanStatus
from impl import models
from impl.core.context import Context
from impl.services.attachments.tasks import scan_file

#: So many files of one organization are scanned at once.
LANES = 3


def digest_of(upload: Upload) -> bytes:
    """SHA-256 of the bytes."""
    return hashlib.sha256(upload.content).digest()


async def keep(ctx: Context, upload: Upload, **values: Any) -> models.File:
    """The row of a file that is kept; `values` say whose it is and what it is taken for. Where there is a virus scanner, it waits for that."""
    ctx.keep(upload)
    is_awaited = ctx.runtime.settings.scanner.address is not None
    if is_awaited:
        await ctx.enqueue(scan_file, lock=f"scan_file:{upload.id.int % LANES}", file_id=upload.id)
    return await ctx.insert(
        models.File,
        id=upload.id,
        field=upload.field,
        name_sealed=ctx.seal(models.File, "name", upload.id, upload.name.encode()),
        size_bytes=len(upload.content),
        sha256=digest_of(upload),
        scan_status=AttachmentScanStatus.PENDING if is_awaited else AttachmentScanStatus.NOT_SCANNED,
        **values,
    )
