# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `offers`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_OFFER: TypeAdapter[requests.OfferCreate] = TypeAdapter(requests.OfferCreate)
UPDATE_OFFER: TypeAdapter[requests.OfferUpdate] = TypeAdapter(requests.OfferUpdate)
RESPOND_TO_OFFER: TypeAdapter[requests.OfferRespond] = TypeAdapter(requests.OfferRespond)


class OffersOperations(ABC, Generic[C]):
    """One method for each operation of `offers`."""

    @abstractmethod
    async def create_offer(self, ctx: C, application_id: UUID, body: requests.OfferCreate) -> responses.Offer:
        """Draft an offer.

        Begins an offer to the candidate of an active application. An application has one live offer at the most: one that is
        draft, on its way to the candidate, out with the candidate, or accepted.
        """

    @abstractmethod
    async def list_offers(self, ctx: C, query: requests.ListOffersQuery) -> responses.OfferList:
        """List offers.

        The offers on applications that you may see, with every version, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def get_offer(self, ctx: C, offer_id: UUID) -> responses.Offer:
        """Get an offer.

        One version of an offer.
        """

    @abstractmethod
    async def update_offer(self, ctx: C, offer_id: UUID, body: requests.OfferUpdate) -> responses.Offer:
        """Update a draft.

        Changes the terms of a draft. Once it was submitted an offer is locked; `revise` makes the next version of it.
        """

    @abstractmethod
    async def submit_offer(self, ctx: C, offer_id: UUID, query: requests.SubmitOfferQuery) -> responses.Offer:
        """Submit an offer.

        Locks the terms of a draft. They are approved at once, or by those whom the policy that fits names; see `create_approval_policy`.
        """

    @abstractmethod
    async def send_offer(self, ctx: C, offer_id: UUID, query: requests.SendOfferQuery) -> responses.Offer:
        """Send an offer.

        Notes that an approved offer went out to the candidate. The service sends nothing itself; `create_message` does. From
        now on the offer expires at `expires_at`, if it has one.
        """

    @abstractmethod
    async def respond_to_offer(
        self, ctx: C, offer_id: UUID, query: requests.RespondToOfferQuery, body: requests.OfferRespond
    ) -> responses.Offer:
        """Record the candidate's answer.

        Notes that the candidate has accepted or declined an offer that is out. Accepting hires nobody: `hire_application` does,
        with this offer. An answer that came by the last day can be noted as long as the offer has not expired; a worker expires
        it within minutes of `expires_at`.
        """

    @abstractmethod
    async def withdraw_offer(self, ctx: C, offer_id: UUID, query: requests.WithdrawOfferQuery) -> responses.Offer:
        """Withdraw an offer.

        Takes back an offer that the candidate has not answered. An accepted one is withdrawn with its application, or replaced
        by `revise`.
        """

    @abstractmethod
    async def revise_offer(self, ctx: C, offer_id: UUID, query: requests.ReviseOfferQuery) -> responses.Offer:
        """Revise an offer.

        Makes the next version of an offer that is past draft and live, as a draft with the same terms, and answers with it. The
        version before is `superseded`: nothing can be accepted of it any more.
        """


def routes(
    implementation: OffersOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.CREATE_OFFER)
    async def create_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.create_offer, current.path("application_id", UUID), current.body(CREATE_OFFER)
        )

    @route(router, operations.LIST_OFFERS)
    async def list_offers(current: Annotated[Call[C], Security(call, scopes=["offers:read"])]) -> Response:
        return await current.answer(implementation.list_offers, current.query(requests.ListOffersQuery))

    @route(router, operations.GET_OFFER)
    async def get_offer(current: Annotated[Call[C], Security(call, scopes=["offers:read"])]) -> Response:
        return await current.answer(implementation.get_offer, current.path("offer_id", UUID))

    @route(router, operations.UPDATE_OFFER)
    async def update_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.update_offer, current.path("offer_id", UUID), current.body(UPDATE_OFFER)
        )

    @route(router, operations.SUBMIT_OFFER)
    async def submit_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.submit_offer, current.path("offer_id", UUID), current.query(requests.SubmitOfferQuery)
        )

    @route(router, operations.SEND_OFFER)
    async def send_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.send_offer, current.path("offer_id", UUID), current.query(requests.SendOfferQuery)
        )

    @route(router, operations.RESPOND_TO_OFFER)
    async def respond_to_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.respond_to_offer,
            current.path("offer_id", UUID),
            current.query(requests.RespondToOfferQuery),
            current.body(RESPOND_TO_OFFER),
        )

    @route(router, operations.WITHDRAW_OFFER)
    async def withdraw_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.withdraw_offer, current.path("offer_id", UUID), current.query(requests.WithdrawOfferQuery)
        )

    @route(router, operations.REVISE_OFFER)
    async def revise_offer(current: Annotated[Call[C], Security(call, scopes=["offers:write"])]) -> Response:
        return await current.answer(
            implementation.revise_offer, current.path("offer_id", UUID), current.query(requests.ReviseOfferQuery)
        )

    return router
