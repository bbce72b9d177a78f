"""Sealing of personal data: a master key wraps one set of keys per organization, and that set seals, derives and indexes.

    master key (file or environment, never in the database)
      └─ wraps a keyset per organization, and one for the deployment (a column each, useless without the master key)
           ├─ sealing keys   AES-256-GCM, several at a time so that they can be rotated
           └─ deriving key   HKDF-SHA256, from which every index key is derived

A sealed value is bound to organization, table, column and row: moved anywhere else it does not open. Bytes 1 to 4 of a sealed
value and of a wrapped keyset are the id of the key that made it, big-endian, so that "rows still on the old key" is one
SQL count. Keys are objects that never change; `rotate` and `without` answer new ones.

AES-GCM draws a random nonce of 96 bits per value, so a sealing key is good for 2^32 values; rotate it before.
"""

import logging
from base64 import urlsafe_b64encode
from hashlib import blake2b
from hmac import digest as hmac_digest
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final, NoReturn, Self
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tink import KeysetHandle, TinkError, aead, new_keyset_handle, prf, proto_keyset_format, secret_key_access
from tink.proto import aes_gcm_pb2, tink_pb2

from impl.lib import master_key
from impl.lib.master_key import MasterKeyRefused

aead.register()
prf.register()

logger = logging.getLogger(__name__)

#: Bytes that sealing adds to a value.
OVERHEAD_BYTES: Final = 33

_DERIVED_BYTES: Final = 32
_INDEX_BYTES: Final = 16
_TINK_PREFIX: Final = 1
_PREFIX_BYTES: Final = 5  # the 1 and the key's id; then come a nonce of 12 bytes and the sealed text with its tag
_TEXT_AT: Final = _PREFIX_BYTES + 12
_AES_GCM_TYPE: Final = "type.googleapis.com/google.crypto.tink.AesGcmKey"
_NO_OWNER: Final = UUID(int=0)


class Unsealable(Exception):
    """A sealed value or wrapped keyset does not open: altered, cut, moved, or made by another key. Nothing of it is known."""


class UnknownKey(Unsealable):
    """The value names a key that is not in this keyset: perhaps rotated elsewhere, so load the keyset anew and try once."""


def key_id_of(sealed: bytes) -> int:
    """The id of the key that sealed a value or wrapped a keyset.

    Raises:
        Unsealable: the bytes are no sealed value at all.
    """
    if len(sealed) < OVERHEAD_BYTES or sealed[0] != _TINK_PREFIX:
        raise Unsealable("not a sealed value")
    return int.from_bytes(sealed[1:5])


class MasterKey:
    """The key, or keys, that wrap keysets. The first wraps; all of them unwrap, so that it can be rotated."""

    def __init__(self, *keys: bytes) -> None:
        if not keys:
            raise MasterKeyRefused("no master key is given: make one with `openssl rand -base64 32`")
        if any(len(key) != master_key.KEY_BYTES for key in keys):
            raise MasterKeyRefused(f"a master key has {master_key.KEY_BYTES} bytes")
        self.key_ids: Final = tuple(map(_master_key_id, keys))
        if len(set(self.key_ids)) != len(keys):
            raise MasterKeyRefused("the same master key is given twice")
        self._aead: Final[Any] = _master_keyset(self.key_ids, keys).primitive(aead.Aead)

    @staticmethod
    def generate() -> str:
        """A new master key as text: 32 random bytes in base64url."""
        return urlsafe_b64encode(token_bytes(master_key.KEY_BYTES)).rstrip(b"=").decode()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read keys of 32 bytes in base64 or hex, separated by commas or white space, the primary one first.

        Raises:
            MasterKeyRefused: none, a malformed, a repeated or an obviously not random key.
        """
        return cls(*master_key.parse_all(text))

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the keys from a file that only its owner may read (mode 600 or 400).

        Raises:
            MasterKeyRefused: the file is missing, not a file, open to others, or its content is wrong.
        """
        return cls(*master_key.read(path))

    @property
    def primary_key_id(self) -> int:
        """The id of the key that wraps; `key_id_of(wrapped)` differs from it when a keyset is due to be wrapped anew."""
        return self.key_ids[0]

    def wrap(self, content: bytes, context: bytes) -> bytes:
        """Seal `content` with the primary key, bound to `context`."""
        wrapped: bytes = self._aead.encrypt(content, context)
        return wrapped

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Open what `wrap` made.

        Raises:
            UnknownKey: another master key wrapped it.
            Unsealable: it was altered or belongs to another context.
        """
        if (key_id := key_id_of(wrapped)) not in self.key_ids:
            raise UnknownKey(f"the keyset was wrapped by master key {key_id:08x}, which is not configured")
        try:
            content: bytes = self._aead.decrypt(wrapped, context)
        except TinkError:
            raise Unsealable(f"the keyset wrapped by master key {key_id:08x} is altered or belongs elsewhere") from None
        return content

    def __repr__(self) -> str:
        return f"MasterKey(key_ids={[f'{key_id:08x}' for key_id in self.key_ids]})"


class _Content(msgspec.Struct, array_like=True, frozen=True):
    """What is wrapped: two serialised tink keysets."""

    sealing: bytes
    deriving: bytes

    def __repr__(self) -> str:
        return "_Content(…)"


class Keyring:
    """The sealing and index keys of one owner. Cheap to hold: a few kilobytes, no thread, file or connection."""

    _purpose: bytes

    def __init__(self, owner: UUID, content: _Content) -> None:
        sealing = proto_keyset_format.parse(content.sealing, secret_key_access.TOKEN)
        deriving = proto_keyset_format.parse(content.deriving, secret_key_access.TOKEN)
        info = sealing.keyset_info()
        self.owner: Final = owner
        self.primary_key_id: Final[int] = info.primary_key_id
        self.key_ids: Final[frozenset[int]] = frozenset(key.key_id for key in info.key_info)
        self._content: Final = content
        self._aead: Final[Any] = sealing.primitive(aead.Aead)
        self._openers: Final = _openers(content.sealing)
        self._prf: Final[Any] = deriving.primitive(prf.PrfSet).primary()
        self._places: Final[dict[tuple[str, str], bytes]] = {}
        self._derived: Final[dict[str, bytes]] = {}

    def seal(self, table: str, column: str, row_id: UUID, plaintext: bytes) -> bytes:
        """Encrypt a value for one column of one row; 33 bytes longer than `plaintext`."""
        sealed: bytes = self._aead.encrypt(plaintext, self._place(table, column) + row_id.bytes)
        return sealed

    def open(self, table: str, column: str, row_id: UUID, sealed: bytes) -> bytes:
        """Decrypt what `seal` made for the same table, column and row.

        Raises:
            UnknownKey: the key is not (or no longer, or not yet) in this keyset.
            Unsealable: altered, cut, or of another organization, table, column or row. It is logged, without content.
        """
        opener = self._openers.get(sealed[:_PREFIX_BYTES])
        if opener is None:
            self._refuse(table, column, row_id, sealed)
        place = self._place(table, column) + row_id.bytes
        try:
            return opener.decrypt(sealed[_PREFIX_BYTES:_TEXT_AT], sealed[_TEXT_AT:], place)
        except (InvalidTag, ValueError):
            self._refuse(table, column, row_id, sealed)

    def blind_index(self, field: str, value: str) -> bytes:
        """16 bytes by which equal values of a field are found without being readable: HMAC-SHA256 under the field's own key.

        Normalise `value` first. The same value gives other bytes for another field and for another owner.
        """
        key = self._derived.get(field) or self._blind_key(field)
        return hmac_digest(key, value.encode("utf-8", "surrogatepass"), "sha256")[:_INDEX_BYTES]

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose (the text index, say), always the same for this owner. Not for the same purpose twice."""
        derived: bytes = self._prf.compute(f"derive\0{purpose}".encode(), _DERIVED_BYTES)
        return derived

    def wrap(self, master: MasterKey) -> bytes:
        """This keyset as it is stored; wrapping with a new master key is how a master key is replaced."""
        return master.wrap(msgspec.msgpack.encode(self._content), self._context(self.owner))

    def rotate(self) -> Self:
        """The same keys and a new primary sealing key. Store `wrap()` of the answer before anything is sealed with it."""
        keyset = _parse(self._content.sealing)
        while (fresh := _parse(_generate(aead.aead_key_templates.AES256_GCM))).primary_key_id in self.key_ids:
            pass
        keyset.key.extend(fresh.key)
        keyset.primary_key_id = fresh.primary_key_id
        return self._with_sealing(keyset)

    def without(self, key_id: int) -> Self:
        """The same keys except one retired sealing key; what it sealed is lost for ever.

        Raises:
            ValueError: `key_id` is the primary key, or not in the keyset.
        """
        if key_id == self.primary_key_id or key_id not in self.key_ids:
            raise ValueError(f"{key_id:08x} is not a retired sealing key")
        keyset = _parse(self._content.sealing)
        kept = [key for key in keyset.key if key.key_id != key_id]
        return self._with_sealing(tink_pb2.Keyset(primary_key_id=keyset.primary_key_id, key=kept))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(owner={self.owner}, primary_key_id={self.primary_key_id:08x})"

    @classmethod
    def _generate(cls, owner: UUID) -> Self:
        templates = aead.aead_key_templates.AES256_GCM, prf.prf_key_templates.HKDF_SHA256
        return cls(owner, _Content(*map(_generate, templates)))

    @classmethod
    def _unwrap(cls, master: MasterKey, owner: UUID, wrapped: bytes) -> Self:
        content = master.unwrap(wrapped, cls._context(owner))
        return cls(owner, msgspec.msgpack.decode(content, type=_Content))

    @classmethod
    def _context(cls, owner: UUID) -> bytes:
        return b"keyset\0" + cls._purpose + b"\0" + owner.bytes

    def _with_sealing(self, keyset: Any) -> Self:
        return type(self)(self.owner, _Content(keyset.SerializeToString(), self._content.deriving))

    def _place(self, table: str, column: str) -> bytes:
        return self._places.get((table, column)) or self._new_place(table, column)

    def _new_place(self, table: str, column: str) -> bytes:
        # Lengths stand before the names and ids have a fixed one: no two places give the same bytes.
        names = b"".join(len(name).to_bytes(2) + name for name in (table.encode(), column.encode()))
        place = self._places[table, column] = self._purpose + b"\0" + self.owner.bytes + names
        return place

    def _blind_key(self, field: str) -> bytes:
        key = self._derived[field] = self.derive(f"blind-index\0{field}")
        return key

    def _refuse(self, table: str, column: str, row_id: UUID, sealed: bytes) -> NoReturn:
        where = f"{table}.{column} of row {row_id}"
        logger.error("a sealed value does not open: %s", where)
        if (key_id := key_id_of(sealed)) not in self.key_ids:
            raise UnknownKey(f"{where} is sealed with key {key_id:08x}, which is not in the keyset") from None
        raise Unsealable(f"{where} is altered or belongs elsewhere") from None


class OrganizationKeys(Keyring):
    """The keys of one organization, wrapped and stored in its row; whoever loads them keeps them in a cache."""

    _purpose = b"organization"

    @classmethod
    def create(cls, master: MasterKey, organization_id: UUID) -> tuple[Self, bytes]:
        """New keys, and their wrapped form to store."""
        keys = cls._generate(organization_id)
        return keys, keys.wrap(master)

    @classmethod
    def unwrap(cls, master: MasterKey, organization_id: UUID, wrapped: bytes) -> Self:
        """The keys from their stored form.

        Raises:
            Unsealable: wrapped by another master key, for another organization, or altered.
        """
        return cls._unwrap(master, organization_id, wrapped)


class DeploymentKeys(Keyring):
    """The keys of the whole installation: for what must be found before the organization is known, such as a sign-in by e-mail.

    They are random keys in a one-row table, wrapped by the master key, and not derived from the master key itself: so a
    master key can be replaced by wrapping them anew, and no index has to be computed again.
    """

    _purpose = b"deployment"

    @classmethod
    def create(cls, master: MasterKey) -> tuple[Self, bytes]:
        """New keys, and their wrapped form to store."""
        keys = cls._generate(_NO_OWNER)
        return keys, keys.wrap(master)

    @classmethod
    def unwrap(cls, master: MasterKey, wrapped: bytes) -> Self:
        """The keys from their stored form.

        Raises:
            Unsealable: wrapped by another master key, or altered.
        """
        return cls._unwrap(master, _NO_OWNER, wrapped)


def _master_key_id(key: bytes) -> int:
    """The public id of a master key: 32 bits of a hash of it, never zero."""
    return int.from_bytes(blake2b(b"master key id", key=key, digest_size=4).digest()) or 1


def _master_keyset(key_ids: tuple[int, ...], keys: tuple[bytes, ...]) -> KeysetHandle:
    keyset = tink_pb2.Keyset(primary_key_id=key_ids[0])
    for key_id, key in zip(key_ids, keys, strict=True):
        data = tink_pb2.KeyData(
            type_url=_AES_GCM_TYPE,
            value=aes_gcm_pb2.AesGcmKey(version=0, key_value=key).SerializeToString(),
            key_material_type=tink_pb2.KeyData.SYMMETRIC,
        )
        keyset.key.add(key_data=data, status=tink_pb2.ENABLED, key_id=key_id, output_prefix_type=tink_pb2.TINK)
    return proto_keyset_format.parse(keyset.SerializeToString(), secret_key_access.TOKEN)


def _openers(serialized: bytes) -> dict[bytes, AESGCM]:
    """The keys of a sealing keyset by the prefix of what they sealed. A page opens fifty values, and tink takes more time to find
    its way to OpenSSL than OpenSSL to open one; so values are opened without the detour."""
    openers = {}
    for key in _parse(serialized).key:
        if key.key_data.type_url != _AES_GCM_TYPE or key.output_prefix_type != tink_pb2.TINK:
            raise Unsealable("the keyset holds a key of another kind than AES-GCM")
        secret = aes_gcm_pb2.AesGcmKey.FromString(key.key_data.value).key_value
        openers[bytes([_TINK_PREFIX]) + key.key_id.to_bytes(4)] = AESGCM(secret)
    return openers


def _generate(template: Any) -> bytes:
    serialized: bytes = proto_keyset_format.serialize(new_keyset_handle(template), secret_key_access.TOKEN)
    return serialized


def _parse(serialized: bytes) -> Any:
    return tink_pb2.Keyset.FromString(serialized)
