"""The sections of the settings: each value typed and bounded, with its default and what it means."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode


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


class MatchingSettings(Section):
    """Suggestions beside the ranking of candidates and jobs: places of a resume that say in other words what is wanted."""

    embeddings: Literal["off", "local", "openai"] = Field(
        "off",
        description="Who finds similar wording: nobody, a small model on this machine (extra `embeddings-local`), or the server of "
        "`ATS_OPENAI__BASE_URL` (extra `embeddings-openai`).",
    )
    embedding_model: str = Field(
        "text-embedding-3-small", min_length=1, max_length=200, description="The server's model; unused with `local`."
    )
    similarity_percent_min: int | None = Field(
        None,
        ge=1,
        le=100,
        description="What is less near is not suggested. Default: 28 with `local`, 45 with `openai`.",
    )


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


class ScannerSettings(Section):
    """A virus scanner (clamd) that looks at files before anybody gets them."""

    address: str | None = Field(
        None,
        pattern=r"^(unix:///[^\s]+|tcp://[^\s/:@]+:[0-9]{1,5})$",
        description="unix:///run/clamav/clamd.ctl or tcp://host:3310, for servers and workers alike; no file is scanned when absent.",
    )
    timeout_seconds: float = Field(60.0, gt=0, le=600, description="Longest wait for the verdict on a file.")


class WorkerSettings(Section):
    """The background process. It works on eight tasks at once."""

    reserved_places: int = Field(
        2,
        ge=0,
        le=100,
        description="So many of the places of all workers one organization leaves to the others; 0: none.",
    )
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="Show the worker's metrics on this port, 0 on a free one; nowhere when absent.",
    )
    metrics_host: str = Field(
        "127.0.0.1", description="The address of the worker's metrics; 0.0.0.0 in a container of an inner network."
    )
