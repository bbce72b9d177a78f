"""Offers to candidates, from the draft to the answer."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from generated import requests, responses
from generated.api.offers import OffersOperations
from generated.enums import ApplicationStatus, OfferStatus, OpeningStatus, RejectionReasonKind
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import clock, ids, time_zones
from impl.models.application import ApplicationNotActive, OpeningOfOtherJob
from impl.models.job import OpeningNotOpen
from impl.services.approvals import asking
from impl.services.jobs import closing
from impl.services.offers import queries
from impl.services.offers.terms import PAY, of_model, opened_pay, sealed_pay, shown

COPIED = ("application_id", "candidate_id", "job_id", "opening_id", "starts_on", "expires_on", "expires_at")


class Offers(OffersOperations[Context]):
    """The terms that candidates are offered, and what became of them."""

    async def list_offers(self, ctx: Context, query: requests.ListOffersQuery) -> responses.OfferList:
        rows, page = await ctx.page(queries.OFFERS, query)
        return responses.OfferList(data=[shown(ctx, row) for row in rows], page=page)

    async def create_offer(self, ctx: Context, application_id: UUID, body: requests.OfferCreate) -> responses.Offer:
        application = await ctx.load(models.Application, application_id, lock=True)
        await _expect_going_on(ctx, application)
        await closing.expect_no_live_offer(ctx, application)
        values, offer_id = await _terms(ctx, body, application.job_id), ids.new_id()
        pay = {name: values.pop(name, None) for name in PAY}
        offer = await ctx.insert(
            models.Offer,
            id=offer_id,
            application_id=application.id,
            candidate_id=application.candidate_id,
            job_id=application.job_id,
            pay_sealed=sealed_pay(ctx, offer_id, pay),
            **values,
        )
        ctx.record("offer.created", offer, status=(None, offer.status))
        return of_model(ctx, offer)

    async def get_offer(self, ctx: Context, offer_id: UUID) -> responses.Offer:
        return shown(ctx, await _found(ctx, offer_id))

    async def update_offer(self, ctx: Context, offer_id: UUID, body: requests.OfferUpdate) -> responses.Offer:
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        offer.expect_draft()
        values = await _terms(ctx, body, offer.job_id)
        before = opened_pay(ctx, offer.id, offer.pay_sealed)
        pay = before | {name: values.pop(name) for name in PAY if name in values}
        changes = patch.apply(offer, values)
        changes.pop("expires_at", None)
        if pay != before:
            offer.pay_sealed = sealed_pay(ctx, offer.id, pay)
        if changes or pay != before:
            ctx.record("offer.updated", offer, **changes)
        return of_model(ctx, offer)

    async def submit_offer(self, ctx: Context, offer_id: UUID, query: requests.SubmitOfferQuery) -> responses.Offer:
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        before = offer.status
        offer.expect_submittable()
        await _expect_candidate(ctx, offer)
        approval = await asking.of_offer(ctx, offer)
        offer.submit(needs_approval=approval is not None)
        ctx.record("offer.submitted", offer, status=(before, offer.status))
        return of_model(ctx, offer)

    async def send_offer(self, ctx: Context, offer_id: UUID, query: requests.SendOfferQuery) -> responses.Offer:
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        before = offer.status
        offer.send()
        await _expect_candidate(ctx, offer)
        ctx.record("offer.sent", offer, status=(before, offer.status))
        return of_model(ctx, offer)

    async def respond_to_offer(
        self, ctx: Context, offer_id: UUID, query: requests.RespondToOfferQuery, body: requests.OfferRespond
    ) -> responses.Offer:
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        before, values = offer.status, patch.given(body)
        zone = (await ctx.load(models.Organization, ctx.organization_id)).time_zone
        today, sent = time_zones.day_of(clock.now(), zone), time_zones.day_of(offer.sent_at or clock.now(), zone)
        offer.answer(OfferStatus(body.decision), values.get("responded_on", today), between=(sent, today))
        await _expect_candidate(ctx, offer)
        offer.reason_id = await _reason(ctx, values.get("reason_id"))
        if values.get("note") is not None:
            offer.answer_note_sealed = ctx.seal(models.Offer, "answer_note", offer.id, values["note"].encode())
        changes = {"responded_on": (None, offer.responded_on), "reason_id": (None, offer.reason_id)}
        ctx.record(f"offer.{offer.status}", offer, status=(before, offer.status), **changes)
        return of_model(ctx, offer)

    async def withdraw_offer(self, ctx: Context, offer_id: UUID, query: requests.WithdrawOfferQuery) -> responses.Offer:
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        before = offer.status
        offer.withdraw()
        await asking.cancel_of_offer(ctx, offer, "withdraw_offer")
        ctx.record("offer.withdrawn", offer, status=(before, offer.status))
        return of_model(ctx, offer)

    async def revise_offer(self, ctx: Context, offer_id: UUID, query: requests.ReviseOfferQuery) -> responses.Offer:
        row = await _found(ctx, offer_id)
        # The application first, as its own commands do: in the other order the two would wait for each other.
        application = await ctx.load(models.Application, row["application_id"], lock=True)
        offer = await ctx.load(models.Offer, offer_id, lock=True)
        before = offer.status
        offer.supersede()
        await _expect_going_on(ctx, application)
        await asking.cancel_of_offer(ctx, offer, "revise_offer")
        ctx.record("offer.superseded", offer, status=(before, offer.status))
        await ctx.connection.flush()  # the version before ends first: an application has one live offer at a time
        following = await _next_version(ctx, offer)
        ctx.record("offer.created", following, status=(None, following.status), revises_id=(None, offer.id))
        return of_model(ctx, following)


async def _found(ctx: Context, offer_id: UUID) -> Any:
    row = await ctx.row(queries.ONE_OFFER, id=offer_id)
    if row is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    return row


async def _next_version(ctx: Context, offer: models.Offer) -> models.Offer:
    """A draft with the terms of a locked offer."""
    new_id = ids.new_id()
    return await ctx.insert(
        models.Offer,
        id=new_id,
        version_number=offer.version_number + 1,
        revises_id=offer.id,
        pay_sealed=sealed_pay(ctx, new_id, opened_pay(ctx, offer.id, offer.pay_sealed)),
        **{name: getattr(offer, name) for name in COPIED},
    )


async def _terms(ctx: Context, body: BaseModel, job_id: UUID) -> dict[str, Any]:
    """The terms that the caller sent, as the columns and the sealed document hold them."""
    values = patch.given(body)
    if values.get("opening_id") is not None:
        await _expect_opening(ctx, values["opening_id"], job_id)
    if values.get("salary") is not None:
        values["salary"] = values["salary"].model_dump(mode="json")
    if "expires_on" in values:
        day = values["expires_on"]
        organization = await ctx.load(models.Organization, ctx.organization_id)
        values["expires_at"] = None if day is None else time_zones.end_of(day, organization.time_zone)
    return values


async def _expect_opening(ctx: Context, opening_id: UUID, job_id: UUID) -> None:
    opening = await ctx.refer(models.Opening, opening_id, "/opening_id")
    if opening.job_id != job_id:
        raise OpeningOfOtherJob("Choose an opening of the application's own job.")
    if opening.status != OpeningStatus.OPEN:
        raise OpeningNotOpen("Choose an open one, or none.", current_status=opening.status, allowed=[])


async def _expect_going_on(ctx: Context, application: models.Application) -> None:
    """Only who is still in the running is offered anything."""
    if application.status != ApplicationStatus.ACTIVE:
        message = f"The application is {application.status}."
        raise ApplicationNotActive(message, current_status=application.status, allowed=["reopen_application"])
    candidate = await ctx.refer(models.Candidate, application.candidate_id, "/candidate_id")
    candidate.expect_active()


async def _expect_candidate(ctx: Context, offer: models.Offer) -> None:
    """A deleted candidate's offers can only be withdrawn."""
    candidate = await ctx.refer(models.Candidate, offer.candidate_id, "/candidate_id")
    candidate.expect_active()


async def _reason(ctx: Context, reason_id: UUID | None) -> UUID | None:
    if reason_id is None:
        return None
    reason = await ctx.refer(models.RejectionReason, reason_id, "/reason_id")
    reason.expect_usable(RejectionReasonKind.WITHDRAWN_BY_CANDIDATE)
    return reason.id
