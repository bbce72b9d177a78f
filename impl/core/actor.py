"""Who calls: a user's session, an API key, or nobody yet."""

from dataclasses import dataclass, replace
from uuid import UUID

from generated.enums import Visibility
from generated.operations import ROLES, SCOPES


@dataclass(frozen=True, slots=True)
class Actor:
    """An authenticated caller. `holder_id` is what job grants name: the user's id or the API key's."""

    organization_id: UUID
    type: str
    holder_id: UUID
    credential_id: UUID
    scopes: frozenset[str]
    visibility: Visibility
    role: str | None = None
    requires_if_match: bool = False

    def in_organization(self, *, requires_if_match: bool) -> "Actor":
        """The actor under its organization's rules."""
        return replace(self, requires_if_match=requires_if_match)

    @property
    def sees_all(self) -> bool:
        return self.visibility is Visibility.ORGANIZATION

    @property
    def recorded_type(self) -> str:
        """Whom an event names: what a visitor does, the system does for him."""
        return "system" if self.type == "visitor" else self.type

    @property
    def recorded_id(self) -> UUID | None:
        """What an event names the actor by: nothing for the system, which is neither a user nor a key."""
        return None if self.recorded_type == "system" else self.holder_id

    @property
    def user_id(self) -> UUID | None:
        return self.holder_id if self.type == "user" else None


def user_actor(organization_id: UUID, user_id: UUID, session_id: UUID, role: str) -> Actor:
    """The actor behind a session: its rights are those of the user's role, as the contract's `x-roles` says."""
    rights = ROLES[role]
    return Actor(organization_id, "user", user_id, session_id, rights.scopes, Visibility(rights.visibility), role=role)


def key_actor(organization_id: UUID, key_id: UUID, scopes: frozenset[str], *, is_job_granted: bool) -> Actor:
    """The actor behind an API key: its own scopes, on the whole organization unless the key names jobs."""
    visibility = Visibility.GRANTED_JOBS if is_job_granted else Visibility.ORGANIZATION
    return Actor(organization_id, "api_key", key_id, key_id, scopes, visibility)


def system_actor(organization_id: UUID) -> Actor:
    """Whoever runs the service: the command line and the worker, with every right in one organization."""
    return Actor(organization_id, "system", UUID(int=0), UUID(int=0), frozenset(SCOPES), Visibility.ORGANIZATION)


def visitor(organization_id: UUID) -> Actor:
    """Somebody on the public side: no right at all. What its operations show, they name themselves."""
    return Actor(organization_id, "visitor", UUID(int=0), UUID(int=0), frozenset(), Visibility.ORGANIZATION)


NOBODY = Actor(UUID(int=0), "nobody", UUID(int=0), UUID(int=0), frozenset(), Visibility.GRANTED_JOBS)
