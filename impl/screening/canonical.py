"""One way to write a value as bytes, so that equal values have equal hashes."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256(value: Any) -> str:
    """The hash of a value's canonical bytes, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
