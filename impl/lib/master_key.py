"""The service's master key: 32 random bytes, as text in base64 or hex, in a file that only its owner can read."""

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
_DISTINCT_MIN: Final = (
    12  # 32 random bytes have fewer distinct values with a chance below 1e-18; a typed key often does
)
_FILE_BYTES_MAX: Final = 1024


class MasterKeyRefused(ValueError):
    """The key or its file cannot be used; the text names the reason and the file, never the key."""


def parse(text: str) -> bytes:
    """The 32 bytes written as 64 hex digits or as base64 (standard or URL-safe, padded or not)."""
    text = text.strip()
    try:
        key = bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else _base64(text)
    except (ValueError, binascii.Error):
        raise MasterKeyRefused("the master key is neither hex nor base64") from None
    if len(key) != KEY_BYTES:
        raise MasterKeyRefused(f"the master key has {len(key)} bytes instead of {KEY_BYTES}")
    if len(set(key)) < _DISTINCT_MIN:
        raise MasterKeyRefused("the master key is not random: make one with `openssl rand -base64 32`")
    return key


def parse_all(text: str) -> tuple[bytes, ...]:
    """One or more keys separated by commas or white space: the first wraps, the others still unwrap (a rotation)."""
    return tuple(parse(word) for word in text.replace(",", " ").split()) or (parse(text),)


def read(path: Path) -> tuple[bytes, ...]:
    """The keys in the file `path`, which must be a regular file without any right for group and others."""
    return parse_all(read_text(path))


def read_text(path: Path) -> str:
    """The text of a file of one or more keys, which must be a regular file without any right for group and others."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise MasterKeyRefused(f"the master key file {path} cannot be read: {error.strerror}") from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise MasterKeyRefused(f"the master key file {path} is not a regular file")
        if os.name == "posix" and mode & 0o077:
            raise MasterKeyRefused(f"the master key file {path} is open to others (mode {mode & 0o777:o}): chmod 600")
        text = os.read(descriptor, _FILE_BYTES_MAX)
    finally:
        os.close(descriptor)
    try:
        return text.decode("ascii")
    except UnicodeDecodeError:
        raise MasterKeyRefused("the master key is neither hex nor base64") from None


def read_or_create(path: Path) -> tuple[bytes, ...]:
    """The keys in `path`; a new random one is put there (mode 600) when there is none. Safe when two processes race."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(descriptor)
        try:
            # A link appears whole or not at all, and never replaces a key that another process made meanwhile.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return read(path)


def _base64(text: str) -> bytes:
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    return base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
