"""Keeping a file that came in: its bytes go to the storage, what is known of it into its row."""

import hashlib
from typing import Any

from generated.contract import Upload
from impl import models
from impl.core.context import Context


def digest_of(upload: Upload) -> bytes:
    """SHA-256 of the bytes."""
    return hashlib.sha256(upload.content).digest()


async def keep(ctx: Context, upload: Upload, **values: Any) -> models.File:
    """The row of a file that is kept; `values` say whose it is and what it is taken for."""
    ctx.keep(upload)
    return await ctx.insert(
        models.File,
        id=upload.id,
        field=upload.field,
        name_sealed=ctx.seal(models.File, "name", upload.id, upload.name.encode()),
        size_bytes=len(upload.content),
        sha256=digest_of(upload),
        **values,
    )
