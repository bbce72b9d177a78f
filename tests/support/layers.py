"""The two walls between organizations, and how to take one of them down."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import ColumnElement, Uuid, bindparam
from starlette.types import ASGIApp

from impl.core import access
from impl.core.context import ScopedQuery
from impl.core.pages import Listing
from impl.db.embedded import Server
from impl.settings import Settings
from tests.support.application import started
from tests.support.exercise import Checked

UNBOUND_ROLE = "ats_unbound"


class Walls(StrEnum):
    """Which walls stand."""

    BOTH = "both"
    WITHOUT_RLS = "without_rls"
    WITHOUT_PREDICATE = "without_predicate"


@pytest_asyncio.fixture(scope="session")
async def unbound_url(server: Server, database_name: str) -> str:
    """The database as a role with the service's rights that row-level security does not bind."""
    connection = await asyncpg.connect(server.url("postgres", database_name))
    try:
        await connection.execute(
            f"""
            DO $$ BEGIN
                CREATE ROLE {UNBOUND_ROLE} LOGIN BYPASSRLS PASSWORD 'unbound' IN ROLE ats_app;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
            """
        )
    finally:
        await connection.close()
    _, _, address = server.url("postgres", database_name).partition("@")
    return f"postgresql://{UNBOUND_ROLE}:unbound@{address}"


@asynccontextmanager
async def unchecked(settings: Settings, database_url: str) -> AsyncIterator[ASGIApp]:
    """The application without its refusal to start under a role that row-level security does not bind."""
    from impl import app  # noqa: PLC0415 - as in tests.support.application

    async def pass_all(*arguments: Any) -> None:
        return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "check_role", pass_all)
        async with started(Checked(app.build(settings, database_url))) as built:
            yield built


@pytest_asyncio.fixture(scope="session")
async def unbound_application(settings: Settings, unbound_url: str) -> AsyncIterator[ASGIApp]:
    """The application with row-level security off."""
    async with unchecked(settings, unbound_url) as app:
        yield app


@contextmanager
def no_predicate() -> Iterator[None]:
    """The service's own tenant predicate is always true inside the block; row-level security alone stands."""

    def of_any_tenant(model: Any) -> ColumnElement[bool]:
        return bindparam("organization_id", type_=Uuid()).is_not(None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "of_tenant", of_any_tenant)
        _forget_compiled()
        yield
    _forget_compiled()


def _forget_compiled() -> None:
    gc.unfreeze()  # the application froze its objects at its start, which hides them
    for found in gc.get_objects():
        # By its type alone: an object that stands in for another one imports that other to say what it is.
        if type(found) in (ScopedQuery, Listing):
            found._compiled.clear()


@pytest.fixture(scope="module", params=list(Walls), ids=str)
def walls(request: pytest.FixtureRequest) -> Iterator[Walls]:
    """Each combination of walls of which one at least stands."""
    standing: Walls = request.param
    if standing is Walls.WITHOUT_PREDICATE:
        with no_predicate():
            yield standing
    else:
        yield standing


@pytest.fixture(scope="module")
def walled_application(walls: Walls, application: ASGIApp, unbound_application: ASGIApp) -> ASGIApp:
    """The application behind these walls."""
    return unbound_application if walls is Walls.WITHOUT_RLS else application
