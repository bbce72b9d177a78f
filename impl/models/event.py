"""What happened, and the kept answers of writes that may be retried."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from impl.lib import clock
from impl.models.base import TenantRow, of_organization


class Event(TenantRow):
    """One change, written in its transaction. It holds ids and values that are not personal, so that erasing a person never has to rewrite history.

    `(transaction_id, sequence)` is the order of the feed. Readers stop below the oldest transaction that is still running, so
    that a late commit is never skipped.
    """

    __tablename__ = "events"
    __table_args__ = (
        of_organization(),
        Index("ix_events_feed", "organization_id", "transaction_id", "sequence"),
        Index("ix_events_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_events_resource", "organization_id", "resource_id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default=text("pg_current_xact_id()::text::bigint"))
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    type: Mapped[str]
    resource_type: Mapped[str]
    resource_id: Mapped[UUID]
    job_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    actor_type: Mapped[str]
    actor_id: Mapped[UUID | None]
    request_id: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    occurred_at: Mapped[datetime] = mapped_column(default=clock.now)


class IdempotencyKey(TenantRow):
    """The kept answer of one write, in the write's own transaction. `id` is derived from actor and key; the answer is sealed."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (of_organization(), Index("ix_idempotency_keys_expires_at", "organization_id", "expires_at"))

    operation_id: Mapped[str]
    request_hash: Mapped[bytes]
    answer_sealed: Mapped[bytes | None]
    # Whom the request was about: the answer goes when they do.
    candidate_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
