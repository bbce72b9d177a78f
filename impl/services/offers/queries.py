"""What the reads of offers select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam

from generated.enums import OfferStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Offer

COLUMNS = [getattr(Offer, column.key) for column in Offer.__table__.columns if column.key != "organization_id"]


def _offers(visibility: Visibility) -> Select[Any]:
    return mine(Offer, visibility, *COLUMNS)


ONE_OFFER = ScopedQuery(lambda visibility: _offers(visibility).where(Offer.id == bindparam("id")))

OFFERS = Listing(
    select=_offers,
    filters={
        "status": lambda: Offer.status == any_(bindparam("status", type_=ARRAY(Text))),
        "application_id": lambda: Offer.application_id == bindparam("application_id"),
        "job_id": lambda: Offer.job_id == bindparam("job_id"),
        "candidate_id": lambda: Offer.candidate_id == bindparam("candidate_id"),
        "created_after": lambda: Offer.created_at > bindparam("created_after"),
        "updated_after": lambda: Offer.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Offer.id,), is_descending=True), "created_at": Sort((Offer.id,))},
)

# Those whose time is over, the longest ago first.
OVERDUE = ScopedQuery(
    lambda visibility: (
        mine(Offer, visibility, Offer.id)
        .where(Offer.status == OfferStatus.SENT.value, Offer.expires_at <= bindparam("now"))
        .order_by(Offer.expires_at, Offer.id)
        .limit(bindparam("batch"))
    )
)
