# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `events`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class EventsOperations(ABC, Generic[C]):
    """One method for each operation of `events`."""

    @abstractmethod
    async def list_events(self, ctx: C, query: requests.ListEventsQuery) -> responses.EventList:
        """Read the feed of events.

        Everything that happened and that the actor may see, oldest first. Start without `after` and go on with
        `page.next_cursor`, also when `has_more` is false: then ask again later. A change that commits late is never skipped,
        and none shows twice.
        """


def routes(
    implementation: EventsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_EVENTS)
    async def list_events(current: Annotated[Call[C], Security(call, scopes=["events:read"])]) -> Response:
        return await current.answer(implementation.list_events, current.query(requests.ListEventsQuery))

    return router
