"""A consent: what a person has agreed to that the data are used for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ConsentPurpose, ConsentSource, ConsentStatus
from impl.lib import clock
from impl.lib.problems import FieldError
from impl.models.base import InstantOutOfRange, Resource, belongs_to, choice
from impl.models.states import TransitionRefused, next_status


class ConsentNotGiven(TransitionRefused):
    code, title = "consent_not_given", "The consent does not stand"


def status_of(withdrawn_at: datetime | None, expires_on: date | None) -> ConsentStatus:
    """Whether a consent stands today. Nobody writes down that it has expired: the date says so."""
    if withdrawn_at is not None:
        return ConsentStatus.WITHDRAWN
    is_over = expires_on is not None and expires_on < clock.now().date()
    return ConsentStatus.EXPIRED if is_over else ConsentStatus.GIVEN


def expect_dates(given_at: datetime, expires_on: date | None) -> None:
    """A consent that is recorded was given before, and has not ended."""
    if given_at > clock.now():
        raise InstantOutOfRange(errors=[FieldError("/given_at", "instant_out_of_range", "Must not lie in the future.")])
    if status_of(None, expires_on) is ConsentStatus.EXPIRED:
        raise InstantOutOfRange(errors=[FieldError("/expires_on", "instant_out_of_range", "Must not lie in the past.")])


class Consent(Resource):
    """One consent of a candidate for one purpose. The newest of a purpose is the one that counts; what proves it is sealed."""

    __tablename__ = "consents"
    __table_args__ = (
        belongs_to("candidates", "candidate_id", ondelete="CASCADE"),
        Index("ix_consents_candidate_id", "organization_id", "candidate_id", "id"),
        Index("ix_consents_purpose", "organization_id", "candidate_id", "purpose", "given_at", "id"),
    )

    candidate_id: Mapped[UUID]
    purpose: Mapped[ConsentPurpose] = mapped_column(choice(ConsentPurpose, "purpose"))
    policy_version: Mapped[str]
    source: Mapped[ConsentSource] = mapped_column(choice(ConsentSource, "source"))
    evidence_sealed: Mapped[bytes | None]
    given_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def status(self) -> ConsentStatus:
        return status_of(self.withdrawn_at, self.expires_on)

    def withdraw(self) -> None:
        next_status("consent", "withdraw_consent", self.status, ConsentNotGiven)
        self.withdrawn_at = clock.now()
