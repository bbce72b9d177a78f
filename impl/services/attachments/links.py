"""Links to files: signed with a key of the organization, for one file, one method and a few minutes.

A link is its organization's id, the file's, the second at which it ends, and the signature of all that.
"""

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from impl.lib import clock
from impl.lib.crypto import OrganizationKeys
from impl.models.file import LinkInvalid

PURPOSE: Final = "file-links"
METHOD: Final = b"GET"
SIGNATURE_BYTES: Final = 32
_SIGNED: Final = struct.Struct(">16s16sQ")
# Without padding: 72 bytes are 96 characters, no bit of which says nothing.
_LENGTH: Final = (_SIGNED.size + SIGNATURE_BYTES) // 3 * 4


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says; nothing of it is true before `expect_valid`."""

    organization_id: UUID
    file_id: UUID
    ends_at_second: int
    signature: bytes = b""

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.ends_at_second, UTC)

    def sign(self, keys: OrganizationKeys) -> str:
        """The link as it stands in an address."""
        return urlsafe_b64encode(self._signed() + _signature(keys, METHOD, self._signed())).decode()

    def expect_valid(self, keys: OrganizationKeys) -> None:
        """Raises LinkInvalid unless these keys have signed it, and it has not ended."""
        is_own = hmac.compare_digest(_signature(keys, METHOD, self._signed()), self.signature)
        if not is_own or self.ends_at_second <= clock.now().timestamp():
            raise invalid()

    def _signed(self) -> bytes:
        return _SIGNED.pack(self.organization_id.bytes, self.file_id.bytes, self.ends_at_second)


def parse(token: str) -> Link:
    """What a link says. Raises LinkInvalid when it is none."""
    if len(token) != _LENGTH:
        raise invalid()
    raw = urlsafe_b64decode(token)
    organization, file, ends_at_second = _SIGNED.unpack_from(raw)
    return Link(UUID(bytes=organization), UUID(bytes=file), ends_at_second, raw[_SIGNED.size :])


def invalid() -> LinkInvalid:
    """The same words, whatever is wrong."""
    return LinkInvalid("Ask for a new one.")


def _signature(keys: OrganizationKeys, method: bytes, signed: bytes) -> bytes:
    return hmac.digest(keys.derive(PURPOSE), method + b"\0" + signed, "sha256")
