"""Reading a stored file: opened with its organization's key, and what was sent or nothing."""

import hashlib
from uuid import UUID

from impl.lib.crypto import OrganizationKeys, Unsealable
from impl.lib.storage import ObjectMissing, Storage


class FileDamaged(Exception):
    """The object is not there, does not open, or is not what was sent."""


async def read(storage: Storage, keys: OrganizationKeys, file_id: UUID, sha256: bytes) -> bytes:
    """The content of a file. Raises FileDamaged, or StorageFailed when the store cannot be asked."""
    try:
        sealed = await storage.get(keys.owner, file_id)
        content = keys.open("files", "content", file_id, sealed)
    except (ObjectMissing, Unsealable):
        raise FileDamaged(str(file_id)) from None
    if hashlib.sha256(content).digest() != sha256:
        raise FileDamaged(str(file_id))
    return content
