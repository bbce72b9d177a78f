"""What must never leave the process in a log line or an error report, and how it is taken out.

Three nets, each enough for its kind: values under a telling key are dropped; text that looks like a credential, an e-mail
address or a database's row is masked; and the secrets of this very process (`register_secrets`) are masked wherever they
turn up, in their plain and their percent-encoded form.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, quote_plus

from impl.lib import tokens

MASK: Final = "***"
TEXT_MAX: Final = 16_384
_DEPTH_MAX: Final = 8
_ITEMS_MAX: Final = 200
_SECRET_LENGTH_MIN: Final = 6

_PERSONAL_KEYS: Final = frozenset(
    [
        "address",
        "addresses",
        "birth_date",
        "body",
        "city",
        "cover_letter",
        "data",
        "email",
        "emails",
        "family_name",
        "first_name",
        "full_name",
        "given_name",
        "headers",
        "last_name",
        "link",
        "links",
        "location",
        "middle_name",
        "name",
        "note",
        "notes",
        "params",
        "parameters",
        "payload",
        "phone",
        "phones",
        "postal_code",
        "profile",
        "query",
        "query_string",
        "resume",
        "salary",
        "street",
        "summary",
        "username",
        "vars",
    ]
)
_SECRET_KEY = re.compile(
    r"passw|secret|token|authorization|cookie|api_?key|credential|private_?key|master_?key|dsn|signature|keyset|otp"
)

_WORDS: Final = (
    r"password|passwd|pwd|secret|token|api_?key|authorization|signature|sig|cookie|credential|dsn|master_?key"
)
_EMAIL: Final = r"[A-Za-z0-9._%+'-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"

#: Tried in this order; each is linear in the text (every repetition is bounded or excludes what follows it).
_RULES: Final = (
    (re.compile(tokens.PATTERN), MASK),
    (re.compile(r"\bats(?:[st]|_(?:dev|staging|prod))_[A-Za-z0-9_]{8,}"), MASK),
    (re.compile(r"\b(?:sk|whsec|rk|pk)[-_][A-Za-z0-9_-]{12,}"), MASK),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{4,}"), rf"\1 {MASK}"),
    (re.compile(r"(://[^\s/:@]{0,128}):[^\s@]{1,256}@"), rf"\1:{MASK}@"),
    (re.compile(_EMAIL), MASK),
    # PostgreSQL's DETAIL, SQLAlchemy's parameters and pydantic's echo of the input hold values of rows and bodies.
    (re.compile(r"Key \([^)]{0,512}\)=\(.{0,4096}?\)(?=\s|$)", re.DOTALL), f"Key {MASK}"),
    (re.compile(r"Failing row contains \(.{0,8192}?\)\.", re.DOTALL), f"Failing row {MASK}"),
    (re.compile(r"\[parameters: .*", re.DOTALL), f"[parameters: {MASK}]"),
    (re.compile(r"input_value=.{0,4096}?, input_type", re.DOTALL), f"input_value={MASK}, input_type"),
    (
        re.compile(
            rf"(?i)\b((?:[a-z0-9]{{1,20}}_)?(?:{_WORDS})[\"']?\s{{0,3}}[=:]\s{{0,3}}[\"']?)[^\s\"'&,;)}}]{{1,4096}}"
        ),
        rf"\1{MASK}",
    ),
)
_HINT = re.compile(r"(?i)ats|[@=:(]|%40|sk[-_]|pk[-_]|rk[-_]|whsec|bearer|basic|failing row")

_known: list[re.Pattern[str]] = []


def register_secrets(secrets: Iterable[str]) -> None:
    """Mask these exact strings from now on (replacing the ones registered before); very short ones are left out."""
    forms: set[str] = set()
    for secret in secrets:
        if len(secret) >= _SECRET_LENGTH_MIN:
            forms |= {secret, quote(secret, safe=""), quote(secret), quote_plus(secret)}
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    _known[:] = [re.compile(alternatives)] if alternatives else []


def mask_text(text: str) -> str:
    """`text` without credentials, e-mail addresses and echoed values, cut at `TEXT_MAX` characters."""
    if len(text) > TEXT_MAX:
        text = text[:TEXT_MAX] + "…"
    for pattern in _known:
        text = pattern.sub(MASK, text)
    if _HINT.search(text) is None:
        return text
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=4096)
def is_personal_key(key: str) -> bool:
    """Whether a value under this key is somebody's personal data, whatever its type."""
    return key.lower().replace("-", "_") in _PERSONAL_KEYS


@lru_cache(maxsize=4096)
def is_secret_key(key: str) -> bool:
    """Whether text under this key is a secret; numbers under it (`token_count`) are not."""
    return _SECRET_KEY.search(key.lower().replace("-", "_")) is not None


def redact_item(key: str, value: Any, depth: int = 0) -> Any:
    """What may be said of `value` when it stands under `key`."""
    if value is None or isinstance(value, bool):
        return value
    if is_personal_key(key):
        return MASK
    if isinstance(value, int | float):
        return value
    return MASK if is_secret_key(key) else redact(value, depth)


def redact(value: Any, depth: int = 0) -> Any:
    """A copy of `value` (JSON-like: mappings, sequences, text) fit to be logged; deep or long parts are cut."""
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping):
        if depth >= _DEPTH_MAX:
            return "{…}"
        pairs = list(value.items())[:_ITEMS_MAX]
        return {str(key): redact_item(str(key), item, depth + 1) for key, item in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        return "[…]" if depth >= _DEPTH_MAX else [redact(item, depth + 1) for item in list(value)[:_ITEMS_MAX]]
    return value
