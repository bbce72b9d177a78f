"""A legal hold: a reason to keep a candidate's data."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType
from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import Resource, belongs_to, choice


class LegalHoldStands(Problem):
    status, code, title = 409, "legal_hold", "A legal hold is on the candidate"


class LegalHoldReleased(Problem):
    status, code, title = 409, "legal_hold_released", "The hold was released"


class LegalHold(Resource):
    """A hold on a candidate; it stands until it is released. The reason is sealed."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        belongs_to("candidates", "candidate_id"),
        Index("ix_legal_holds_candidate_id", "organization_id", "candidate_id", "id"),
    )

    candidate_id: Mapped[UUID]
    reason_sealed: Mapped[bytes]
    placed_by_type: Mapped[ActorType] = mapped_column(choice(ActorType, "placed_by_type"))
    placed_by_id: Mapped[UUID | None]
    released_at: Mapped[datetime | None]

    def release(self) -> None:
        if self.released_at is not None:
            raise LegalHoldReleased("It was released before.")
        self.released_at = clock.now()
