"""The adapters of a command that works on organizations without serving requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from impl import app
from impl.cli.failures import Exit, Failure
from impl.core.runtime import Runtime
from impl.db.engine import Database
from impl.db.startup import check_role
from impl.provisioning import Listed, organizations
from impl.settings import Settings


@asynccontextmanager
async def runtime(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Everything that an operation needs. Raises StartupRefused, DatabaseUnavailable, or Unsealable for a wrong master key."""
    made = app.runtime_of(settings, database_url)
    try:
        await check_role(made.database)
        await made.keys.start(made.database)
        yield made
    finally:
        await made.database.close()


async def organization(database: Database, slug: str | None) -> Listed:
    """The organization named, or the only one there is."""
    listed = await organizations(database)
    if slug is None and len(listed) == 1:
        return listed[0]
    for each in listed:
        if each.slug == slug:
            return each
    known = ", ".join(each.slug for each in listed) or "none yet: `ats organizations create` makes one"
    wanted = "Name an organization with --organization" if slug is None else f"There is no organization {slug}"
    raise Failure(f"{wanted} ({known}).", Exit.USAGE if slug is None else Exit.FAILED)
