"""The terms of an offer: its pay, sealed as one document, and the offer as the API shows it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from generated import responses
from generated.enums import OfferStatus
from impl import models
from impl.core.context import Context

PAY = ("salary", "bonus", "equity")


def sealed_pay(ctx: Context, offer_id: UUID, pay: Mapping[str, Any]) -> bytes:
    """The bytes that keep `pay`; they open for this offer alone."""
    return ctx.seal(models.Offer, "pay", offer_id, msgspec.json.encode({name: pay.get(name) for name in PAY}))


def opened_pay(ctx: Context, offer_id: UUID, sealed: bytes) -> dict[str, Any]:
    """What `sealed_pay` was given, by the fields of the contract."""
    pay: dict[str, Any] = msgspec.json.decode(ctx.unseal(models.Offer, "pay", offer_id, sealed))
    return pay


def shown(ctx: Context, row: Mapping[str, Any]) -> responses.Offer:
    """A row of `queries`."""
    return responses.Offer(
        id=row["id"],
        application_id=row["application_id"],
        candidate_id=row["candidate_id"],
        job_id=row["job_id"],
        opening_id=row["opening_id"],
        status=OfferStatus(row["status"]),
        version_number=row["version_number"],
        revises_id=row["revises_id"],
        **opened_pay(ctx, row["id"], row["pay_sealed"]),
        starts_on=row["starts_on"],
        expires_on=row["expires_on"],
        expires_at=row["expires_at"],
        sent_at=row["sent_at"],
        answer=_answer(ctx, row),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


def of_model(ctx: Context, offer: models.Offer) -> responses.Offer:
    """A row that a command has just changed."""
    return shown(ctx, vars(offer))


def _answer(ctx: Context, row: Mapping[str, Any]) -> responses.OfferAnswer | None:
    if row["answered_at"] is None:
        return None
    sealed = row["answer_note_sealed"]
    note = None if sealed is None else ctx.unseal(models.Offer, "answer_note", row["id"], sealed).decode()
    return responses.OfferAnswer(
        responded_on=row["responded_on"], reason_id=row["reason_id"], note=note, at=row["answered_at"]
    )
