"""Every setting of the service, typed, with its default and what it means; `load()` is the only way to get them.

Values come from the environment: `ATS_<SECTION>__<NAME>`, e.g. `ATS_DATABASE__POOL_SIZE=20`, or one of the short names in
`SHORT_NAMES`, e.g. `ATS_DATABASE_URL`. In `dev` a `.env` file in the working directory is read too. In `staging` and `prod`
nothing is guessed: a missing or unsafe value refuses the start, and every problem is listed in one go (`SettingsRefused`).
"""

import difflib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from impl.lib import master_key
from impl.settings_checks import problems_of

Environment = Literal["dev", "staging", "prod"]
_WORDS_OF_TOOLS: Final = ("ATS_TEST_", "ATS_BENCH_", "ATS_CHROMIUM")  # read by tests and scripts, not by the service

#: Short names of often used variables: the path of the setting that each one fills.
SHORT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "ats_env": ("environment",),
    "ats_database_url": ("database", "url"),
    "ats_database_owner_url": ("database", "owner_url"),
    "ats_db_pooler": ("database", "pooler"),
    "ats_master_key": ("security", "master_key"),
    "ats_master_key_file": ("security", "master_key_file"),
}


class SettingsRefused(RuntimeError):
    """The settings cannot be used. `problems` lists every reason, each naming its variable; no value is ever quoted."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("the settings are refused:\n" + "\n".join(f"  - {problem}" for problem in problems))


class Section(BaseModel):
    """A group of settings; unknown names in it are refused, because they are typing errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _split(value: Any) -> Any:
    """`"a, b"` from the environment becomes `["a", "b"]`."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class DatabaseSettings(Section):
    """PostgreSQL 15 or newer; without a URL an embedded server is started in the data directory."""

    url: SecretStr | None = Field(
        None, description="postgresql://ats_app:…@host/db, the role of the service: not an owner."
    )
    owner_url: SecretStr | None = Field(
        None, description="The same database as the role that owns it; migrations use it."
    )
    embedded: bool | None = Field(
        None, description="Run an embedded server. Default: yes in dev without a URL; elsewhere it must be asked for."
    )
    pooler: Literal["none", "transaction"] = Field(
        "none", description="`transaction` when PgBouncer in transaction mode stands between: no prepared statements."
    )
    pool_size: int = Field(10, ge=1, le=500, description="Connections per worker process.")
    pool_overflow: int = Field(5, ge=0, le=500, description="Further connections under load.")
    pool_timeout_seconds: float = Field(5.0, gt=0, le=60, description="Longest wait for a connection before 503.")
    pool_recycle_seconds: int = Field(1800, ge=60, description="Connections older than this are replaced.")
    connect_timeout_seconds: float = Field(5.0, gt=0, le=60, description="Longest wait for the server's first answer.")
    statement_timeout_seconds: float = Field(10.0, gt=0, le=600, description="A statement running longer is cancelled.")
    lock_timeout_seconds: float = Field(
        4.0, gt=0, le=60, description="Longest wait for a row that somebody else changes."
    )


class SecuritySettings(Section):
    """Keys, browsers and proxies."""

    master_key: SecretStr | None = Field(
        None, description="32 random bytes as base64 or hex; to rotate, the new one, a comma and the old one."
    )
    master_key_file: Path | None = Field(None, description="A file with the master key, readable by its owner alone.")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Exact origins (https://app.example) whose pages may call the API; comma separated. Never `*`."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses or networks of proxies whose X-Forwarded-For is believed; comma separated."
    )
    hsts_seconds: int = Field(
        63_072_000, ge=0, description="Strict-Transport-Security max-age; 0 leaves the header out."
    )
    session_hours: int = Field(12, ge=1, le=24 * 30, description="How long a sign-in lasts.")

    _lists = field_validator("cors_origins", "trusted_proxies", mode="before")(_split)


class LimitSettings(Section):
    """Sizes, times and rates."""

    body_bytes_max: int = Field(1_048_576, ge=1024, description="Largest JSON body.")
    upload_bytes_max: int = Field(10_485_760, ge=1024, description="Largest uploaded file.")
    header_bytes_max: int = Field(32_768, ge=1024, description="All request headers together; more is 431.")
    url_bytes_max: int = Field(8_192, ge=256, description="Path and query together; more is 414.")
    body_timeout_seconds: float = Field(10.0, gt=0, description="Longest time for a whole JSON body to arrive.")
    request_timeout_seconds: float = Field(15.0, gt=0, description="Deadline of an operation that has none of its own.")
    rate_factor: float = Field(1.0, ge=0, description="Multiplies the contract's rate limits; 0 switches them off.")
    idempotency_hours: int = Field(24, ge=1, le=24 * 30, description="How long an Idempotency-Key is remembered.")


class OpenAISettings(Section):
    """The language model that reads resumes; without a key everything works but is not read by a model."""

    api_key: SecretStr | None = Field(
        None, description="Without it the model is off. Any word for a server without keys."
    )
    base_url: str = Field("https://api.openai.com/v1", description="Or any server that speaks the same protocol.")
    model: str = Field("gpt-5-mini", description="The model's name.")
    flavour: Literal["responses", "chat"] | None = Field(
        None, description="Which of the protocol's two forms. Default: `responses` with OpenAI, `chat` elsewhere."
    )
    connect_timeout_seconds: float = Field(5.0, gt=0, le=60, description="Longest wait for a connection.")
    timeout_seconds: float = Field(60.0, gt=0, le=600, description="Of one try.")
    tries_max: int = Field(3, ge=1, le=10, description="Tries in total, the first included.")
    deadline_seconds: float = Field(120.0, gt=0, le=900, description="Of all tries together.")
    concurrency: int = Field(4, ge=1, le=64, description="Questions at once per worker process.")
    input_characters_max: int = Field(32_000, ge=1_000, le=200_000, description="What is longer is sent cut off.")
    output_tokens_max: int = Field(4_096, ge=256, le=65_536, description="The longest answer that is asked for.")
    answer_bytes_max: int = Field(1_048_576, ge=16_384, description="A longer answer is cut off and not used.")
    circuit_failures_max: int = Field(5, ge=1, description="After so many failures in a row it is left alone.")
    circuit_open_seconds: float = Field(60.0, gt=0, le=3600, description="For so long.")


class OcrSettings(Section):
    """Pages of resumes that are pictures: the program tesseract recognises their text, where it is installed."""

    mode: Literal["auto", "off"] = Field(
        "auto", description="`auto`: when tesseract is there; else such files need a person."
    )
    program: Path | None = Field(None, description="Where tesseract is. Default: wherever the path of the system says.")


class EmailSettings(Section):
    """Outgoing mail; without a host, mails are written to the data directory."""

    host: str | None = Field(None, description="SMTP server.")
    port: int = Field(587, ge=1, le=65535, description="587 for STARTTLS, 465 for TLS.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="`none` only for a relay on this machine."
    )
    username: str | None = Field(None, description="Sign-in at the server.")
    password: SecretStr | None = Field(None, description="Its password.")
    sender: str = Field("ats@localhost", description="The From address.")
    timeout_seconds: float = Field(10.0, gt=0, le=120, description="Longest wait for the server.")


class StorageSettings(Section):
    """Files. Signed URLs expire, whatever the backend."""

    url: str | None = Field(
        None, description="s3://bucket/prefix, az://…, gs://…; default: `files` in the data directory."
    )
    endpoint: str | None = Field(None, description="An S3-compatible server's address.")
    region: str | None = Field(None, description="The bucket's region.")
    access_key_id: str | None = Field(None, description="Credential's public part.")
    secret_access_key: SecretStr | None = Field(None, description="Credential's secret part.")
    signed_url_seconds: int = Field(300, ge=10, le=3600, description="How long a download link works.")


class SentrySettings(Section):
    """Error reports; off without a DSN."""

    dsn: SecretStr | None = Field(None, description="https://key@host/project; reports hold no personal data.")


class RedisSettings(Section):
    """Optional: only for rate limits shared by several machines."""

    url: SecretStr | None = Field(
        None, description="redis://… or valkey://…; without it limits are counted per process."
    )


class LogSettings(Section):
    """One JSON object per line on stderr."""

    level: Literal["debug", "info", "warning", "error", "critical"] = Field(
        "info", description="The lowest level written."
    )
    pretty: bool | None = Field(None, description="Coloured text instead of JSON. Default: in dev on a terminal.")

    @field_validator("level", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value


class DocsSettings(Section):
    """The API reference at /docs."""

    enabled: bool = Field(True, description="Serve /docs and its assets.")


class ServerSettings(Section):
    """The HTTP server."""

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 in a container.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="Processes; one per container is simplest.")
    base_url: str = Field(
        "http://127.0.0.1:8000", description="How users reach the service; links are built from it alone."
    )
    drain_seconds: float = Field(5.0, ge=0, le=300, description="Between /readyz turning 503 and closing the socket.")
    shutdown_seconds: int = Field(30, ge=1, le=600, description="Longest wait for running requests at the end.")
    keep_alive_seconds: int = Field(75, ge=1, le=600, description="Idle connections are closed after this.")


class WorkerSettings(Section):
    """The background process. It works on eight tasks at once."""

    reserved_places: int = Field(
        2,
        ge=0,
        le=100,
        description="So many of the places of all workers one organization leaves to the others; 0: none.",
    )


class Settings(BaseSettings):
    """All sections. Frozen; secrets never show in its repr."""

    model_config = SettingsConfigDict(
        env_prefix="ATS_",
        env_nested_delimiter="__",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        nested_model_default_partial_update=True,
    )

    environment: Environment = Field("dev", description="dev, staging or prod (also `ATS_ENV`).")
    data_dir: Path = Field(Path(".data"), description="Everything that the service writes lies here.")
    debug: bool = Field(False, description="Only for dev.")
    validate_responses: bool = Field(False, description="Check every response against the contract (slower).")
    database: DatabaseSettings = DatabaseSettings()
    security: SecuritySettings = SecuritySettings()
    limits: LimitSettings = LimitSettings()
    openai: OpenAISettings = OpenAISettings()
    ocr: OcrSettings = OcrSettings()
    email: EmailSettings = EmailSettings()
    storage: StorageSettings = StorageSettings()
    sentry: SentrySettings = SentrySettings()
    redis: RedisSettings = RedisSettings()
    logs: LogSettings = LogSettings()
    docs: DocsSettings = DocsSettings()
    server: ServerSettings = ServerSettings()
    worker: WorkerSettings = WorkerSettings()

    @property
    def uses_embedded_database(self) -> bool:
        """Whether the service runs its own PostgreSQL."""
        return self.database.url is None and self.database.embedded is not False

    @property
    def pretty_logs(self) -> bool:
        """Whether logs are coloured text for a person instead of JSON."""
        return self.logs.pretty if self.logs.pretty is not None else self.environment == "dev" and sys.stderr.isatty()

    def master_keys(self) -> tuple[bytes, ...]:
        """The keys of 32 bytes that wrap every organization's keys; the first wraps, the others only unwrap.

        In dev without one a new key is kept in the data directory, once.
        """
        if self.security.master_key is not None:
            return master_key.parse_all(self.security.master_key.get_secret_value())
        if self.security.master_key_file is not None:
            return master_key.read(self.security.master_key_file)
        if self.environment != "dev":
            raise SettingsRefused(["ATS_MASTER_KEY_FILE is missing"])
        return master_key.read_or_create(self.data_dir / "master.key")

    def secret_values(self) -> Iterator[str]:
        """Every secret in the settings, for the log's masking."""
        for section in (getattr(self, name) for name in type(self).model_fields):
            if isinstance(section, Section):
                for name in type(section).model_fields:
                    value = getattr(section, name)
                    if isinstance(value, SecretStr):
                        yield from _with_password(value.get_secret_value())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, that over `.env`; in each the short names come after the long ones."""
        short = _ShortNames(settings_cls, env_settings)
        return init_settings, env_settings, short, dotenv_settings, _ShortNames(settings_cls, dotenv_settings)


class _ShortNames(PydanticBaseSettingsSource):
    """Translates `SHORT_NAMES` found in another source's variables."""

    def __init__(self, settings_cls: type[BaseSettings], source: PydanticBaseSettingsSource) -> None:
        super().__init__(settings_cls)
        self._variables = source.env_vars if isinstance(source, EnvSettingsSource) else {}

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """Not used: the whole mapping is made at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The short names' values as a nested mapping."""
        found: dict[str, Any] = {}
        for name, path in SHORT_NAMES.items():
            value = self._variables.get(name)
            if value is not None:
                target = found
                for key in path[:-1]:
                    target = target.setdefault(key, {})
                target[path[-1]] = value
        return found


def load(*, env_file: Path | None = Path(".env"), **overrides: Any) -> Settings:
    """Read the settings from the environment; raises `SettingsRefused` with all problems at once.

    `env_file` is read in dev only (None: never). `overrides` win over everything, e.g. `server={"port": 0}`.
    """
    named = os.environ.get("ATS_ENV") or os.environ.get("ATS_ENVIRONMENT") or "dev"
    in_dev = overrides.get("environment", named) == "dev"
    file = env_file if in_dev else None
    problems: list[str] = []
    try:
        settings = Settings(_env_file=file, **overrides)
    except ValidationError as refused:
        problems = _describe(refused)
        settings = _with_defaults(refused, file, overrides, problems)
    except SettingsError as refused:
        raise SettingsRefused([f"{refused} (its value is not what the setting takes)"]) from None
    problems += problems_of(settings)
    if in_dev and settings.environment != "dev":
        problems.insert(0, "ATS_ENV belongs in the process's environment: a .env file is only read in dev")
    if problems:
        raise SettingsRefused(problems)
    return settings


def _with_defaults(
    refused: ValidationError, file: Path | None, overrides: dict[str, Any], problems: list[str]
) -> Settings:
    """The settings with defaults for the refused values, so that the other checks can speak in the same go."""
    repaired: dict[str, Any] = {
        key: dict(value) if isinstance(value, dict) else value for key, value in overrides.items()
    }
    for error in refused.errors(include_url=False, include_context=False, include_input=False):
        top, *inner = error["loc"]
        default = Settings.model_fields[str(top)].default
        if inner and isinstance(default, Section):
            repaired.setdefault(str(top), {})[str(inner[0])] = getattr(default, str(inner[0]), None)
        else:
            repaired[str(top)] = default
    try:
        return Settings(_env_file=file, **repaired)
    except ValidationError:
        raise SettingsRefused(problems) from None


def variable_of(path: tuple[Any, ...]) -> str:
    """The environment variable that fills the setting at `path`, e.g. `ATS_SERVER__PORT`."""
    return "ATS_" + "__".join(str(part) for part in path if not isinstance(part, int)).upper()


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Sentences about `ATS_` variables that mean nothing here, with the nearest known name; for a warning at start."""
    known = {name.upper() for name in SHORT_NAMES}
    for name, field in Settings.model_fields.items():
        known.add(variable_of((name,)))
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            known |= {variable_of((name, inner)) for inner in field.annotation.model_fields}
    sentences = []
    for name in sorted(environ):
        if name.startswith("ATS_") and name not in known and not name.startswith(_WORDS_OF_TOOLS):
            near = difflib.get_close_matches(name, known, n=1)
            sentences.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return sentences


def _with_password(secret: str) -> Iterator[str]:
    yield secret
    if "://" in secret:
        try:
            password = urlsplit(secret).password
        except ValueError:
            return
        if password:
            yield password
            yield unquote(password)


def _describe(refused: ValidationError) -> list[str]:
    errors = refused.errors(include_url=False, include_context=False, include_input=False)
    return [f"{variable_of(error['loc'])}: {error['msg']}" for error in errors]
