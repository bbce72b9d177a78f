"""What candidates have agreed to."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Select,
    Text,
    any_,
    bindparam,
    case,
    exists,
    false,
    literal_column,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from generated import requests, responses
from generated.enums import ConsentStatus, Visibility
from impl import models
from impl.core import patch
from impl.core.access import mine
from impl.core.context import Context, ScopedQuery
from impl.core.pages import Listing, Sort
from impl.core.problems import NotFound
from impl.lib import clock, ids
from impl.models import Consent
from impl.models.consent import expect_dates, status_of

COLUMNS = [
    getattr(Consent, name)
    for name in [
        "id",
        "candidate_id",
        "purpose",
        "policy_version",
        "source",
        "evidence_sealed",
        "given_at",
        "expires_on",
        "withdrawn_at",
        "created_at",
        "updated_at",
        "version",
    ]
]
_newer: Any = aliased(Consent)


def _is_current() -> ColumnElement[bool]:
    return ~exists(literal_column("1")).where(
        _newer.organization_id == Consent.organization_id,
        _newer.candidate_id == Consent.candidate_id,
        _newer.purpose == Consent.purpose,
        tuple_(_newer.given_at, _newer.id) > tuple_(Consent.given_at, Consent.id),
    )


def _status() -> ColumnElement[str]:
    is_over = Consent.expires_on < bindparam("today", type_=Date())
    withdrawn, expired, given = (
        literal_column(f"'{status}'", Text())
        for status in (ConsentStatus.WITHDRAWN, ConsentStatus.EXPIRED, ConsentStatus.GIVEN)
    )
    return case((Consent.withdrawn_at.is_not(None), withdrawn), (is_over, expired), else_=given)


def _select(visibility: Visibility) -> Select[Any]:
    return mine(Consent, visibility, *COLUMNS, _is_current().label("is_current"))


ONE_CONSENT = ScopedQuery(lambda visibility: _select(visibility).where(Consent.id == bindparam("id")))
CONSENTS = Listing(
    select=_select,
    filters={
        "candidate_id": lambda: Consent.candidate_id == bindparam("candidate_id"),
        "purpose": lambda: Consent.purpose == any_(bindparam("purpose", type_=ARRAY(Text))),
        "status": lambda: _status() == any_(bindparam("status", type_=ARRAY(Text))),
        # Given with `status`, which is read from the dates.
        "today": lambda: bindparam("today", type_=Date()).is_not(None),
        "is_current": lambda: case((_is_current(), true()), else_=false()) == bindparam("is_current", type_=Boolean()),
        "created_after": lambda: Consent.created_at > bindparam("created_after"),
        "updated_after": lambda: Consent.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Consent.id,), is_descending=True),
        "created_at": Sort((Consent.id,)),
    },
)


async def listed(ctx: Context, candidate_id: UUID, query: requests.ListCandidateConsentsQuery) -> responses.ConsentList:
    """One page of a candidate's consents."""
    candidate = await ctx.load(models.Candidate, candidate_id)
    candidate.expect_present()
    today = {"today": clock.now().date()} if "status" in query.model_fields_set else {}
    rows, page = await ctx.page(CONSENTS, query, candidate_id=candidate_id, **today)
    return responses.ConsentList(data=[_consent(ctx, row) for row in rows], page=page)


async def give(ctx: Context, candidate_id: UUID, body: requests.ConsentCreate) -> responses.Consent:
    """Record a consent."""
    candidate = await ctx.load(models.Candidate, candidate_id)
    candidate.expect_open()
    values = {"given_at": clock.now(), "expires_on": None, **patch.given(body)}
    expect_dates(values["given_at"], values["expires_on"])
    evidence, consent_id = values.pop("evidence", None), ids.new_id()
    sealed = None if evidence is None else ctx.seal(Consent, "evidence", consent_id, evidence.encode())
    consent = await ctx.insert(Consent, id=consent_id, candidate_id=candidate_id, evidence_sealed=sealed, **values)
    told = ("purpose", "policy_version", "source", "expires_on")
    ctx.record("consent.given", consent, **{name: (None, getattr(consent, name)) for name in told})
    return await shown(ctx, consent_id)


async def shown(ctx: Context, consent_id: UUID) -> responses.Consent:
    """One consent of a candidate whom the caller sees."""
    row = await ctx.row(ONE_CONSENT, id=consent_id)
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    candidate = await ctx.load(models.Candidate, row["candidate_id"])
    if not candidate.is_present:
        raise NotFound("The candidate was deleted.")
    return _consent(ctx, row)


async def withdraw(ctx: Context, consent_id: UUID) -> responses.Consent:
    """The person has taken it back."""
    await shown(ctx, consent_id)
    consent = await ctx.load(Consent, consent_id, lock=True)
    before = consent.status
    consent.withdraw()
    ctx.record("consent.withdrawn", consent, status=(before, consent.status))
    await ctx.connection.flush()
    return await shown(ctx, consent_id)


def _consent(ctx: Context, row: Any) -> responses.Consent:
    values = dict(row)
    sealed = values.pop("evidence_sealed")
    evidence = None if sealed is None else ctx.unseal(Consent, "evidence", row["id"], sealed).decode()
    return responses.Consent(**values, evidence=evidence, status=status_of(row["withdrawn_at"], row["expires_on"]))
