"""The two organizations that the fuzzer works in.

The first one, alice's, holds a row for every id that the contract's examples and links name, so that they work as they
stand. The second one, bob's, has the same rows under ids of its own, all beginning with `FOREIGN`, and names that say so: the fuzzer
sends these ids as if they were its own, and an answer to alice that says anything about the rows behind them is a leak.
"""

import functools

from impl import models
from impl.core.keys import KeyRegistry
from impl.db.engine import Connection, Database
from impl.lib import passwords
from impl.lib.storage import Storage
from impl.models.base import Base
from scripts.fuzz.world.hiring import Hiring
from scripts.fuzz.world.jobs import Jobs
from scripts.fuzz.world.numbers import (
    ALICE,
    BOB,
    FOREIGN,
    NUMBERS,
    OWN_KEY,
    PASSWORD,
    PIPELINE,
    QUESTION,
    SPARES,
    Tenant,
    credential,
    interviewer_token,
    session_tokens,
    slug_of,
    stage_of,
    tracking_token,
)
from scripts.fuzz.world.organization import Organization
from scripts.fuzz.world.people import People
from scripts.fuzz.world.screening import Screening

__all__ = [
    "ALICE",
    "BOB",
    "FOREIGN",
    "NUMBERS",
    "OWN_KEY",
    "PASSWORD",
    "PIPELINE",
    "QUESTION",
    "SPARES",
    "Tenant",
    "credential",
    "interviewer_token",
    "plant",
    "session_tokens",
    "slug_of",
    "stage_of",
    "store",
    "tracking_token",
]


async def plant(database: Database, keys: KeyRegistry) -> None:
    """Write both organizations into a migrated, empty database."""
    hashed = await passwords.hash_password(PASSWORD)
    for tenant in (ALICE, BOB):
        async with database.transaction(tenant.id(1), timeout_seconds=60) as connection:
            await _plant(connection, keys, tenant, hashed)


async def store(database: Database, keys: KeyRegistry, storage: Storage) -> None:
    """Put the contents of their files into the storage."""
    for tenant in (ALICE, BOB):
        async with database.transaction(tenant.id(1), timeout_seconds=60) as connection:
            people = People(tenant, await keys.of(connection, tenant.id(1)))
        for each in people.objects():
            await storage.put(each)


async def _plant(connection: Connection, keys: KeyRegistry, tenant: Tenant, password_hash: str) -> None:
    await _add(connection, models.Organization(id=tenant.id(1), slug=tenant.slug, name=tenant.slug.title()))
    made = tenant, await keys.create(connection, tenant.id(1))
    organization, jobs, people, hiring = Organization(*made), Jobs(*made), People(*made), Hiring(*made)
    screening = Screening(*made)
    users = organization.users(functools.partial(keys.deployment.blind_index, "users.sign_in"), password_hash)
    for layer in (
        users,
        organization.api_keys(),
        organization.lists(),
        organization.custom_fields(),
        jobs.jobs(),
        jobs.posts(),
        jobs.editions(),
        people.people(),
        people.consents(),
        people.merges(),
        people.legal_holds(),
        organization.retention_policies(),
        hiring.applications(),
        hiring.history(),
        screening.rubrics(),
        screening.runs(),
        screening.results(),
        hiring.offers(),
        hiring.approval_policies(),
        hiring.approvals(),
        hiring.approval_votes(),
        people.notes(),
        organization.tasks(),
        jobs.message_templates(),
        people.messages(),
        people.intakes(),
        people.files(),
        people.resume_parses(),
        hiring.interviews(),
        hiring.interviewers(),
        hiring.scorecards(),
    ):
        await _add(connection, *layer)
    if tenant is ALICE:
        await _add(connection, *organization.sessions())


async def _add(connection: Connection, *rows: Base) -> None:
    connection.session.add_all(rows)
    await connection.flush()
