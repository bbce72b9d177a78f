"""What is done without a request: the operations themselves, run by the system or in a user's name, and new organizations."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import text

from generated import requests
from generated.enums import UserRole
from generated.operations import OPERATIONS
from impl import models
from impl.core.actor import Actor, system_actor
from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.db.engine import Connection, Database
from impl.db.query import Query
from impl.lib import ids
from impl.services.users.operations import Users

Result = TypeVar("Result")

LOOK_UP_SECONDS = 5.0
CREATE_SECONDS = 15.0

# A definer function: the role of the service sees no organization until it has entered one.
ORGANIZATIONS = Query(text("SELECT * FROM list_organizations()"))


@dataclass(frozen=True, slots=True)
class Listed:
    """An organization as the worker and the command line find it."""

    id: UUID
    slug: str
    is_suspended: bool


async def organizations(database: Database) -> list[Listed]:
    """Every organization, oldest first."""
    async with database.transaction(None, timeout_seconds=LOOK_UP_SECONDS, read_only=True) as connection:
        return [Listed(**row) for row in await connection.rows(ORGANIZATIONS)]


async def perform(
    runtime: Runtime,
    connection: Connection,
    actor: Actor,
    operation_id: str,
    work: Callable[[Context], Awaitable[Result]],
) -> Result:
    """Run one operation as `actor` inside the open transaction, its events included; raises the operation's problems."""
    ctx = Context(runtime, OPERATIONS[operation_id], connection, ids.new_id().hex)
    await ctx.enter(actor)
    result = await work(ctx)
    await ctx.flush()
    return result


async def found(runtime: Runtime, connection: Connection, organization_id: UUID, slug: str, name: str) -> None:
    """A new, empty organization with its own keys; `connection` is in a transaction of that organization.

    Raises ConstraintViolated when the id or the slug is taken.
    """
    connection.session.add(models.Organization(id=organization_id, slug=slug, name=name))
    await connection.flush()
    await runtime.keys.create(connection, organization_id)


async def create_organization(runtime: Runtime, slug: str, name: str, administrator: requests.UserCreate) -> UUID:
    """A new organization with its first user, in one transaction. Raises as `found` and as `create_user` do."""
    organization_id = ids.new_id()
    administrator = administrator.model_copy(update={"role": UserRole.ADMIN})
    async with runtime.database.transaction(organization_id, timeout_seconds=CREATE_SECONDS) as connection:
        await found(runtime, connection, organization_id, slug, name)
        await perform(
            runtime,
            connection,
            system_actor(organization_id),
            "create_user",
            lambda ctx: Users().create_user(ctx, administrator),
        )
    return organization_id
