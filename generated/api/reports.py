# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `reports`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class ReportsOperations(ABC, Generic[C]):
    """One method for each operation of `reports`."""

    @abstractmethod
    async def get_time_in_stage_report(
        self, ctx: C, query: requests.GetTimeInStageReportQuery
    ) -> responses.TimeInStageReport:
        """Report the time in each stage.

        How many stays in stages there were and how long they lasted, computed from the stage history alone. A stay counts when
        the actor sees its job, the filters fit, `entered_at <= as_of`, and `entered_from <= entered_at < entered_before`. Of each
        group:

        - `entered_count` is the number of stays, `applications_count` that of different applications among them;
        - `left_count` counts the stays with `left_at <= as_of`, `current_count` all others, which went on at `as_of`;
        - the seconds of a stay that was left are `left_at - entered_at`, cut to whole ones; `p50_seconds` and `p90_seconds` are
          their nearest-rank percentiles: of n values in ascending order the one at place ceil(n * 50 / 100) or ceil(n * 90 / 100),
          counted from 1; null when none was left.

        A move that is reported later with `occurred_at` counts from when it happened. A reopened application begins another
        stay, and an application that moved to another job has stays on both. Stays in retired stages count.
        """


def routes(
    implementation: ReportsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_TIME_IN_STAGE_REPORT)
    async def get_time_in_stage_report(
        current: Annotated[Call[C], Security(call, scopes=["reports:read"])],
    ) -> Response:
        return await current.answer(
            implementation.get_time_in_stage_report, current.query(requests.GetTimeInStageReportQuery)
        )

    return router
