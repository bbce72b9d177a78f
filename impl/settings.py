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
from typing import Any, Final, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from impl.lib import master_key
from impl.settings_checks import problems_of
from impl.settings_sections import (
    DatabaseSettings,
    DocsSettings,
    EmailSettings,
    LimitSettings,
    LogSettings,
    MatchingSettings,
    OcrSettings,
    OpenAISettings,
    RedisSettings,
    ScannerSettings,
    Section,
    SecuritySettings,
    SentrySettings,
    ServerSettings,
    StorageSettings,
    WorkerSettings,
)

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
    matching: MatchingSettings = MatchingSettings()
    ocr: OcrSettings = OcrSettings()
    email: EmailSettings = EmailSettings()
    storage: StorageSettings = StorageSettings()
    sentry: SentrySettings = SentrySettings()
    redis: RedisSettings = RedisSettings()
    logs: LogSettings = LogSettings()
    docs: DocsSettings = DocsSettings()
    server: ServerSettings = ServerSettings()
    worker: WorkerSettings = WorkerSettings()
    scanner: ScannerSettings = ScannerSettings()

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
