"""The cast: an organization of its own for each test, with a user of every role, a machine, and an outsider next door.

Organizations are never removed: tests share a database, and row-level security keeps them apart as it does in the service.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest_asyncio
from starlette.types import ASGIApp

from generated.enums import UserRole
from generated.operations import SCOPES
from impl import models
from impl.core.runtime import Runtime
from impl.lib import clock, ids, normalize, passwords, tokens
from impl.lib.crypto import OrganizationKeys
from tests.support.clients import ApiClient

PASSWORD = "violet-harbour-quietly-nine"
FAR_AWAY = timedelta(days=3650)


@dataclass(frozen=True)
class Person:
    """A user of the cast. Signing in takes `email` and `PASSWORD`; `token` is that of a session that is there already."""

    id: UUID
    email: str
    name: str
    role: UserRole
    token: str


@dataclass(frozen=True)
class Cast:
    """One organization with its people, and an API key that holds every scope."""

    organization_id: UUID
    slug: str
    people: dict[str, Person]
    machine_id: UUID
    machine_token: str
    app: ASGIApp
    canary: str = ""

    def client(self, role: str) -> ApiClient:
        """A client of the user with this role."""
        person = self.people[role]
        return ApiClient(self.app, person.token, holder_id=person.id)

    def machine(self) -> ApiClient:
        """A client with an API key for the whole organization."""
        return ApiClient(self.app, self.machine_token, holder_id=self.machine_id)


_password_hash: list[str] = []


async def new_cast(runtime: Runtime, app: ASGIApp, *, canary: str = "") -> Cast:
    """A new organization, straight into the tables; `canary` is put into every name in it."""
    organization_id = ids.new_id()
    slug = f"org-{organization_id.hex[-12:]}"
    async with runtime.database.transaction(organization_id, timeout_seconds=10) as connection:
        organization = models.Organization(id=organization_id, slug=slug, name=f"Organization {canary or slug}")
        connection.session.add(organization)
        await connection.flush()
        keys = await runtime.keys.create(connection, organization_id)
        if not _password_hash:
            _password_hash.append(await passwords.hash_password(PASSWORD))
        people = {role.value: _person(role, slug, canary) for role in UserRole}
        connection.session.add_all(_user(runtime, keys, person) for person in people.values())
        await connection.flush()
        connection.session.add_all(_session(organization_id, person) for person in people.values())
        minted = tokens.mint_api_key(runtime.settings.environment)
        machine = models.ApiKey(
            organization_id=organization_id,
            id=ids.new_id(),
            name=f"Machine {canary}",
            public_id=minted.public_id,
            secret_hash=minted.secret_hash,
            scopes=sorted(SCOPES),
        )
        connection.session.add(machine)
        await connection.flush()
    return Cast(organization_id, slug, people, machine.id, minted.token, app, canary)


def _person(role: UserRole, slug: str, canary: str) -> Person:
    name = f"{role.replace('_', ' ').title()} {canary}".strip()
    return Person(ids.new_id(), f"{role}@{slug}.example.org", name, role, tokens.mint_session().token)


def _user(runtime: Runtime, keys: OrganizationKeys, person: Person) -> models.User:
    canonical = normalize.email(person.email)
    document = msgspec.json.encode({"email": person.email, "name": person.name})
    return models.User(
        organization_id=keys.owner,
        id=person.id,
        profile_sealed=keys.seal("users", "profile", person.id, document),
        email_hash=keys.blind_index("users.email", canonical),
        sign_in_hash=runtime.keys.deployment.blind_index("users.sign_in", canonical),
        password_hash=_password_hash[0],
        role=person.role,
    )


def _session(organization_id: UUID, person: Person) -> models.Session:
    token = tokens.parse(person.token)
    assert token is not None
    return models.Session(
        organization_id=organization_id,
        public_id=token.public_id,
        secret_hash=tokens.secret_hash(token.secret),
        user_id=person.id,
        expires_at=clock.now() + FAR_AWAY,
    )


@pytest_asyncio.fixture
async def cast(runtime: Runtime, application: ASGIApp) -> Cast:
    """This test's own organization."""
    return await new_cast(runtime, application)


@pytest_asyncio.fixture
async def other_cast(runtime: Runtime, application: ASGIApp) -> Cast:
    """Another organization in the same database."""
    return await new_cast(runtime, application)


@pytest_asyncio.fixture
async def admin(cast: Cast) -> ApiClient:
    """Sees and does everything in the organization."""
    return cast.client("admin")


@pytest_asyncio.fixture
async def recruiter(cast: Cast) -> ApiClient:
    """Sees every row, does not administer."""
    return cast.client("recruiter")


@pytest_asyncio.fixture
async def hiring_manager(cast: Cast) -> ApiClient:
    """Sees the jobs that it is granted (none yet), may change their applications."""
    return cast.client("hiring_manager")


@pytest_asyncio.fixture
async def interviewer(cast: Cast) -> ApiClient:
    """Sees the jobs that it is granted (none yet), changes nothing."""
    return cast.client("interviewer")


@pytest_asyncio.fixture
async def machine(cast: Cast) -> ApiClient:
    """An API key with every scope on the whole organization."""
    return cast.machine()


@pytest_asyncio.fixture
async def outsider(other_cast: Cast) -> ApiClient:
    """The administrator of another organization."""
    return other_cast.client("admin")


@pytest_asyncio.fixture
async def anonymous(application: ASGIApp) -> ApiClient:
    """Nobody: no credential."""
    return ApiClient(application)


@pytest_asyncio.fixture(scope="session")
async def cheap_passwords() -> AsyncIterator[None]:
    """Argon2 at its cheapest: the tests are about other things."""
    with passwords.use(passwords.Cost(1, 8)):
        yield
