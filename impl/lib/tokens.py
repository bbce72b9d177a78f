"""API keys, session tokens and tracking tokens: minted once, stored as a hash, looked up by their public part.

    API key   ats_<environment>_<public id>_<secret>_<check>
    session   atss_<public id>_<secret>_<check>
    tracking  atst_<public id>_<secret>_<check>   (a candidate's page)

The public id (80 bits) finds the row, the secret (160 bits of the system's generator) proves possession, the check (CRC-32 of all
before it) lets a mistyped or cut token, and a scanner's false find, be refused without a database. Parts are lower-case
base 32 without the letters i, l, o and u. A secret of this strength needs no slow hash: SHA-256 is stored.
"""

import hashlib
import hmac
import secrets
import zlib
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["api_key", "session", "tracking"]
Environment = Literal["dev", "staging", "prod"]

ENVIRONMENTS: Final[tuple[Environment, ...]] = ("dev", "staging", "prod")

#: What a secret scanner looks for; all forms, nothing captured.
PATTERN: Final = (
    r"\bats(?:[st]|_(?:dev|staging|prod))_[0-9a-hjkmnp-tv-z]{16}_[0-9a-hjkmnp-tv-z]{32}_[0-9a-hjkmnp-tv-z]{7}\b"
)

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ALLOWED: Final = frozenset(_ALPHABET)
_PUBLIC_LENGTH: Final = 16
_SECRET_LENGTH: Final = 32
_CHECK_LENGTH: Final = 7
_LENGTH_MAX: Final = len("ats_staging_") + _PUBLIC_LENGTH + _SECRET_LENGTH + _CHECK_LENGTH + 2
_NO_HASH: Final = bytes(32)


@dataclass(frozen=True, slots=True, eq=False)
class MintedToken:
    """A new token. Show `token` once; store `public_id` and `secret_hash` (32 bytes)."""

    public_id: str
    token: str = field(repr=False)
    secret_hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class ParsedToken:
    """A well-formed token, not yet proven. `environment` is that of an API key."""

    kind: Kind
    environment: Environment | None
    public_id: str
    secret: str = field(repr=False)


def mint_api_key(environment: Environment) -> MintedToken:
    """A new API key for one environment."""
    return _mint(f"ats_{environment}")


def mint_session() -> MintedToken:
    """A new session token."""
    return _mint("atss")


def mint_tracking() -> MintedToken:
    """A new token of a candidate's page."""
    return _mint("atst")


def parse(token: str) -> ParsedToken | None:
    """Read a token's form: None unless every part has its length and alphabet and the check is right."""
    if len(token) > _LENGTH_MAX or not token.isascii():
        return None
    kind: Kind
    environment: Environment | None
    match token.split("_"):
        case ["ats", "dev" | "staging" | "prod" as environment, public_id, secret, check]:
            kind = "api_key"
        case ["atss", public_id, secret, check]:
            kind, environment = "session", None
        case ["atst", public_id, secret, check]:
            kind, environment = "tracking", None
        case _:
            return None
    lengths_right = (len(public_id), len(secret), len(check)) == (_PUBLIC_LENGTH, _SECRET_LENGTH, _CHECK_LENGTH)
    if not lengths_right or not _ALLOWED.issuperset(public_id + secret) or check != _check(token[: -_CHECK_LENGTH - 1]):
        return None
    return ParsedToken(kind, environment, public_id, secret)


def secret_hash(secret: str) -> bytes:
    """What is stored of a secret: its SHA-256, 32 bytes."""
    return hashlib.sha256(secret.encode()).digest()


def matches(secret: str, stored_hash: bytes | None) -> bool:
    """Whether `secret` belongs to `stored_hash`, in time that does not depend on where they differ.

    Pass None when no row was found: the same work is done, and the answer is False.
    """
    is_equal = hmac.compare_digest(secret_hash(secret), _NO_HASH if stored_hash is None else stored_hash)
    return is_equal and stored_hash is not None


def assemble(prefix: str, public_id: str, secret: str) -> str:
    """The token of these parts (`atss` or `ats_<environment>`, 16 and 32 characters), its check digits computed."""
    body = f"{prefix}_{public_id}_{secret}"
    return f"{body}_{_check(body)}"


def _mint(prefix: str) -> MintedToken:
    public_id, secret = _random(_PUBLIC_LENGTH), _random(_SECRET_LENGTH)
    return MintedToken(public_id, assemble(prefix, public_id, secret), secret_hash(secret))


def _random(length: int) -> str:
    return _spell(secrets.randbits(5 * length), length)


def _check(body: str) -> str:
    return _spell(zlib.crc32(body.encode()), _CHECK_LENGTH)


def _spell(number: int, length: int) -> str:
    return "".join([_ALPHABET[(number >> shift) & 31] for shift in range(5 * (length - 1), -1, -5)])
