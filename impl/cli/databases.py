"""Which database a command works on: the one of the settings, or the embedded server while the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict

from impl.cli.failures import Exit, Failure
from impl.db import embedded, migrate
from impl.settings import Settings


@dataclass(frozen=True, slots=True)
class Urls:
    """How to reach the database: as the role of the service, and as its owner where that is known."""

    app: str
    owner: str | None
    is_embedded: bool


@contextmanager
def opened(settings: Settings) -> Iterator[Urls]:
    """The database, running. An embedded server that another process has started is used and left alone."""
    if settings.uses_embedded_database:
        with embedded.running(settings.data_dir) as server:
            yield Urls(server.app_url, server.owner_url, is_embedded=True)
        return
    if settings.database.url is None:
        raise Failure("There is no database: set ATS_DATABASE_URL.", Exit.SETTINGS)
    owner = settings.database.owner_url
    yield Urls(settings.database.url.get_secret_value(), owner.get_secret_value() if owner else None, is_embedded=False)


def migrated(urls: Urls) -> None:
    """Bring the database to the schema of this release."""
    if urls.owner is None:
        raise Failure("Migrations need the owner of the database: set ATS_DATABASE_OWNER_URL.", Exit.SETTINGS)
    migrate.upgrade(urls.owner, app_role_of(urls))


def app_role_of(urls: Urls) -> str:
    """The role that the service connects as, which gets its rights from the migrations."""
    role = conninfo_to_dict(urls.app).get("user")
    if not role:
        raise Failure("ATS_DATABASE_URL names no role: postgresql://role:password@host/database.", Exit.SETTINGS)
    return str(role)


def expect_migrated(urls: Urls) -> None:
    """Have the embedded database migrated; another one must be, or the command refuses to start when it looks."""
    if urls.is_embedded:
        migrated(urls)
