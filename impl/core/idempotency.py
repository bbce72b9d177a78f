"""Same key, same effect, once: the claim and the kept answer stand in the transaction of the write itself.

The claim is one INSERT. A crash or a problem rolls it back together with the write, so that no answer is kept for what has not
happened and nothing has happened without its answer. The answer may hold personal data, so it is sealed.

An answer is given again only to who may still see all that it shows: beside it stand the rights that it was shaped by.
"""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import msgspec
from sqlalchemy import text

from impl.core.actor import Actor
from impl.core.problems import IdempotencyInProgress, IdempotencyKeyReused
from impl.db.engine import Connection
from impl.db.query import Query
from impl.lib import clock
from impl.lib.crypto import OrganizationKeys

KEPT_FOR = timedelta(hours=24)

# The advisory lock says at once whether a request with this key is still running; an expired row is taken over.
CLAIM = Query(
    text(
        """
        WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(CAST(:lock AS bigint)) AS is_mine)
        INSERT INTO idempotency_keys (organization_id, id, operation_id, request_hash, expires_at, created_at)
        SELECT CAST(:organization_id AS uuid), CAST(:id AS uuid), CAST(:operation_id AS text), CAST(:request_hash AS bytea),
               CAST(:expires_at AS timestamptz), CAST(:now AS timestamptz)
        FROM turn WHERE is_mine
        ON CONFLICT (organization_id, id) DO UPDATE
            SET operation_id = excluded.operation_id, request_hash = excluded.request_hash, answer_sealed = NULL, candidate_ids = '{}',
                expires_at = excluded.expires_at, created_at = excluded.created_at
            WHERE idempotency_keys.expires_at <= excluded.created_at
        RETURNING true
        """
    )
)
FIND = Query(
    text(
        """
        SELECT operation_id, request_hash, answer_sealed, expires_at FROM idempotency_keys
        WHERE organization_id = CAST(:organization_id AS uuid) AND id = CAST(:id AS uuid)
        """
    )
)
KEEP = Query(
    text(
        """
        UPDATE idempotency_keys SET answer_sealed = CAST(:answer AS bytea), candidate_ids = CAST(:candidate_ids AS uuid[])
        WHERE organization_id = CAST(:organization_id AS uuid) AND id = CAST(:id AS uuid)
        """
    )
)
GRANTED = Query(
    text(
        """
        SELECT job_id FROM job_grants
        WHERE organization_id = CAST(:organization_id AS uuid) AND holder_id = CAST(:holder_id AS uuid)
        """
    )
)


class Answer(msgspec.Struct, array_like=True, frozen=True):
    """A rendered success, as it is kept and sent: raw headers without those of the connection or the moment."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Sight(msgspec.Struct, array_like=True, frozen=True):
    """The rights that an answer was shaped by: scopes that not every caller of the operation has, and the granted jobs that it was
    seen through, None when the actor saw the whole organization."""

    scopes: list[str]
    job_ids: list[UUID] | None


class _Kept(Answer, array_like=True, frozen=True):
    # The previous release keeps none, and reads over it.
    sight: Sight = Sight([], None)


class Claim(msgspec.Struct, frozen=True):
    """The caller's key on this write."""

    id: UUID
    request_hash: bytes


class Replay(Exception):
    """An operation that finds its caller out only while it runs was done before: its kept answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Kept)


def claim_of(actor: Actor, key: str, *parts: bytes) -> Claim:
    """A claim by `key`, which belongs to one actor, on the request that `parts` (operation, path, query, body) make up."""
    digest = hashlib.blake2b(key.encode(), digest_size=16, key=actor.holder_id.bytes).digest()
    request = hashlib.blake2b(digest_size=32)
    for part in parts:
        request.update(len(part).to_bytes(8) + part)
    return Claim(UUID(bytes=digest), request.digest())


async def take(
    connection: Connection, keys: OrganizationKeys, actor: Actor, operation_id: str, claim: Claim
) -> Answer | None:
    """Claim the key for this transaction, or give the answer kept under it. Raises when it is in use, was used otherwise, or when the
    actor may not see any more what the answer shows."""
    now, organization_id = clock.now(), actor.organization_id
    is_new = await connection.value(
        CLAIM,
        lock=int.from_bytes(claim.id.bytes[:8], signed=True),
        organization_id=organization_id,
        id=claim.id,
        operation_id=operation_id,
        request_hash=claim.request_hash,
        expires_at=now + KEPT_FOR,
        now=now,
    )
    if is_new:
        return None
    row = await connection.row(FIND, organization_id=organization_id, id=claim.id)
    if row is None or row["answer_sealed"] is None:
        raise IdempotencyInProgress("Wait for its answer, then send the request again.", headers={"Retry-After": "1"})
    if row["operation_id"] != operation_id or row["request_hash"] != claim.request_hash:
        raise IdempotencyKeyReused("Use a new key for a new request.")
    kept = _decoder.decode(keys.open("idempotency_keys", "answer", claim.id, row["answer_sealed"]))
    if not await _still_sees(connection, actor, kept.sight):
        raise IdempotencyKeyReused("What the first answer shows is not all yours to see any more. Use a new key.")
    return Answer(kept.status, kept.headers, kept.body)


async def keep(
    connection: Connection,
    keys: OrganizationKeys,
    claim: Claim,
    answer: Answer,
    *,
    sight: Sight,
    candidate_ids: Collection[UUID],
) -> None:
    """Keep the answer with the write that it tells of, the rights that shaped it, and whom it is about."""
    sealed = keys.seal(
        "idempotency_keys",
        "answer",
        claim.id,
        _encoder.encode(_Kept(answer.status, answer.headers, answer.body, sight)),
    )
    await connection.execute(
        KEEP, organization_id=keys.owner, id=claim.id, answer=sealed, candidate_ids=sorted(candidate_ids)
    )


async def sight_of(connection: Connection, actor: Actor, scopes: Collection[str], job_ids: Collection[UUID]) -> Sight:
    """What an answer that was shaped by `scopes` and is about `job_ids` was seen by; one that is about no job is seen through every
    grant of an actor who has grants alone."""
    if actor.sees_all:
        return Sight(sorted(scopes), None)
    granted = await _granted(connection, actor)
    return Sight(sorted(scopes), sorted(granted & set(job_ids) or granted))


async def _still_sees(connection: Connection, actor: Actor, sight: Sight) -> bool:
    if not actor.scopes.issuperset(sight.scopes):
        return False
    return actor.sees_all or (sight.job_ids is not None and await _granted(connection, actor) >= set(sight.job_ids))


async def _granted(connection: Connection, actor: Actor) -> set[UUID]:
    rows = await connection.rows(GRANTED, organization_id=actor.organization_id, holder_id=actor.holder_id)
    return {row["job_id"] for row in rows}
