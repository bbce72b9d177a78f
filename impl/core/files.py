"""Reading a stored file: opened with its organization's key, and what was sent or nothing."""

import hashlib
from typing import Final
from urllib.parse import quote
from uuid import UUID

from starlette.responses import Response

from impl.lib.crypto import OrganizationKeys, Unsealable
from impl.lib.storage import ObjectMissing, Storage

OPAQUE: Final = "application/octet-stream"
#: Whatever it is, it does not run, is not guessed at, and stays nowhere on the way.
INERT: Final = {
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cache-control": "private, no-store",
}
_UNSAFE: Final = frozenset('/\\:*?"<>|')


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


class Delivery(Response):
    """A file as an answer: to be saved, never to be shown. Its content is read once the transaction that has found it is over."""

    def __init__(self, keys: OrganizationKeys, file_id: UUID, sha256: bytes, name: str) -> None:
        super().__init__(media_type=OPAQUE)
        self._keys = keys
        self._file_id = file_id
        self._sha256 = sha256
        self._name = name

    async def load(self, storage: Storage) -> Response:
        """The answer with its content. Raises FileDamaged, or StorageFailed when the store cannot be asked."""
        content = await read(storage, self._keys, self._file_id, self._sha256)
        headers = {"content-disposition": disposition(self._name), **INERT}
        return Response(content, media_type=OPAQUE, headers=headers)


def disposition(name: str) -> str:
    """`Content-Disposition` as RFC 6266 wants it: the name in UTF-8, and one of plain letters for old programs. Neither has a
    character that could end the field or lead to a folder."""
    safe = "".join("_" if each in _UNSAFE or not each.isprintable() else each for each in name).lstrip(". ") or "file"
    plain = "".join(each if each.isascii() and each != "%" else "_" for each in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
