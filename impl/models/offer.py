"""An offer to the candidate of an application: version by version, from the draft to the answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import OfferStatus
from generated.transitions import TRANSITIONS
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import Resource, belongs_to, choice
from impl.models.states import TransitionRefused, next_status

#: An application has one of these at the most.
LIVE = (
    OfferStatus.DRAFT,
    OfferStatus.PENDING_APPROVAL,
    OfferStatus.APPROVED,
    OfferStatus.SENT,
    OfferStatus.ACCEPTED,
)
#: The candidate knows of it, and it may bind.
OUT = (OfferStatus.SENT, OfferStatus.ACCEPTED)


class OfferTransitionRefused(TransitionRefused):
    code, title = "offer_transition_refused", "The offer's status does not allow this"


class OfferLocked(TransitionRefused):
    code, title = "offer_locked", "The offer can no longer be changed"


class OfferNotAccepted(TransitionRefused):
    code, title = "offer_not_accepted", "The offer is not accepted"


class OfferLive(Problem):
    status, code, title = 409, "offer_live", "The application has a live offer"


class OfferOutstanding(Problem):
    status, code, title = 409, "offer_outstanding", "An offer is out with the candidate"


class OfferExpired(Problem):
    status, code, title = 409, "offer_expired", "The offer's time is over"


class OfferRequired(Problem):
    status, code, title = 409, "offer_required", "The job demands an accepted offer for each hire"


class OfferOfOtherApplication(Problem):
    status, code, title = 409, "offer_of_other_application", "The offer belongs to another application"


class DateOutOfRange(Problem):
    status, code, title = 422, "date_out_of_range", "The day does not fit"


class Offer(Resource):
    """One version of an offer. Its pay is sealed; what is past draft never changes but in its status."""

    __tablename__ = "offers"
    __table_args__ = (
        belongs_to("applications", "application_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("jobs", "job_id"),
        belongs_to("openings", "opening_id"),
        belongs_to("offers", "revises_id"),
        belongs_to("rejection_reasons", "reason_id"),
        Index(
            "uq_offers_live",
            "organization_id",
            "application_id",
            unique=True,
            postgresql_where=text("status IN ('draft', 'pending_approval', 'approved', 'sent', 'accepted')"),
        ),
        Index("ix_offers_application_id", "organization_id", "application_id", "id"),
        Index("ix_offers_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_offers_job_id", "organization_id", "job_id", "id"),
        Index("ix_offers_expires_at", "organization_id", "expires_at", "id", postgresql_where=text("status = 'sent'")),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_offers_live": OfferLive}
    job_column: ClassVar[str | None] = "job_id"

    application_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    opening_id: Mapped[UUID | None]
    status: Mapped[OfferStatus] = mapped_column(choice(OfferStatus, "status"), default=OfferStatus.DRAFT)
    version_number: Mapped[int] = mapped_column(default=1)
    revises_id: Mapped[UUID | None]
    pay_sealed: Mapped[bytes]
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    responded_on: Mapped[date | None]
    reason_id: Mapped[UUID | None]
    answer_note_sealed: Mapped[bytes | None]
    answered_at: Mapped[datetime | None]

    @property
    def is_out(self) -> bool:
        return self.status in OUT

    def expect_draft(self) -> None:
        if self.status != OfferStatus.DRAFT:
            message = f"The offer is {self.status}; revise it to change its terms."
            raise OfferLocked(message, current_status=self.status, allowed=self._allowed())

    def expect_accepted(self) -> None:
        if self.status != OfferStatus.ACCEPTED:
            raise OfferNotAccepted(f"The offer is {self.status}.", current_status=self.status, allowed=self._allowed())

    def expect_submittable(self) -> None:
        self._next("submit_offer")

    def submit(self, *, needs_approval: bool) -> None:
        """Be locked, and approved unless others must do that."""
        to = OfferStatus.PENDING_APPROVAL if needs_approval else OfferStatus.APPROVED
        self.status = self._next("submit_offer", to)

    def follow(self, command: str, *, is_approved: bool) -> None:
        """Go out, or be a draft again, because the approval has ended by `command`."""
        self.status = self._next(command, OfferStatus.APPROVED if is_approved else OfferStatus.DRAFT)

    def send(self) -> None:
        """Be out with the candidate from now on."""
        status = self._next("send_offer")
        if self.expires_at is not None and self.expires_at <= clock.now():
            raise OfferExpired("Revise the offer and give it another last day.")
        self.status, self.sent_at = status, clock.now()

    def answer(self, decision: OfferStatus, day: date, *, between: tuple[date, date]) -> None:
        """Be accepted or declined on `day`, which lies between the day of the sending and today."""
        status = self._next("respond_to_offer", decision)
        first, last = between
        if not first <= day <= last:
            message = f"Must lie between {first}, the day of the sending, and {last}, today."
            raise DateOutOfRange(errors=[FieldError("/responded_on", DateOutOfRange.code, message)])
        if self.expires_on is not None and day > self.expires_on:
            raise OfferExpired(f"The last day was {self.expires_on}. Revise the offer and give it another one.")
        self.status, self.responded_on, self.answered_at = status, day, clock.now()

    def withdraw(self, command: str = "withdraw_offer") -> None:
        """Be taken back, by its own command or by the one that ends the application."""
        self.status = self._next(command)

    def supersede(self) -> None:
        """Give way to the next version."""
        self.status = self._next("revise_offer")

    def expire(self) -> None:
        """The worker finds that its time is over."""
        if self.status != OfferStatus.SENT:
            raise ValueError(f"an offer that is {self.status} does not expire")
        self.status = OfferStatus.EXPIRED

    def _next(self, command: str, to: OfferStatus | None = None) -> OfferStatus:
        return OfferStatus(next_status("offer", command, self.status, OfferTransitionRefused, to=to))

    def _allowed(self) -> list[str]:
        return [edge.operation for edge in TRANSITIONS["offer"].commands if self.status in edge.sources]
