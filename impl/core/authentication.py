"""From a bearer token to an actor.

A token's form and check digits are read without a database. What the database said of it is remembered for a few seconds and
forgotten at once when the organization's credentials, users or grants change (NOTIFY, and directly in the process that made
the change).
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text

from impl.core.actor import Actor, key_actor, user_actor
from impl.core.problems import InvalidToken, Unauthenticated
from impl.db.engine import Database
from impl.db.query import Query
from impl.lib import clock, tokens

CHANNEL: Final = "credentials_changed"
REMEMBERED_SECONDS: Final = 5.0
REMEMBERED_MAX: Final = 20_000
LOOK_UP_SECONDS: Final = 2.0

# A definer function: it finds one credential by its public id before the organization is known, and nothing else.
FIND = Query(text("SELECT * FROM find_credential(CAST(:kind AS text), CAST(:public_id AS text))"))
FORGET = Query(text("SELECT pg_notify('credentials_changed', CAST(:organization_id AS text))"))

CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="ats"'}


@dataclass(frozen=True, slots=True)
class _Remembered:
    actor: Actor
    expires_at: datetime | None
    until: float


class Authenticator:
    """Turns tokens into actors."""

    def __init__(self, database: Database, environment: str) -> None:
        self._database = database
        self._environment = environment
        self._remembered: dict[bytes, _Remembered] = {}

    async def start(self) -> None:
        await self._database.listen(CHANNEL, self._on_change)

    async def actor(self, authorization: str | None) -> Actor:
        """The actor behind an `Authorization` header, or 401."""
        if not authorization:
            raise Unauthenticated("Send `Authorization: Bearer …`.", headers=CHALLENGE)
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("The scheme must be Bearer.", headers=CHALLENGE)
        token = token.strip()
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._remembered.get(digest)
        if known is None or known.until < time.monotonic():
            known = await self._look_up(token)
            if len(self._remembered) >= REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[digest] = known
        if known.expires_at is not None and known.expires_at <= clock.now():
            raise _invalid()
        return known.actor

    def forget(self, organization_id: UUID) -> None:
        """Ask the database again about everybody of this organization."""
        self._remembered = {
            digest: entry
            for digest, entry in self._remembered.items()
            if entry.actor.organization_id != organization_id
        }

    def _on_change(self, payload: str | None) -> None:
        if payload is None:
            self._remembered.clear()
        else:
            self.forget(UUID(payload))

    async def _look_up(self, token: str) -> _Remembered:
        parsed = tokens.parse(token)
        if (
            parsed is None
            or parsed.kind == "tracking"
            or (parsed.environment is not None and parsed.environment != self._environment)
        ):
            raise _invalid()
        until = time.monotonic() + REMEMBERED_SECONDS
        async with self._database.transaction(None, timeout_seconds=LOOK_UP_SECONDS, read_only=True) as connection:
            row = await connection.row(FIND, kind=parsed.kind, public_id=parsed.public_id)
        if (
            not tokens.matches(parsed.secret, row["secret_hash"] if row else None)
            or row is None
            or not row["is_usable"]
        ):
            raise _invalid()
        if parsed.kind == "session":
            actor = user_actor(row["organization_id"], row["holder_id"], row["credential_id"], row["role"])
        else:
            actor = key_actor(
                row["organization_id"], row["holder_id"], frozenset(row["scopes"]), is_job_granted=row["is_job_granted"]
            )
        actor = actor.in_organization(requires_if_match=row["require_if_match"])
        return _Remembered(actor, row["expires_at"], until)


def _invalid() -> InvalidToken:
    return InvalidToken("It is malformed, expired, revoked or not of this environment.", headers=CHALLENGE)
