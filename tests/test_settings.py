"""Settings: where values come from, what refuses the start, and that no secret is ever shown."""

import base64
import os
import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from impl import settings as settings_module
from impl.lib import master_key
from impl.lib.embeddings import terms
from impl.settings import Settings, SettingsRefused, load, unknown_variables
from impl.settings_sections import Section

CANARY = "canary-7f3a9c51e2"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ATS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def key_file(folder: Path, mode: int = 0o600) -> Path:
    path = folder / "kek"
    path.write_bytes(base64.b64encode(secrets.token_bytes(32)))
    path.chmod(mode)
    return path


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A complete production environment that starts; a test breaks one thing of it."""
    monkeypatch.setenv("ATS_ENV", "prod")
    monkeypatch.setenv("ATS_MASTER_KEY_FILE", str(key_file(tmp_path)))
    monkeypatch.setenv("ATS_DATABASE_URL", "postgresql://ats_app:Kd83jf0sLq@db.internal/ats")
    monkeypatch.setenv("ATS_SERVER__BASE_URL", "https://ats.example")
    return monkeypatch


def refused() -> list[str]:
    with pytest.raises(SettingsRefused) as caught:
        load()
    return caught.value.problems


def test_dev_starts_with_nothing_set() -> None:
    settings = load()
    assert settings.environment == "dev"
    assert settings.data_dir == Path(".data")
    assert settings.uses_embedded_database
    assert (settings.limits.body_bytes_max, settings.limits.header_bytes_max, settings.limits.url_bytes_max) == (
        1 << 20,
        32768,
        8192,
    )


def test_short_and_long_names_fill_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATS_DATABASE_URL", "postgresql://a:b@h/d")
    monkeypatch.setenv("ATS_DB_POOLER", "transaction")
    monkeypatch.setenv("ATS_DATABASE__POOL_SIZE", "7")
    monkeypatch.setenv("ATS_SECURITY__CORS_ORIGINS", "https://a.example, https://b.example:8443")
    monkeypatch.setenv("ATS_LOGS__LEVEL", "DEBUG")
    monkeypatch.setenv("ATS_VALIDATE_RESPONSES", "1")
    settings = load()
    assert settings.database.url is not None
    assert settings.database.url.get_secret_value() == "postgresql://a:b@h/d"
    assert (settings.database.pooler, settings.database.pool_size) == ("transaction", 7)
    assert settings.security.cors_origins == ("https://a.example", "https://b.example:8443")
    assert (settings.logs.level, settings.validate_responses, settings.uses_embedded_database) == ("debug", True, False)


def test_env_file_is_read_in_dev_and_loses_to_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ATS_SERVER__PORT=9001\nATS_DB_POOLER=transaction\nATS_SERVER__HOST=0.0.0.0\n")
    monkeypatch.setenv("ATS_SERVER__PORT", "9002")
    settings = load()
    assert (settings.server.port, settings.server.host, settings.database.pooler) == (9002, "0.0.0.0", "transaction")  # noqa: S104


@pytest.mark.promise("K5")
def test_similar_wording_refuses_the_start_where_it_cannot_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().matching.embeddings == "off"
    monkeypatch.setenv("ATS_MATCHING__EMBEDDINGS", "local")
    assert load().matching.embeddings == "local"
    monkeypatch.setenv("ATS_MATCHING__EMBEDDINGS", "openai")
    assert [problem.partition(" (")[0] for problem in refused()] == [
        "ATS_MATCHING__EMBEDDINGS=openai needs ATS_OPENAI__API_KEY"
    ]
    monkeypatch.setenv("ATS_OPENAI__API_KEY", "any")
    assert load().matching.embeddings == "openai"
    monkeypatch.setattr(terms, "find_spec", lambda name: None)
    for kind in ("local", "openai"):
        monkeypatch.setenv("ATS_MATCHING__EMBEDDINGS", kind)
        [problem] = refused()
        assert problem.endswith(f"pip install 'ats[embeddings-{kind}]'")
    monkeypatch.setenv("ATS_MATCHING__EMBEDDINGS", "other")
    [problem] = refused()
    assert problem.startswith("ATS_MATCHING__EMBEDDINGS")


@pytest.mark.promise("K5")
def test_env_file_is_not_read_outside_dev(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ATS_SERVER__PORT=9001\n")
    assert load().server.port == 8000


@pytest.mark.promise("K5")
def test_env_file_cannot_choose_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ATS_ENV=prod\n")
    assert any(problem.startswith("ATS_ENV belongs") for problem in refused())


def test_complete_production_starts(production: pytest.MonkeyPatch) -> None:
    settings = load()
    assert (settings.environment, [len(key) for key in settings.master_keys()]) == ("prod", [32])


@pytest.mark.promise("K5")
@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_every_problem_is_listed_at_once(monkeypatch: pytest.MonkeyPatch, environment: str) -> None:
    monkeypatch.setenv("ATS_ENV", environment)
    monkeypatch.setenv("ATS_DEBUG", "1")
    monkeypatch.setenv("ATS_SERVER__PORT", "99999")
    monkeypatch.setenv("ATS_SECURITY__CORS_ORIGINS", "*")
    monkeypatch.setenv("ATS_EMAIL__PASSWORD", "changeme")
    problems = refused()
    variables = {problem.split(":")[0].split(" ")[0] for problem in problems}
    assert variables == {
        "ATS_DEBUG",
        "ATS_SERVER__PORT",
        "ATS_SECURITY__CORS_ORIGINS",
        "ATS_EMAIL__PASSWORD",
        "ATS_MASTER_KEY_FILE",
        "ATS_DATABASE_URL",
        "ATS_SERVER__BASE_URL",
    }


@pytest.mark.promise("K5")
@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("ATS_DEBUG", "true", "ATS_DEBUG"),
        ("ATS_SERVER__BASE_URL", "http://ats.example", "ATS_SERVER__BASE_URL"),
        ("ATS_SERVER__BASE_URL", "https://", "ATS_SERVER__BASE_URL"),
        ("ATS_SECURITY__CORS_ORIGINS", "*", "ATS_SECURITY__CORS_ORIGINS"),
        ("ATS_SECURITY__CORS_ORIGINS", "null", "ATS_SECURITY__CORS_ORIGINS"),
        ("ATS_SECURITY__CORS_ORIGINS", "http://app.example", "ATS_SECURITY__CORS_ORIGINS"),
        ("ATS_SECURITY__CORS_ORIGINS", "https://app.example/", "ATS_SECURITY__CORS_ORIGINS"),
        ("ATS_SECURITY__CORS_ORIGINS", "https://App.example", "ATS_SECURITY__CORS_ORIGINS"),
        ("ATS_SECURITY__TRUSTED_PROXIES", "0.0.0.0/0", "ATS_SECURITY__TRUSTED_PROXIES"),
        ("ATS_SECURITY__TRUSTED_PROXIES", "proxy.internal", "ATS_SECURITY__TRUSTED_PROXIES"),
        ("ATS_SECURITY__HSTS_SECONDS", "0", "ATS_SECURITY__HSTS_SECONDS"),
        ("ATS_DATABASE_URL", "postgresql://ats_app:postgres@db/ats", "ATS_DATABASE__URL"),
        ("ATS_DATABASE_URL", "postgresql://ats:ats@db/ats", "ATS_DATABASE__URL"),
        ("ATS_DATABASE_URL", "sqlite:///x.db", "ATS_DATABASE_URL"),
        ("ATS_MASTER_KEY", base64.b64encode(bytes(range(32))).decode(), "ATS_MASTER_KEY"),
        ("ATS_STORAGE__SECRET_ACCESS_KEY", "minioadmin", "ATS_STORAGE__SECRET_ACCESS_KEY"),
        ("ATS_SENTRY__DSN", "http://key@sentry.example/1", "ATS_SENTRY__DSN"),
        ("ATS_SERVER__PORTT", "1", "ATS_SERVER__PORTT"),
        ("ATS_LIMITS__BODY_BYTES_MAX", "many", "ATS_LIMITS__BODY_BYTES_MAX"),
    ],
)
def test_production_refuses(production: pytest.MonkeyPatch, variable: str, value: str, named: str) -> None:
    production.setenv(variable, value)
    problems = refused()
    assert len(problems) == 1
    assert problems[0].startswith(named)


@pytest.mark.promise("K5")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601])
def test_key_file_open_to_others_is_refused(production: pytest.MonkeyPatch, tmp_path: Path, mode: int) -> None:
    production.setenv("ATS_MASTER_KEY_FILE", str(key_file(tmp_path, mode)))
    [problem] = refused()
    assert "chmod 600" in problem


@pytest.mark.parametrize("text", ["", "short", "z" * 64, base64.b64encode(b"x" * 31).decode(), "00" * 32, "ab" * 32])
def test_bad_master_keys_are_refused(text: str) -> None:
    with pytest.raises(master_key.MasterKeyRefused) as caught:
        master_key.parse(text)
    assert not text or text not in str(caught.value)


def test_master_key_forms_are_equal() -> None:
    key = secrets.token_bytes(32)
    forms = [
        key.hex(),
        base64.b64encode(key).decode(),
        base64.urlsafe_b64encode(key).decode().rstrip("="),
        key.hex() + "\n",
    ]
    assert {master_key.parse(form) for form in forms} == {key}


def test_two_master_keys_are_a_rotation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    new, old = secrets.token_bytes(32), secrets.token_bytes(32)
    path = tmp_path / "kek"
    path.write_text(f"{base64.b64encode(new).decode()}\n{old.hex()}\n")
    path.chmod(0o400)
    monkeypatch.setenv("ATS_MASTER_KEY_FILE", str(path))
    assert load().master_keys() == (new, old)


@pytest.mark.parametrize("kind", ["missing", "folder", "binary"])
def test_unreadable_key_files_are_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    if kind == "folder":
        path.mkdir(mode=0o700)
    if kind == "binary":
        path.write_bytes(b"\xff" * 32)
        path.chmod(0o600)
    with pytest.raises(master_key.MasterKeyRefused):
        master_key.read(path)


def test_dev_makes_one_master_key_for_itself(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path / "data")
    keys = settings.master_keys()
    path = tmp_path / "data" / "master.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(data_dir=tmp_path / "data").master_keys() == keys
    assert [entry.name for entry in path.parent.iterdir()] == ["master.key"]


def test_racing_processes_agree_on_the_master_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: master_key.read_or_create(tmp_path / "master.key"), range(32)))
    assert len(keys) == 1


def secret_fields() -> list[str]:
    found = []
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            inner = field.annotation.model_fields
            found += [f"ATS_{name}__{key}".upper() for key in inner if "SecretStr" in str(inner[key].annotation)]
    return found


def test_all_secret_fields_are_known() -> None:
    assert set(secret_fields()) >= {
        "ATS_DATABASE__URL",
        "ATS_SECURITY__MASTER_KEY",
        "ATS_OPENAI__API_KEY",
        "ATS_SENTRY__DSN",
    }


@pytest.mark.promise("J1")
@pytest.mark.parametrize("variable", secret_fields())
@pytest.mark.parametrize("shape", [CANARY, f"postgresql://user:{CANARY}@host/db", f"https://{CANARY}@host/1"])
def test_no_secret_shows_in_text_or_errors(monkeypatch: pytest.MonkeyPatch, variable: str, shape: str) -> None:
    monkeypatch.setenv(variable, shape)
    monkeypatch.setenv("ATS_ENV", "prod")
    monkeypatch.setenv("ATS_SERVER__PORT", CANARY)  # a secret pasted into the wrong variable
    monkeypatch.setenv("ATS_LOGS", f"{{{CANARY}")
    with pytest.raises(SettingsRefused) as caught:
        load()
    error: BaseException | None = caught.value
    while error is not None:
        assert CANARY not in f"{error!s}{error!r}"
        error = None if error.__suppress_context__ else error.__context__
    monkeypatch.delenv("ATS_LOGS")
    monkeypatch.delenv("ATS_SERVER__PORT")
    monkeypatch.setenv("ATS_ENV", "dev")
    settings = Settings()
    assert CANARY not in f"{settings!s}{settings!r}{settings.model_dump_json()}"
    assert shape in set(settings.secret_values())


def test_secret_values_include_passwords_inside_urls() -> None:
    settings = load(redis={"url": SecretStr("redis://:p%40ss-word@cache/0")})
    assert set(settings.secret_values()) == {"redis://:p%40ss-word@cache/0", "p%40ss-word", "p@ss-word"}


def test_misspelt_variables_are_told_with_the_nearest_name() -> None:
    sentences = unknown_variables(
        {"ATS_DATABSE_URL": "x", "ATS_ENV": "dev", "ATS_TEST_X": "1", "PATH": "", "ATS_SERVER__PORT": "1"}
    )
    assert sentences == ["ATS_DATABSE_URL is not a setting; did you mean ATS_DATABASE_URL?"]


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            undescribed = [key for key, inner in field.annotation.model_fields.items() if not inner.description]
            assert undescribed == [], name
        else:
            assert field.description, name


def test_short_names_lead_to_settings() -> None:
    for path in settings_module.SHORT_NAMES.values():
        model: type[Settings] | type[Section] = Settings
        for key in path[:-1]:
            annotation = model.model_fields[key].annotation
            assert isinstance(annotation, type)
            assert issubclass(annotation, Section)
            model = annotation
        assert path[-1] in model.model_fields


@pytest.mark.parametrize(
    ("environment", "terminal", "chosen", "pretty"),
    [
        ("dev", True, None, True),
        ("dev", False, None, False),
        ("prod", True, None, False),
        ("dev", True, False, False),
        ("prod", False, True, True),
    ],
)
def test_logs_are_pretty_on_a_developers_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: str, terminal: bool, chosen: bool | None, pretty: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    settings = Settings.model_validate({"environment": environment, "logs": {"pretty": chosen}})
    assert settings.pretty_logs is pretty
