"""What refuses the start: combinations of settings that would be unsafe, each named with its variable and its cure."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from impl.lib import master_key
from impl.lib.embeddings.terms import missing_for

if TYPE_CHECKING:
    from impl.settings import Settings

_WELL_KNOWN: Final = frozenset(
    {"admin", "ats", "ats_app", "ats_owner", "change-me", "change_me", "changeme", "default", "dev", "guest", "letmein"}
    | {
        "minioadmin",
        "pass",
        "passw0rd",
        "password",
        "postgres",
        "qwerty",
        "redis",
        "root",
        "secret",
        "test",
        "12345678",
    }
)
_DATABASE_SCHEMES: Final = frozenset({"postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg"})


def problems_of(settings: "Settings") -> list[str]:
    """Every reason not to start with these settings; empty when there is none. No value of a secret is quoted."""
    problems = [
        *_master_key(settings),
        *_origins(settings),
        *_proxies(settings),
        *_urls(settings),
        *_embeddings(settings),
    ]
    if settings.environment != "dev":
        problems += [*_left_out(settings), *_left_open(settings), *_default_secrets(settings)]
    return problems


def _master_key(settings: "Settings") -> Iterator[str]:
    security = settings.security
    if security.master_key is not None and security.master_key_file is not None:
        yield "ATS_MASTER_KEY and ATS_MASTER_KEY_FILE are both set: keep one"
    elif security.master_key is not None or security.master_key_file is not None:
        variable = "ATS_MASTER_KEY" if security.master_key is not None else "ATS_MASTER_KEY_FILE"
        try:
            settings.master_keys()
        except master_key.MasterKeyRefused as refused:
            yield f"{variable}: {refused}"


def _origins(settings: "Settings") -> Iterator[str]:
    for origin in settings.security.cors_origins:
        if origin == "*":
            yield "ATS_SECURITY__CORS_ORIGINS: `*` would let every web page call the API; list the origins"
            continue
        parts = urlsplit(origin)
        exact = f"{parts.scheme}://{parts.netloc}"
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or origin != exact.lower()
            or "@" in parts.netloc
        ):
            yield f"ATS_SECURITY__CORS_ORIGINS: {origin!r} is not an origin like https://app.example"
        elif settings.environment != "dev" and parts.scheme != "https":
            yield f"ATS_SECURITY__CORS_ORIGINS: {origin!r} must be https outside dev"


def _proxies(settings: "Settings") -> Iterator[str]:
    for network in settings.security.trusted_proxies:
        try:
            everything = ip_network(network, strict=False).prefixlen == 0
        except ValueError:
            yield f"ATS_SECURITY__TRUSTED_PROXIES: {network!r} is neither an address nor a network"
            continue
        if everything:
            yield f"ATS_SECURITY__TRUSTED_PROXIES: {network!r} would let every caller choose its address"


def _urls(settings: "Settings") -> Iterator[str]:
    for name, secret in (("URL", settings.database.url), ("OWNER_URL", settings.database.owner_url)):
        if secret is not None and not _is_url(secret.get_secret_value(), _DATABASE_SCHEMES):
            yield f"ATS_DATABASE_{name} is not a PostgreSQL URL (postgresql://user:password@host/database)"
    for variable, url in _web_addresses(settings):
        if not _is_url(url, frozenset({"http", "https"})):
            yield f"{variable} is not an http(s) URL"
        elif urlsplit(url).scheme != "https" and settings.environment != "dev" and not _is_here(variable, url):
            yield f"{variable} must be https outside dev"


def _embeddings(settings: "Settings") -> Iterator[str]:
    kind = settings.matching.embeddings
    extra = missing_for(kind)
    if extra is not None:
        yield f"ATS_MATCHING__EMBEDDINGS={kind} needs the extra `{extra}`: pip install 'ats[{extra}]'"
    if kind == "openai" and settings.openai.api_key is None:
        yield "ATS_MATCHING__EMBEDDINGS=openai needs ATS_OPENAI__API_KEY (any word for a server without keys)"


def _is_here(variable: str, url: str) -> bool:
    """A model's server on this machine needs no encryption on the way."""
    return variable == "ATS_OPENAI__BASE_URL" and urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}


def _web_addresses(settings: "Settings") -> Iterator[tuple[str, str]]:
    yield "ATS_SERVER__BASE_URL", settings.server.base_url
    if settings.openai.api_key is not None:
        yield "ATS_OPENAI__BASE_URL", settings.openai.base_url
    if settings.sentry.dsn is not None:
        yield "ATS_SENTRY__DSN", settings.sentry.dsn.get_secret_value()
    if settings.storage.endpoint is not None:
        yield "ATS_STORAGE__ENDPOINT", settings.storage.endpoint


def _is_url(text: str, schemes: frozenset[str]) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and (bool(parts.hostname) or "host=" in parts.query)


def _left_out(settings: "Settings") -> Iterator[str]:
    if settings.security.master_key is None and settings.security.master_key_file is None:
        yield "ATS_MASTER_KEY_FILE is missing: without the master key no personal data can be opened"
    if settings.database.url is None and settings.database.embedded is not True:
        yield "ATS_DATABASE_URL is missing (ATS_DATABASE__EMBEDDED=true runs an embedded server on purpose)"


def _left_open(settings: "Settings") -> Iterator[str]:
    if settings.debug:
        yield "ATS_DEBUG is on: only for dev"
    if settings.security.hsts_seconds == 0:
        yield "ATS_SECURITY__HSTS_SECONDS is 0: only for dev"
    if settings.email.host not in {None, "localhost", "127.0.0.1", "::1"} and settings.email.security == "none":
        yield "ATS_EMAIL__SECURITY is none: mail would leave this machine unencrypted"


def _default_secrets(settings: "Settings") -> Iterator[str]:
    for name in type(settings).model_fields:
        section = getattr(settings, name)
        for inner in getattr(type(section), "model_fields", ()):
            value = getattr(section, inner)
            if isinstance(value, SecretStr) and _is_default(value.get_secret_value()):
                yield f"ATS_{name}__{inner}".upper() + " holds a default or well-known secret: choose a random one"


def _is_default(secret: str) -> bool:
    if "://" not in secret:
        return secret.strip().lower() in _WELL_KNOWN
    try:
        parts = urlsplit(secret)
    except ValueError:
        return False
    password = parts.password
    return password is not None and (password.lower() in _WELL_KNOWN or password == parts.username)
